"""`content/triage.yml` on disk: the rules, and where each of them stands."""

from pathlib import Path

from pydantic import TypeAdapter

from onrecord import strict_yaml
from onrecord.checking import check
from onrecord.model.triage import Rules

FILE = "content/triage.yml"
_RULES = TypeAdapter(Rules)


def read_rules(root: Path) -> tuple[Rules, strict_yaml.Document]:
    """Return the rules of a site and the document that they stand in; without a file there are none.

    Raises `OnRecordError` with all that is wrong. No build reads them: they publish nothing.
    """
    path = root / FILE
    text = strict_yaml.decoded(path.read_bytes(), FILE) if path.is_file() else ""
    document = strict_yaml.read(text, FILE)
    return check(_RULES, document, document.plain, {}), document
