"""The command line: words to calls. Each verb imports its stage only when it runs."""

from onrecord.cli import team as team
from onrecord.cli import writing as writing
from onrecord.cli.verbs import main

__all__ = ["main"]
