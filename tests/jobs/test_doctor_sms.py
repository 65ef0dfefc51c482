"""What the doctor says about text messages, before anybody waits for a code that never comes."""

import socket
from pathlib import Path
from typing import Any

import pytest

from jobs.doctor import Finding, examine
from models.database import Database
from models.settings import Settings

HERE = "http://127.0.0.1"


async def finding(database: Database, folder: Path, **more: Any) -> Finding:
    settings = Settings(_env_file=None, data_dir=folder, **more)
    (found,) = [one for one in await examine(settings, database) if one.what == "sms"]
    return found


async def test_without_a_provider_it_names_the_folder(sqlite_database: Database, tmp_path: Path) -> None:
    found = await finding(sqlite_database, tmp_path)
    assert (found.well, found.words.endswith("sms")) == (True, True)


async def test_a_provider_that_answers_is_well(sqlite_database: Database, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"{HERE}:{listening.getsockname()[1]}/SMS"
        found = await finding(sqlite_database, tmp_path, sms_provider="sveve", sms_url=url, sms_token="kari:secret")
    assert (found.well, found.words.startswith("sveve at 127.0.0.1")) == (True, True)


@pytest.mark.parametrize("url", [None, "sms.example", f"{HERE}:1/SMS"])
async def test_a_provider_that_cannot_be_reached_is_not(
    sqlite_database: Database, tmp_path: Path, url: str | None
) -> None:
    found = await finding(sqlite_database, tmp_path, sms_provider="sveve", sms_url=url, sms_token="kari:secret")
    assert (found.well, "secret" in found.words) == (False, False)
