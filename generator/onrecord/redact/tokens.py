"""Tokens that say what they are: what an issuer puts first, private keys, addresses that let anybody post."""

import re
from collections.abc import Iterable, Iterator

from onrecord.redact.spans import Span

# Lengths are bounded so that every search is linear.
_ISSUED = (
    r"gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255}",  # GitHub
    r"gl(?:pat|dt|rt|rtr|ptt|cbt|ft|imt|agent|oas|soat|ffct)-[\w-]{20,255}|GR1348941[\w-]{20,64}",  # GitLab
    r"ATATT3[\w=-]{50,512}|ATBB[A-Za-z0-9]{24,64}|ATCTT3[\w=-]{50,512}",  # Atlassian
    r"A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}(?![A-Za-z0-9])",  # AWS
    r"xox[abceoprs]-[A-Za-z0-9-]{10,255}|xoxe\.xox[bp]-[\w-]{20,255}|xapp-[A-Za-z0-9-]{10,255}",  # Slack
    r"[srp]k_(?:live|test)_[A-Za-z0-9]{10,255}|whsec_[A-Za-z0-9+/=]{20,255}",  # Stripe
    r"sq0[a-z]{3}-[\w-]{20,64}|access_token\$production\$[a-z0-9]{16}\$[0-9a-f]{32}",  # Square, PayPal
    r"AIza[\w-]{35}|ya29\.[\w-]{20,512}|GOCSPX-[\w-]{20,64}|1//0[\w-]{40,255}",  # Google
    r"EAA(?<![+/]EAA)[A-Za-z0-9]{80,255}",  # Meta
    r"npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,255}|crates-io_[A-Za-z0-9]{30,64}|cio[A-Za-z0-9]{32}(?![A-Za-z0-9])",
    r"rubygems_[0-9a-f]{48}|oy2[a-z0-9]{43}(?![a-z0-9])|dckr_(?:pat|oat)_[\w-]{20,64}",  # more package registries
    r"sk-(?:ant|proj|svcacct|admin|or)-[\w-]{20,255}|sk-[A-Za-z0-9_-]{0,20}[A-Za-z0-9]{20,255}",
    r"sess-[A-Za-z0-9]{40}|hf_[A-Za-z0-9]{30,64}|api_org_[A-Za-z]{34}",
    r"gsk_[A-Za-z0-9]{40,64}|xai-[A-Za-z0-9]{40,128}|pplx-[A-Za-z0-9]{40,64}|r8_[A-Za-z0-9]{37}|pcsk_\w{40,128}",
    r"SG\.[\w-]{16,64}\.[\w-]{16,128}|xkeysib-[0-9a-f]{64}-\w{16}|key-(?<![_-]key-)[0-9a-f]{32}",  # mail
    r"re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}",  # Resend
    r"[0-9a-f]{32}-us\d{1,2}(?!\w)|AC[0-9a-f]{32}(?![0-9a-f])|SK[0-9a-f]{32}(?![0-9a-f])",  # Mailchimp, Twilio
    r"\d{8,10}:[A-Za-z][\w-]{32,35}(?![\w-])|[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])",  # Telegram, Discord
    r"do[opr]_v1_[0-9a-f]{64}|HRKU-[\w-]{36,64}|rnd_[A-Za-z0-9]{28,64}|fo1_[\w-]{43}|fm\d_[\w+/=,-]{50,1024}",
    r"nfp_[A-Za-z0-9]{36}|nf[cpu]_[A-Za-z0-9]{30,64}|vc[a-z]?_[A-Za-z0-9]{24,80}|v1\.0-[0-9a-f]{24}-[0-9a-f]{146}",
    r"shp(?:at|ca|pa|ss|tka)_[0-9a-fA-F]{32}",  # Shopify
    r"LTAI[A-Za-z0-9]{12,24}(?![A-Za-z0-9])|AKID[A-Za-z0-9]{32}(?![A-Za-z0-9])",  # Alibaba, Tencent
    r"[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,72}|hv[sbr]\.[\w-]{24,255}",  # HashiCorp
    r"gl(?:sa|c)_[A-Za-z0-9+/=]{32,160}(?:_[0-9a-f]{8})?|NR(?:AK|II|JS|BR|AA|RA)-[\w-]{19,64}|nr[a-z]{2}-[A-Z0-9]{27}",
    r"sntry[su]_[\w+/=]{40,255}|phx_\w{32,64}|dapi[0-9a-f]{32}|dp\.(?:ct|pt|st|sa|scim|audit)\.[\w.-]{40,64}",
    r"lin_(?:api|oauth)_[A-Za-z0-9]{32,64}|PMAK-[0-9a-f]{24}-[0-9a-f]{34}|secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,64}",
    r"fig[do]_[\w-]{40,64}|pat[A-Za-z0-9]{14}\.[0-9a-f]{64}|sl\.[\w-]{100,255}|CFPAT-[\w-]{43}|tfp_\w{40,64}",
    r"sbp_[0-9a-f]{40}|sb_secret_[\w-]{20,64}|pscale_(?:tkn|pw|oauth)_[\w.=-]{32,64}",
    r"bkua_[0-9a-f]{40}|CCI(?:PAT|PRJ)_\w{20,128}|sq[apu]_[0-9a-f]{40}|tskey-[\w-]{20,128}",
    r"jfrt@\w{20,255}|AKC[A-Za-z0-9]{60,100}(?![A-Za-z0-9])|cmVmdGtuO[A-Za-z0-9]{40,64}",  # JFrog
    r"AGE-SECRET-KEY-1[A-Z0-9]{58}|ops_eyJ[A-Za-z0-9+/=]{100,1024}|A3-[A-Z0-9]{6}-[A-Z0-9]{6,11}(?:-[A-Z0-9]{5}){3,5}",
)
# No token is shorter than fourteen signs, and none of its signs is one of these, which end words. Most words are
# shorter, and many of the others are the same (addresses, dates): to look at each of them once saves most of it.
_SHORTEST = 14
_ENDS = bytes(ord(" ") if re.match(r"[^\w.:$/@+=,?&%~-]", chr(byte)) and byte < 128 else byte for byte in range(256))
_LONG = rb" ([^ ]{%d,})" % _SHORTEST  # what begins with a sign is skipped to
_TOKENS = re.compile(rf"(?<![A-Za-z0-9])(?=[\w.:$/@-]{{{_SHORTEST}}})(?:{'|'.join(_ISSUED)})")
_ONE_OF_THEM = r"(?:\\.|\[[^]]*\]|\([^()]*\)|[^|])+"


