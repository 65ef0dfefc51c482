"""Every setting explains itself, in the code and in the README."""

import re

import pytest

from models.settings import Settings
from tests.house.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described_and_documented(name: str) -> None:
    assert Settings.model_fields[name].description
    assert f"`MEDVIRK_{name.upper()}`" in README


def test_the_readme_names_no_setting_that_is_not_there() -> None:
    known = {f"MEDVIRK_{name.upper()}" for name in Settings.model_fields} | {"MEDVIRK_CHROMIUM"}
    assert set(re.findall(r"MEDVIRK_[A-Z_]*[A-Z]", README)) <= known
