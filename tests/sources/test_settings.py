"""What the settings of every source share."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from onrecord.sources.settings import SourceSettings
from onrecord.web import Access


def test_whatever_the_settings_say_about_reaching_a_host_comes_with_its_access() -> None:
    plain = {"token": "$T", "allow_private": True, "ca_file": "ca.pem", "proxy": "http://proxy.example:3128"}
    settings = SourceSettings.model_validate(plain, context={"env": {"T": "t"}, "root": "/site"})
    assert settings.access_to("https://git.acme.example:8443/api/v3?x=1") == Access(
        hosts=("git.acme.example:8443",),
        token=SecretStr("t"),
        allow_private=True,
        ca_file=Path("/site/ca.pem"),
        proxy="http://proxy.example:3128",
    )


@pytest.mark.parametrize("field", SourceSettings.model_fields)
def test_no_setting_about_reaching_a_host_is_forgotten(field: str) -> None:
    assert hasattr(SourceSettings().access_to("https://acme.example/"), field)
