"""The doctor says whether ID-porten is there."""

from pathlib import Path

import pytest

from jobs.doctor import examine
from models.database import Database
from models.sealing import KeyRing
from tests.id_porten.provider import Provider
from tests.pages.conftest import settings


@pytest.mark.parametrize(("changed", "well"), [({}, True), ({"idporten_issuer": "http://127.0.0.1:1"}, False)])
async def test_the_doctor_asks_id_porten_for_its_keys(
    town: Database, keys: KeyRing, tmp_path: Path, provider: Provider, changed: dict[str, str], well: bool
) -> None:
    known = settings(town, keys, tmp_path).model_copy(update=provider.settings | changed)
    (finding,) = [one for one in await examine(known, town) if one.what == "id-porten"]
    assert finding.well is well
    assert ("we sign with medvirk-1" in finding.words) is well
