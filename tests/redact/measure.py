"""`python -m tests.redact.measure [FILE]`: how well personal data is found in labelled lines, and what is not."""

import sys
from pathlib import Path

from tests.redact.labelled import LABELLED, labelled, measure, missed


def main(path: Path) -> None:
    lines = labelled(path)
    print(f"{'kind':<16}{'marked':>8}{'found':>8}{'wrong':>8}{'recall':>9}{'precision':>11}")
    for kind, kept in measure(lines).items():
        print(f"{kind:<16}{kept.marked:>8}{kept.found:>8}{kept.wrong:>8}{kept.recall:>9.2f}{kept.precision:>11.2f}")
    print(*missed(lines), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else LABELLED)
