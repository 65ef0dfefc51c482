"""«Om meg selv» (F54): read by all, written by the owner, the coordinator and the guardians."""

import pytest

from models.database import Database
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.plan_rows import end

WORDS = "Jeg liker hester.\n\nOg ro rundt meg."


@pytest.mark.feature("F54")
@pytest.mark.parametrize("name", ["planeier", "koordinator"])
async def test_the_owner_and_the_coordinator_write_it(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    form = await visitor.get((await visitor.get(ip)).link("«Om meg selv»"))
    page = await visitor.follow(await visitor.send(form, text=WORDS))
    assert page.url.split("?")[0].endswith(f"{ip}/about")
    assert "Lagret." in page.words
    assert "Og ro rundt meg." in page.words
    assert "Jeg liker hester." in (await (await sign_in("tjenesteyter")).get(ip)).words


@pytest.mark.feature("F54")
async def test_the_guardian_writes_it_for_a_child(guardian: Visitor, relay: str) -> None:
    form = await guardian.get(f"{relay}/about/change")
    assert (await guardian.send(form, text=WORDS)).status == 303
    assert "Og ro rundt meg." in (await guardian.get(f"{relay}/about")).words


@pytest.mark.parametrize("name", ["tjenesteyter", "assistent"])
async def test_others_read_it_and_are_offered_nothing_more(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    page = await visitor.get(f"{ip}/about")
    assert page.status == 200
    assert not any(link.endswith("/about/change") for link in page.links())
    assert (await visitor.get(f"{ip}/about/change")).status == 403
    assert (await visitor.post(f"{ip}/about/change", {"text": WORDS})).status == 403


@pytest.mark.parametrize("name", ["rektor", "koordinator@dalen.example", "superadmin"])
async def test_who_is_not_in_the_plan_finds_nothing(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    for ending in ("/about", "/about/change"):
        assert (await visitor.get(ip + ending)).status == 404
    assert (await visitor.post(f"{ip}/about/change", {"text": WORDS})).status == 404


async def test_who_has_no_consent_any_longer_reads_nothing(sign_in: SignIn, ip: str) -> None:
    visitor = await sign_in("utlopt")
    for ending in ("/about", "/about/change"):
        assert (await visitor.get(ip + ending)).status == 403
    assert (await visitor.post(f"{ip}/about/change", {"text": WORDS})).status == 403


async def test_two_who_write_at_once_see_both_versions(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    mine, theirs = await owner.get(f"{ip}/about/change"), await coordinator.get(f"{ip}/about/change")
    await coordinator.send(theirs, text="Skrevet på brygga")
    conflict = await owner.send(mine, text="Skrevet av meg")
    assert conflict.status == 409
    assert "brygga" in conflict.words
    assert "Skrevet av meg" in conflict.typed()["text"]
    assert (await owner.send(conflict, text="Skrevet av oss begge")).status == 303


async def test_what_is_too_long_is_kept_in_the_form(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/about/change")
    page = await coordinator.send(form, text="x" * 20_001)
    assert page.status == 400
    assert "20001 tegn" in page.error("text")
    assert page.typed()["text"] == "x" * 20_001


async def test_a_script_is_only_words(coordinator: Visitor, ip: str) -> None:
    await coordinator.send(await coordinator.get(f"{ip}/about/change"), text="<script>alert(1)</script> Hei")
    assert "<script>alert(1)</script> Hei" in (await coordinator.get(f"{ip}/about")).words
    assert "<script>alert(1)</script> Hei" in (await coordinator.get(ip)).words


async def test_it_has_drafts(coordinator: Visitor, ip: str) -> None:
    draft = {"place": "/about/change", "fields": {"text": "Halvferdig", "seen": "1"}}
    answer = await coordinator.post(f"{ip}/draft", json=draft, headers={"accept": "application/json"})
    assert answer.status == 200
    form = (await coordinator.get(f"{ip}/about/change")).one("//form[@data-draft]")
    assert dict(form.form_values())["text"].strip() == "Halvferdig"


async def test_an_ended_plan_is_read_and_not_written(coordinator: Visitor, town: Database, ip: str) -> None:
    await end(town, ip)
    assert not any(link.endswith("/change") for link in (await coordinator.get(f"{ip}/about")).links())
    assert (await coordinator.get(f"{ip}/about/change")).status == 403
    assert (await coordinator.post(f"{ip}/about/change", {"text": WORDS})).status == 403


@pytest.mark.feature("N10")
async def test_a_change_can_be_undone(coordinator: Visitor, ip: str) -> None:
    before = (await coordinator.get(f"{ip}/about/change")).typed()["text"]
    page = await coordinator.follow(await coordinator.send(await coordinator.get(f"{ip}/about/change"), text=WORDS))
    undo = page.one("//div[@role='status']//form")
    await coordinator.follow(await coordinator.post(undo.get("action"), dict(undo.form_values())))
    assert (await coordinator.get(f"{ip}/about/change")).typed()["text"] == before
