"""«Sist jeg var her» (F55): how the owner is, told by themselves or on their behalf."""

from datetime import timedelta

import pytest

from models.clock import SteppingClock
from models.database import Database
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.plan_rows import end, give, set_plan

SAID = "I dag gikk jeg helt til båten."


async def tell(visitor: Visitor, plan: str, text: str = SAID, mood: str = "none") -> Page:
    form = await visitor.get(f"{plan}/journal/new")
    return await visitor.follow(await visitor.send(form, text=text, mood=mood))


def entry(page: Page, text: str) -> str:
    """All that is said about the entry with these words."""
    (found,) = [words(each) for each in page.all("//article") if text in words(each)]
    return found


async def place_of(visitor: Visitor, plan: str, text: str) -> str:
    """The address of the viewer's own entry."""
    page = await visitor.get(f"{plan}/journal")
    (found,) = [each for each in page.all("//article") if text in words(each)]
    return f"{plan}/journal/{found.get('id').removeprefix('journal-')}"


@pytest.mark.feature("F55")
async def test_the_owner_tells_how_it_goes_with_a_face_and_words(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    form = await owner.get((await owner.get(ip)).link("Fortell hvordan det går"))
    faces = [words(label) for label in form.all("//fieldset//label")]
    assert faces == ["Glad", "Rolig", "Sliten", "Lei meg", "Bekymret", "Sint", "Vil ikke velge"]
    assert all(label.xpath(".//*[name()='svg']") for label in form.all("//fieldset//label")[:-1])
    page = await owner.follow(await owner.send(form, text=SAID, mood="happy"))
    assert "Lagt til." in page.words
    said = entry(page, SAID)
    assert "Glad" in said
    assert "Planeier" in said
    assert "på vegne av" not in said
    assert SAID in (await (await sign_in("tjenesteyter")).get(ip)).words


@pytest.mark.feature("F55")
async def test_a_face_is_enough_and_so_are_words(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    assert "Bekymret" in (await tell(owner, ip, "", "worried")).words
    assert SAID in (await tell(owner, ip)).words


@pytest.mark.feature("F55")
async def test_the_coordinator_writes_on_behalf_and_says_so(coordinator: Visitor, ip: str, relay: str) -> None:
    assert "på vegne av planeieren" in (await coordinator.get(f"{ip}/journal/new")).words
    page = await tell(coordinator, ip)
    assert "på vegne av planeieren" in entry(page, SAID)
    assert "Koordinator" in entry(page, SAID)
    assert "Stafettholder" in entry(await tell(coordinator, relay), SAID)


@pytest.mark.feature("F55")
async def test_a_guardian_with_the_right_writes_on_behalf(guardian: Visitor, town: Database, relay: str) -> None:
    for level, status in ((Level.CHANGE, 403), (Level.NEW, 200)):
        await give(town, relay, "foresatt@fjordvik.example", Element.JOURNAL, level)
        assert (await guardian.get(f"{relay}/journal/new")).status == status
    assert "på vegne av planeieren" in entry(await tell(guardian, relay), SAID)


@pytest.mark.parametrize("name", ["tjenesteyter", "assistent"])
async def test_others_write_nothing_there(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    assert (await visitor.get(f"{ip}/journal/new")).status == 403
    assert (await visitor.post(f"{ip}/journal/new", {"text": SAID, "mood": ""})).status == 403
    assert not any(link.endswith("/journal/new") for link in (await visitor.get(ip)).links())


async def test_who_may_not_read_it_is_told_nothing_of_it(sign_in: SignIn, coordinator: Visitor, ip: str) -> None:
    await tell(coordinator, ip)
    place = await place_of(coordinator, ip, SAID)
    assistant = await sign_in("assistent")
    assert (await assistant.get(f"{ip}/journal")).status == 403
    for ending in ("/change", "/remove"):
        assert (await assistant.get(place + ending)).status == 404
        assert (await assistant.post(place + ending, {"text": "x", "mood": ""})).status == 404
    for page in (await assistant.get(ip), await assistant.get(f"{ip}/more")):
        assert "Sist jeg var her" not in page.words
        assert not any("/journal" in link for link in page.links())


@pytest.mark.parametrize("name", ["rektor", "koordinator@dalen.example", "superadmin"])
async def test_who_is_not_in_the_plan_finds_nothing(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    for ending in ("/journal", "/journal/new"):
        assert (await visitor.get(ip + ending)).status == 404
    assert (await visitor.post(f"{ip}/journal/new", {"text": SAID, "mood": ""})).status == 404


async def test_an_entry_is_not_found_under_another_plan(coordinator: Visitor, ip: str, relay: str) -> None:
    await tell(coordinator, ip)
    place = (await place_of(coordinator, ip, SAID)).replace(ip, relay)
    for ending in ("/change", "/remove"):
        assert (await coordinator.get(place + ending)).status == 404
        assert (await coordinator.post(place + ending, {"text": "x", "mood": ""})).status == 404
    assert (await coordinator.get(f"{ip}/journal/tull/change")).status == 404


@pytest.mark.feature("F73")
async def test_only_the_author_is_offered_to_change_it(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    await tell(owner, ip, mood="tired")
    place = await place_of(owner, ip, SAID)
    form = await owner.get(f"{place}/change")
    assert (form.typed()["text"], form.typed()["mood"]) == (SAID, "tired")
    page = await owner.follow(await owner.send(form, text="Jeg snudde ved brygga.", mood="calm"))
    assert "Rolig" in entry(page, "Jeg snudde ved brygga.")
    assert f"{place}/change" not in (await coordinator.get(f"{ip}/journal")).links()
    assert (await coordinator.get(f"{place}/change")).status == 403
    assert (await coordinator.post(f"{place}/change", {"text": "x", "mood": ""})).status == 403


async def test_a_change_over_somebody_elses_is_stopped(sign_in: SignIn, ip: str) -> None:
    one, other = await sign_in("planeier"), await sign_in("planeier")
    await tell(one, ip)
    place = await place_of(one, ip, SAID)
    mine, theirs = await one.get(f"{place}/change"), await other.get(f"{place}/change")
    assert (await other.send(theirs, text="Skrevet på mobilen")).status == 303
    conflict = await one.send(mine, text="Skrevet på PC-en", mood="sad")
    assert conflict.status == 409
    assert "mobilen" in conflict.words
    assert (conflict.typed()["text"], conflict.typed()["mood"]) == ("Skrevet på PC-en", "sad")


async def test_deleting_asks_first_and_shows_only_the_beginning(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    await tell(owner, ip, f"{SAID} " + "Og så videre. " * 100)
    place = await place_of(owner, ip, SAID)
    asked = await owner.get(f"{place}/remove")
    assert "Vil du slette det som står her?" in asked.words
    assert len(words(asked.one("//main//h3"))) < 100
    gone = await owner.follow(await owner.send(asked))
    assert "Slettet." in gone.words
    assert SAID not in gone.words
    assert (await owner.get(f"{place}/change")).status == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": "", "mood": ""}, "text"),
        ({"text": " \u200b ", "mood": ""}, "text"),
        ({"text": "x" * 5_001, "mood": "happy"}, "text"),
        ({"text": SAID, "mood": "ecstatic"}, "mood"),
    ],
)
async def test_bad_input_is_said_beside_its_field(
    coordinator: Visitor, ip: str, typed: dict[str, str], field: str
) -> None:
    page = await coordinator.post(f"{ip}/journal/new", typed)
    assert page.status == 400
    assert page.error(field)
    assert page.has("//form//textarea")


async def test_a_script_is_only_words(coordinator: Visitor, ip: str) -> None:
    page = await tell(coordinator, ip, "<script>alert(1)</script> Hei")
    assert "<script>alert(1)</script> Hei" in page.words


async def test_it_has_drafts_face_and_all(coordinator: Visitor, ip: str) -> None:
    draft = {"place": "/journal/new", "fields": {"text": "Halvferdig", "mood": "angry"}}
    answer = await coordinator.post(f"{ip}/draft", json=draft, headers={"accept": "application/json"})
    assert answer.status == 200
    form = (await coordinator.get(f"{ip}/journal/new")).one("//form[@data-draft]")
    typed = dict(form.form_values())
    assert (typed["text"].strip(), typed["mood"]) == ("Halvferdig", "angry")


async def test_they_stand_by_day_in_pages(coordinator: Visitor, sign_in: SignIn, clock: SteppingClock, ip: str) -> None:
    for number in range(3):
        await tell(coordinator, ip, f"Tidlig {number}")
    clock.move(timedelta(days=1))
    coordinator = await sign_in("koordinator")
    for number in range(21):
        await tell(coordinator, ip, f"Notat {number}.")
        clock.move(timedelta(seconds=1))
    page = await coordinator.get(f"{ip}/journal")
    assert [len(day.xpath(".//article")) for day in page.all("//section[.//article]")] == [20]
    assert words(page.all("//article")[0]).count("Notat 20.") == 1
    older = await coordinator.get(page.link("Neste"))
    assert [len(day.xpath(".//article")) for day in older.all("//section[.//article]")][:2] == [1, 3]
    assert "Notat 0." in older.words
    assert (await coordinator.get(f"{ip}/journal", params={"page": "9999"})).words == (await coordinator.get(
        f"{ip}/journal", params={"page": str(last_page(older))})).words  # fmt: skip
    for odd in ("0", "-1", "x", "10001"):
        assert (await coordinator.get(f"{ip}/journal", params={"page": odd})).status == 404


def last_page(page: Page) -> int:
    return int(words(page.one("//nav[@class='pages']/span")).split()[-1])


async def test_an_ended_plan_is_read_and_not_written(sign_in: SignIn, town: Database, ip: str) -> None:
    owner = await sign_in("planeier")
    await tell(owner, ip)
    place = await place_of(owner, ip, SAID)
    await end(town, ip)
    page = await owner.get(f"{ip}/journal")
    assert SAID in page.words
    assert not any(link.endswith(("/new", "/change", "/remove")) for link in page.links())
    for address in (f"{ip}/journal/new", f"{place}/change", f"{place}/remove"):
        assert (await owner.get(address)).status == 403
        assert (await owner.post(address, {"text": "x", "mood": ""})).status == 403


async def test_a_plan_without_it_has_no_such_room(coordinator: Visitor, town: Database, ip: str) -> None:
    await set_plan(town, ip, elements=["goals", "activities"])
    assert (await coordinator.get(f"{ip}/journal")).status == 403
    assert "Sist jeg var her" not in (await coordinator.get(ip)).words


@pytest.mark.feature("N10")
async def test_what_was_done_can_be_undone(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    await tell(owner, ip)
    place = await place_of(owner, ip, SAID)
    gone = await owner.follow(await owner.send(await owner.get(f"{place}/remove")))
    undo = gone.one("//div[@role='status']//form")
    back = await owner.follow(await owner.post(undo.get("action"), dict(undo.form_values())))
    assert SAID in (await owner.get(f"{ip}/journal")).words
    assert back.status == 200


async def test_a_form_that_is_sent_twice_adds_one(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    form = await owner.get(f"{ip}/journal/new")
    for _again in range(2):
        assert (await owner.send(form, text=SAID)).status == 303
    assert (await owner.get(f"{ip}/journal")).words.count(SAID) == 1


async def test_what_was_changed_meanwhile_is_not_deleted_unseen(sign_in: SignIn, ip: str) -> None:
    one, other = await sign_in("planeier"), await sign_in("planeier")
    await tell(one, ip)
    place = await place_of(one, ip, SAID)
    asked = await one.get(f"{place}/remove")
    await other.send(await other.get(f"{place}/change"), text="Nye ord")
    again = await one.send(asked)
    assert again.status == 409
    assert "Nye ord" in again.words
