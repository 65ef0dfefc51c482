"""Text messages go to a provider in its own words, or to a file; a number is written as networks write it."""

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from jobs.channels import sms
from jobs.channels.email import BadAddress
from jobs.channels.sms import FolderSms, Link, NotTaken, Sms, Sveve, e164, make_sms
from models.settings import Settings
from tests.jobs.channels.sms_provider import Provider

pytestmark = pytest.mark.feature("F10")
MESSAGE = ("+4700000001", "123456 er koden\n\n@medvirk.example #123456", "Medvirk", "ref-1", "key-1")
BASIC = ":".join(("kari", "secret"))
SVEVE_OK = json.dumps({"response": {"msgOkCount": 1, "stdSMSCount": 1, "ids": [42]}})
LINK_OK = json.dumps({"messageId": "m-1", "resultCode": 1005, "description": "Queued"})


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    provider = Provider()
    await provider.open()
    yield provider
    await provider.close()


def settings(folder: Path = Path("var"), **more: Any) -> Settings:
    return Settings(_env_file=None, data_dir=folder, **more)


def sveve(provider: Provider) -> Sms:
    return make_sms(settings(sms_provider="sveve", sms_url=f"{provider.url}/SMS/SendMessage", sms_token="kari:a:b"))


def link(provider: Provider, token: str = BASIC) -> Sms:
    url = f"{provider.url}/sms/send?platformId=COMMON&platformPartnerId=7"
    return make_sms(settings(sms_provider="link", sms_url=url, sms_token=token))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *(("00000001", "+4700000001"), ("00 00 00 01", "+4700000001"), ("+47 00 00 00 01", "+4700000001")),
        *(("004700000001", "+4700000001"), ("+460000001", "+460000001"), ("(00) 000-001", "+4700000001")),
    ],
)
def test_a_number_is_written_with_its_country(typed: str, number: str) -> None:
    assert e164(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "1", "+47", "kari", "+47" + "0" * 14, "0000000१", "00000001;00000002", "+", "٠" * 8]
)
def test_what_is_no_number_is_never_sent_to(typed: str) -> None:
    with pytest.raises(BadAddress):
        e164(typed)


async def test_sveve_is_asked_in_its_own_words(provider: Provider) -> None:
    provider.answer = (200, SVEVE_OK)
    assert await sveve(provider).send(*MESSAGE) == "42"
    (asked,) = provider.asked
    assert asked.path == "/SMS/SendMessage"
    assert asked.body == {
        "user": "kari",
        "passwd": "a:b",
        "to": "+4700000001",
        "msg": MESSAGE[1],
        "from": "Medvirk",
        "ref": "ref-1",
        "f": "json",
    }


@pytest.mark.parametrize(
    ("token", "authorization"),
    [("kari:secret", "Basic " + base64.b64encode(b"kari:secret").decode()), ("a.b.c", "Bearer a.b.c")],
)
async def test_link_is_asked_in_its_own_words(provider: Provider, token: str, authorization: str) -> None:
    provider.answer = (200, LINK_OK)
    assert await link(provider, token).send(*MESSAGE) == "m-1"
    (asked,) = provider.asked
    assert (asked.path, asked.headers["authorization"]) == ("/sms/send", authorization)
    assert asked.body == {
        "source": "Medvirk",
        "destination": "+4700000001",
        "userData": MESSAGE[1],
        "platformId": "COMMON",
        "platformPartnerId": "7",
        "refId": "ref-1",
    }


@pytest.mark.parametrize(
    "answer",
    [
        *((200, json.dumps({"response": {"fatalError": "Feil passord for 00000001"}})), (200, "[]"), (200, "<html>")),
        *((200, json.dumps({"response": {"errors": [{"number": "1"}], "ids": []}})), (200, "{}"), (500, SVEVE_OK)),
        *((302, SVEVE_OK), (200, json.dumps({"resultCode": 106005, "description": "00000001"})), (401, LINK_OK)),
    ],
)
async def test_any_other_answer_is_tried_again_later_and_its_words_are_not_kept(
    provider: Provider, answer: tuple[int, str]
) -> None:
    provider.answer = answer
    for sender in (sveve(provider), link(provider)):
        with pytest.raises(NotTaken) as no:
            await sender.send(*MESSAGE)
        assert "00000001" not in str(no.value)


async def test_a_provider_that_keeps_us_waiting_is_left(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sms, "PATIENCE", 0.2)
    provider.slow = 1
    with pytest.raises(httpx.ReadTimeout):
        await sveve(provider).send(*MESSAGE)


async def test_without_a_provider_a_message_is_a_file_of_its_own(tmp_path: Path) -> None:
    sender = make_sms(settings(tmp_path))
    assert isinstance(sender, FolderSms)
    for _time in range(2):
        assert await sender.send(*MESSAGE) == "key-1"
    (file,) = (tmp_path / "sms").iterdir()
    assert file.name == "key-1.txt"
    assert file.read_text().splitlines()[0] == "To: +4700000001"
    assert "123456 er koden" in file.read_text()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sms_provider": "sveve"},
        {"sms_provider": "sveve", "sms_url": "https://sms.example"},
        {"sms_provider": "sveve", "sms_url": "https://sms.example", "sms_token": "no-colon"},
        {"sms_provider": "sveve", "sms_url": "http://sms.example", "sms_token": "kari:secret"},
        {"sms_provider": "sveve", "sms_url": "sms.example", "sms_token": "kari:secret"},
        {"sms_provider": "link", "sms_url": "https://sms.example/sms/send", "sms_token": "kari:secret"},
    ],
)
def test_settings_that_cannot_be_are_refused_with_a_sentence(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"MEDVIRK_SMS_|https") as why:
        make_sms(settings(**wrong))
    assert "secret" not in str(why.value)


def test_passwords_are_not_in_what_is_printed(provider: Provider) -> None:
    for sender in (sveve(provider), link(provider)):
        assert isinstance(sender, Sveve | Link)
        assert "secret" not in repr(sender)
        assert "a:b" not in repr(sender)
