"""What an address tells of a click and not of a post: who shared it, where it was found, how far down the page."""

import re
from fnmatch import fnmatchcase
from urllib.parse import SplitResult

_TRACKING = (
    "utm_*",
    "mtm_*",
    "pk_*",
    "hsa_*",
    "mc_*",
    "_hs*",
    "_ga",
    "_gl",
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "twclid",
    "ttclid",
    "yclid",
    "igshid",
    "igsh",
    "rdt_cid",
    "li_fat_id",
    "mibextid",
    "mkt_tok",
    "oly_enc_id",
    "oly_anon_id",
    "vero_id",
    "s_cid",
    "ref_src",
    "ref_url",
    "share_id",
)
_NAMES_A_POST = re.compile(r"[\w-]*[0-9][\w-]*|!?/[\w/=?&.-]+", re.ASCII)

SHORTENERS = frozenset(
    [
        "t.co",
        "bit.ly",
        "tinyurl.com",
        "goo.gl",
        "ow.ly",
        "buff.ly",
        "dlvr.it",
        "is.gd",
        "rb.gy",
        "cutt.ly",
        "trib.al",
        "shorturl.at",
        "lnkd.in",
        "fb.me",
        "fb.watch",
        "ig.me",
        "apple.co",
        "appsto.re",
        "itun.es",
        "reddit.app.link",
        "share.google",
        "maps.app.goo.gl",
        "youtube.app.goo.gl",
    ]
)
"""Hosts whose addresses all lead to another one, which nobody knows without asking."""


def cleaned(parts: SplitResult, host: str) -> str:
    """Return an address without what names no post: who clicked where, a place on the page, the last slash."""
    asked = [part for part in parts.query.split("&") if part and not _tracks(part.partition("=")[0])]
    fragment = parts.fragment if _NAMES_A_POST.fullmatch(parts.fragment) else ""
    rest = (f"?{'&'.join(asked)}" if asked else "") + (f"#{fragment}" if fragment else "")
    path = parts.path.rstrip("/") or ("/" if rest else "")
    return f"{parts.scheme}://{host}{path}{rest}"


def _tracks(name: str) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in _TRACKING)
