"""The few expressions that our workflows use; any other is an error."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_MARK = re.compile(r"\$\{\{ (.+?) \}\}")
_LIST = re.compile(r"contains\(steps\.\*\.outcome, '(\w+)'\)")
_FILES = re.compile(r"hashFiles\((.+)\)")
_EQUAL = re.compile(r"([\w.-]+) == '(\w+)'")


def fill(text: str, context: Mapping[str, Any]) -> str:
    """Return a text with the values of the names in its `${{ }}`."""
    return _MARK.sub(lambda mark: _value(mark[1], context), text)


def true(text: str, context: Mapping[str, Any]) -> bool:
    """Return whether a condition holds in a run that nobody cancelled."""
    mark = _MARK.fullmatch(text)
    assert mark, text
    return all(_holds(part, context) for part in mark[1].split(" && "))


def _holds(part: str, context: Mapping[str, Any]) -> bool:
    if part == "!cancelled()":
        return True
    if found := _LIST.fullmatch(part):
        return found[1] in [step["outcome"] for step in context["steps"].values()]
    equal = _EQUAL.fullmatch(part)
    assert equal, f"no stand-in for {part}"
    return _value(equal[1], context) == equal[2]


def _value(name: str, context: Mapping[str, Any]) -> str:
    if found := _FILES.fullmatch(name):
        return _hash_files(context["folder"], [pattern.strip(" '") for pattern in found[1].split(",")])
    value: Any = context
    for key in name.split("."):
        value = value.get(key, {})
    return value if isinstance(value, str) else ""


def _hash_files(folder: Path, patterns: list[str]) -> str:
    """Return the digest of the files that match, or nothing when none does; `**` means everything below."""
    globs = [f"{pattern}/*" if pattern.endswith("**") else pattern for pattern in patterns]
    wanted, left_out = (
        {path for pattern in globs if (pattern[0] == "!") is out for path in folder.glob(pattern.removeprefix("!"))}
        for out in (False, True)
    )
    files = sorted(path for path in wanted - left_out if path.is_file())
    told = b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)
    return hashlib.sha256(told).hexdigest() if files else ""