def _by_beginnings(patterns: Iterable[str]) -> str:
    """Return what finds any of some patterns, which are told apart sign by sign and not tried one after the other."""
    begin: dict[str, list[str]] = {}
    for pattern in patterns:
        sign = pattern[:1] if re.match(r"[A-Za-z0-9](?![?*+{])", pattern) else ""
        begin.setdefault(sign, []).append(pattern.removeprefix(sign))
    return "|".join(
        f"{sign}(?:{_by_beginnings(rest)})" if sign and len(rest) > 1 else "|".join(f"{sign}{one}" for one in rest)
        for sign, rest in begin.items()
    )


# Says only whether there may be a token, which takes half as long.
_ANY = re.compile(rf"(?<![A-Za-z0-9])(?=[A-Za-z\d])(?:{_by_beginnings(re.findall(_ONE_OF_THEM, '|'.join(_ISSUED)))})")
_WEB_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])eyJ[\w-]{8,4096}+\.eyJ[\w-]{8,4096}+(?:\.[\w-]{0,4096}+)?")
_HOOKS = re.compile(
    r"https://(?:hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)|discord(?:app)?\.com/api/webhooks"
    r"|[\w-]{1,63}\.webhook\.office\.com/webhookb2|chat\.googleapis\.com/v1/spaces|maker\.ifttt\.com/trigger"
    r"|hooks\.zapier\.com/hooks/catch|outlook\.office\.com/webhook)/(?P<value>[\w/@?&=%.~-]{16,300})"
)
_PEM = re.compile(
    r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:[^-\0]*+(?:-{1,4}(?!-)[^-\0]*+)*-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r"|(?:\s{1,4}[A-Za-z0-9+/=]{16,}+)*)"
)


def tokens(text: str) -> Iterator[Span]:
    """Yield private keys, and tokens that begin with their issuer's mark."""
    for mark, pattern in (("-----BEGIN ", _PEM), ("eyJ", _WEB_TOKEN)):
        if mark in text:  # which says no much faster than the pattern
            yield from (found.span() for found in pattern.finditer(text))
    words = b" ".join(long_words(text.encode("utf-8", "surrogatepass")))
    if _ANY.search(words.decode("utf-8", "replace")):
        yield from (found.span() for found in _TOKENS.finditer(text))


def long_words(text: bytes) -> list[bytes]:
    """Return the words of a text in UTF-8 that are long enough to be a token, or an address with one."""
    return re.findall(_LONG, b" " + text.translate(_ENDS))


def hooks(text: str) -> Iterator[Span]:
    """Yield the secret part of addresses that let anybody post."""
    for found in _HOOKS.finditer(text):
        yield found.span("value")
