"""What decides which HTML a text gives: workers need not know it, and to ask for it takes longer than to start."""

import unicodedata
from importlib.metadata import version

VERSION = "/".join(["6", version("cmarkgfm"), version("nh3"), unicodedata.unidata_version])
"""Changes whenever the same text may give other HTML: part of every cache key."""
