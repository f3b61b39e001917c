"""What is known of accounts, on disk: the machine's file, beside what it pulled."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from onrecord.errors import OnRecordError, Place, Problem
from onrecord.log.pulled import newer_format
from onrecord.model.parts import Part
from onrecord.model.proof import Proof
from onrecord.whole import write_whole

FILE = "content/record/proofs.json"
FORMAT = 1
"""Raised when an older On Record could not read what a newer one writes."""


class _Proofs(Part):
    format: Annotated[int, Field(le=FORMAT)] = FORMAT
    proofs: tuple[Proof, ...] = ()


_PROOFS = TypeAdapter(_Proofs)


def read_proofs(root: Path) -> tuple[Proof, ...]:
    """Return what is known of accounts; raises `OnRecordError` when the file is not as the machine wrote it."""
    path = root / FILE
    try:
        return _PROOFS.validate_json(path.read_bytes()).proofs if path.is_file() else ()
    except ValidationError as error:
        todo = 'restore it; or delete it and run "onrecord check --online"'
        broken = Problem(Place(FILE), "this file is not whole", todo)
        raise OnRecordError(newer_format(error, FILE) or broken) from None


def write_proofs(root: Path, proofs: Iterable[Proof]) -> bool:
    """Keep what is known of accounts, if that moved, and return whether it did; where nothing is known is no file."""
    kept = tuple(
        sorted((proof for proof in proofs if proof.asked), key=lambda proof: proof.account.model_dump_json())
    )
    if kept == read_proofs(root):
        return False
    if kept:
        text = _Proofs(proofs=kept).model_dump_json(indent=1, exclude_defaults=True)
        write_whole(root / FILE, f"{text}\n".encode())
    else:
        (root / FILE).unlink(missing_ok=True)
    return True
