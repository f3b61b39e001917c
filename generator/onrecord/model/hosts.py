"""The names of hosts, and how one passes itself off as another: with letters that look like others."""

import unicodedata

_BESIDE_LATIN = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO"}
_LOOKS_LIKE = str.maketrans("асԁеһіјӏкмнорԛгѕтуүѵԝхьıɡαεικνορτυχω", "acdehijlkmhopqrstyyvwxbigaeikvoptuxw")


def spelled(host: str) -> str:
    """Return a host in its own letters, also where it came as `xn--…`; raises `ValueError` when that hides none."""
    return ".".join(
        label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
        for label in host.lower().split(".")
    )


def plain(host: str) -> str:
    """Return what a host looks like at a glance: without accents, and in the Latin letters that others look like."""
    letters = unicodedata.normalize("NFKD", spelled(host).translate(_LOOKS_LIKE))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def disguised(host: str) -> bool:
    """Tell whether a host mixes scripts within a name as no language does, or has letters that only look so."""
    if host.isascii() and "xn--" not in host.lower():
        return False
    try:
        letters = spelled(host)
    except ValueError:
        return True
    labels = letters.split(".")
    return unicodedata.normalize("NFKC", letters) != letters or any(len(_scripts(label)) > 1 for label in labels)


def _scripts(label: str) -> set[str]:
    found = {unicodedata.name(letter, "").partition(" ")[0] for letter in label if letter.isalpha()}
    return found - _BESIDE_LATIN
