"""A builder that waits: a program, started before there is anything to build, which loads its libraries meanwhile.

It is given the builder's module and what that will import; the folder of the project comes once it is known. It is
no part of the package that runs it, and imports nothing of it.
"""

import os
import runpy
import sys
from contextlib import suppress
from importlib import import_module


def main(builder: str, *libraries: str) -> None:
    """Build the project whose folder is all that is read from standard input; nothing, if that is nothing."""
    for library in libraries:
        with suppress(ImportError):  # of another version of the builder: it will say itself what it misses
            import_module(library)
    if project := sys.stdin.buffer.read():
        os.chdir(project)
        sys.argv = [builder, "build", "--clean", "--config-file", "mkdocs.yml"]
        runpy.run_module(builder, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
