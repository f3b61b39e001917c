"""What the settings of every source share: where its secrets come from and how it is reached."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo, WithJsonSchema

from onrecord.model.parts import Part
from onrecord.model.scalars import Url

if TYPE_CHECKING:
    from onrecord.web import Access

_NAME = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_TODO = 'write the name of an environment variable, like "$GITHUB_TOKEN", and set that where the pull runs'


def read_secret(value: object, info: ValidationInfo) -> SecretStr | None:
    """Return the secret that `$NAME` stands for in the mapping `context["env"]`, or nothing when it is not set.

    A secret in the file itself is refused: the file is published.
    """
    if value is None or isinstance(value, SecretStr):
        return value
    found = _NAME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"a secret never stands in the settings: {_TODO}")
    env: Mapping[str, str] = (info.context or {}).get("env", {})
    secret = env.get(found[1], "").strip()
    return SecretStr(secret) if secret else None


def _below_site(path: Path, info: ValidationInfo) -> Path:
    """Return a path that is read from `context["root"]`, the folder of the settings."""
    return Path((info.context or {}).get("root", "")) / path


Secret = Annotated[
    SecretStr | None,
    BeforeValidator(read_secret),
    WithJsonSchema({"type": "string", "pattern": f"^{_NAME.pattern}$", "examples": ["$GITHUB_TOKEN"]}),
]


class SourceSettings(Part):
    """How a source is reached; each kind of source adds what it reads."""

    token: Secret = Field(
        None, description="what proves who asks, as `$NAME` of an environment variable; never the secret itself"
    )
    allow_private: bool = Field(
        False, description="true for a host inside your own network: allows private addresses and plain http"
    )
    ca_file: Annotated[Path, AfterValidator(_below_site)] | None = Field(
        None,
        description="a PEM file in the site's folder, with the certificate authorities of a host of your own",
    )
    proxy: Url | None = Field(None, description="the web proxy to go through, like `http://proxy.example:3128`")

    def access_to(self, url: str) -> "Access":
        """Return what the web client may do: ask the host of an address, and no other, as these settings say."""
        from onrecord.web import Access

        return Access(
            hosts=(urlsplit(url).netloc,),
            token=self.token,
            allow_private=self.allow_private,
            ca_file=self.ca_file,
            proxy=self.proxy,
        )
