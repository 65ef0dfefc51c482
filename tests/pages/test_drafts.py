"""Drafts: what is being written is kept for its writer alone, and is never the plan's before it is saved."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.base import pick
from models.clock import SteppingClock
from models.database import Database
from models.plans.tables.drafts import Draft
from models.plans.tables.goals import Goal
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn

WORDS = "Dette brukte jeg en hel kveld på."
KOORDINATOR = "koordinator@fjordvik.example"
JSON = {"accept": "application/json"}
pytestmark = pytest.mark.feature("F26")


async def keep(visitor: Visitor, plan: str, place: str, *, unasked: bool = False, **fields: object) -> Page:
    """As `static/drafts.js` does."""
    headers = JSON | ({"x-background": "yes"} if unasked else {})
    return await visitor.ask("POST", f"{plan}/draft", json={"place": place, "fields": fields}, headers=headers)


async def kept(town: Database) -> list[Draft]:
    async with town.reading() as session:
        return list(await session.scalars(select(Draft)))


async def goal_place(visitor: Visitor, plan: str, title: str = "Ut på sjøen igjen") -> str:
    """The goal's address below the plan's."""
    return (await visitor.get(f"{plan}/goals")).link(title).removeprefix(plan)


def writing(page: Page) -> dict[str, str]:
    """What people would have written in the page's form with a draft, if it was sent."""
    form = page.one("//form[@data-draft]")
    return {str(name): str(value).lstrip("\n") for name, value in form.form_values() if name != "once"}


def alert(page: Page) -> str:
    return " ".join(words(each) for each in page.all("//div[contains(@class, 'ds-alert')][.//form[@data-discards]]"))


async def test_what_is_kept_is_told_with_the_time(coordinator: Visitor, ip: str) -> None:
    answer = await keep(coordinator, ip, "/goals/new", title=WORDS)
    assert answer.answer.json() == {"time": "10.00", "words": "Utkast lagret kl. 10.00"}


async def test_a_draft_fills_the_form_when_it_is_opened_again(
    coordinator: Visitor, clock: SteppingClock, ip: str
) -> None:
    await keep(coordinator, ip, "/goals/new", title=WORDS, life_area="leisure", description="Linje én\nlinje to")
    clock.move(timedelta(minutes=5))
    page = await coordinator.get(f"{ip}/goals/new")
    assert writing(page) == {"title": WORDS, "life_area": "leisure", "description": "Linje én\nlinje to"}
    assert alert(page).startswith("Vi fant et utkast fra i dag kl. 10.00, og har satt det inn.")


async def test_a_draft_says_which_day_it_is_from(sign_in: SignIn, clock: SteppingClock, ip: str) -> None:
    await keep(await sign_in("koordinator"), ip, "/goals/new", title=WORDS)
    for days, said in ((1, "fra i går kl. 10.00"), (1, "fra fredag 20. november kl. 10.00")):
        clock.move(timedelta(days=days))
        assert said in alert(await (await sign_in("koordinator")).get(f"{ip}/goals/new"))


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        ("{goal}/change", {"title": WORDS, "description": "", "life_area": "", "progress": "40"}),
        ("{goal}/activities/new", {"title": WORDS, "extent": "litt", "due_on": "2027-01-02"}),
        ("{goal}/activities/{activity}/change", {"title": WORDS, "description": "mer"}),
        ("{goal}/activities/{activity}/comments/new", {"text": WORDS}),
        ("{goal}/comments/{comment}/change", {"text": WORDS}),
        ("{goal}/comments", {"text": WORDS}),
    ],
)
async def test_every_form_of_the_room_has_drafts(
    coordinator: Visitor, ip: str, place: str, fields: dict[str, str]
) -> None:
    goal = await goal_place(coordinator, ip)
    await coordinator.post(f"{ip}{goal}/comments", {"text": "En kommentar"})
    page = await coordinator.get(ip + goal)
    activity = str(page.all("//article[starts-with(@id, 'activity-')]/@id")[0]).removeprefix("activity-")
    changing = [link for link in page.links() if "/comments/" in link and link.endswith("/change")]
    place = place.format(goal=goal, activity=activity, comment=changing[0].split("/")[-2])
    assert (await keep(coordinator, ip, place, **fields)).status == 200
    shown = await coordinator.get(ip + (goal if place.endswith("/comments") else place))
    assert shown.one("//form[@data-draft]").get("data-draft") == place
    assert writing(shown).items() >= fields.items()
    assert alert(shown)


async def test_a_draft_is_not_in_the_plan_before_it_is_saved(coordinator: Visitor, ip: str) -> None:
    await keep(coordinator, ip, "/goals/new", title=WORDS)
    for address in (ip, f"{ip}/goals", f"{ip}/timeline"):
        assert WORDS not in (await coordinator.get(address)).text


async def test_nobody_else_finds_it(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    goal = await goal_place(coordinator, ip)
    await keep(coordinator, ip, f"{goal}/comments", text=WORDS)
    for name in ("planeier", "tjenesteyter"):
        assert WORDS not in (await (await sign_in(name)).get(ip + goal)).text


async def test_the_words_are_sealed(coordinator: Visitor, town: Database, ip: str) -> None:
    await keep(coordinator, ip, "/goals/new", title=WORDS)
    (draft,) = await kept(town)
    assert draft.content
    assert WORDS.encode() not in draft.content


async def test_saving_the_form_leaves_no_draft(coordinator: Visitor, town: Database, ip: str) -> None:
    goal = await goal_place(coordinator, ip)
    places = {"/goals/new": {"title": WORDS, "life_area": ""}, f"{goal}/comments": {"text": WORDS}}
    for place, fields in places.items():
        await keep(coordinator, ip, place, **fields)
        assert (await coordinator.post(ip + place, fields)).status == 303
    assert await kept(town) == []


async def test_a_form_that_was_not_taken_keeps_its_draft(coordinator: Visitor, town: Database, ip: str) -> None:
    await keep(coordinator, ip, "/goals/new", description=WORDS)
    page = await coordinator.post(f"{ip}/goals/new", {"title": "", "life_area": "", "description": WORDS})
    assert (page.status, len(await kept(town))) == (400, 1)
    assert page.has("//form[@data-draft][@data-typed]"), "what was sent is kept again from the page itself"


async def test_a_draft_can_be_thrown_away(coordinator: Visitor, town: Database, ip: str) -> None:
    goal = await goal_place(coordinator, ip)
    for place, form in (("/goals/new", "/goals/new"), (f"{goal}/comments", goal)):
        await keep(coordinator, ip, place, title=WORDS, text=WORDS)
        found = (await coordinator.get(ip + form)).one("//form[@data-discards]")
        page = await coordinator.follow(await coordinator.post(found.get("action"), dict(found.form_values())))
        assert page.url.endswith(form)
        assert (WORDS in page.text, alert(page)) == (False, "")
    assert await kept(town) == []


async def test_a_form_emptied_of_words_leaves_no_draft(coordinator: Visitor, town: Database, ip: str) -> None:
    await keep(coordinator, ip, "/goals/new", title=WORDS)
    answer = await keep(coordinator, ip, "/goals/new", title=" \n", life_area="leisure")
    assert (answer.answer.json(), await kept(town)) == ({"time": None, "words": ""}, [])


async def test_the_newest_words_are_kept_and_only_once(coordinator: Visitor, town: Database, ip: str) -> None:
    for text in ("Først", "Så", WORDS):
        await keep(coordinator, ip, "/goals/new", title=text)
    assert len(await kept(town)) == 1
    assert writing(await coordinator.get(f"{ip}/goals/new"))["title"] == WORDS


async def test_a_draft_begun_before_somebody_saved_is_shown_beside_what_they_saved(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    place = f"{await goal_place(coordinator, ip)}/change"
    form = await coordinator.get(ip + place)
    await keep(coordinator, ip, place, **form.typed() | {"description": WORDS})
    provider = await sign_in("tjenesteyter")
    await provider.send(await provider.get(ip + place), description="Andres ord")
    page = await coordinator.get(ip + place)
    assert writing(page)["description"] == WORDS
    assert "Noen andre lagret mens du skrev" in page.words
    assert "Andres ord" in words(page.one("//blockquote"))
    assert (await coordinator.post(ip + place, writing(page))).status == 303


async def test_a_draft_survives_being_signed_out(sign_in: SignIn, clock: SteppingClock, ip: str) -> None:
    visitor = await sign_in("koordinator")
    await keep(visitor, ip, "/goals/new", title=WORDS)
    clock.move(timedelta(minutes=36))
    assert (await visitor.get(f"{ip}/goals/new")).goes_to == f"/login?next={ip}/goals/new"
    landed = await visitor.follow(await visitor.sign_in(KOORDINATOR, next_=f"{ip}/goals/new"))
    assert writing(landed)["title"] == WORDS


async def test_who_is_signed_out_is_told_so_and_nothing_is_kept(
    coordinator: Visitor, clock: SteppingClock, town: Database, ip: str
) -> None:
    clock.move(timedelta(minutes=36))
    answer = await keep(coordinator, ip, "/goals/new", title=WORDS)
    assert (answer.status, answer.answer.json()) == (401, {"message": "Du er logget ut."})
    assert await kept(town) == []


async def test_sending_the_form_signed_out_leads_back_to_it(
    coordinator: Visitor, clock: SteppingClock, ip: str
) -> None:
    goal = await goal_place(coordinator, ip)
    clock.move(timedelta(minutes=36))
    page = await coordinator.post(f"{ip}{goal}/comments", {"text": WORDS})
    assert "Ble et utkast lagret mens du skrev" in page.words
    assert page.link("Logg på") == f"/login?next={ip}{goal}"


async def test_writing_is_using_the_session_and_a_page_looking_after_itself_is_not(
    coordinator: Visitor, clock: SteppingClock, ip: str
) -> None:
    for step in range(3):
        clock.move(timedelta(minutes=30))
        assert (await keep(coordinator, ip, "/goals/new", title=f"{WORDS} {step}")).status == 200
    clock.move(timedelta(minutes=30))
    assert (await keep(coordinator, ip, "/goals/new", unasked=True, title=WORDS)).status == 200
    clock.move(timedelta(minutes=6))
    assert (await keep(coordinator, ip, "/goals/new", title=WORDS)).status == 401


async def test_who_may_no_longer_open_the_plan_is_not_shown_their_draft(
    sign_in: SignIn, clock: SteppingClock, town: Database, ip: str
) -> None:
    provider = await sign_in("tjenesteyter")
    goal = await goal_place(provider, ip)
    await keep(provider, ip, f"{goal}/comments", text=WORDS)
    clock.move(timedelta(days=200))
    page = await (await sign_in("tjenesteyter")).get(ip + goal)
    assert (page.status, WORDS in page.text, len(await kept(town))) == (403, False, 1)


@pytest.mark.parametrize(
    ("name", "status"),
    [("assistent", 403), ("utlopt", 403), ("rektor", 404), ("koordinator@dalen.example", 404)],
)
async def test_who_may_not_save_the_form_keeps_no_draft_of_it(
    sign_in: SignIn, town: Database, ip: str, name: str, status: int
) -> None:
    visitor = await sign_in(name)
    assert (await keep(visitor, ip, "/goals/new", title=WORDS)).status == status
    assert (await visitor.post(f"{ip}/draft/discard", {"place": "/goals/new"})).status == status
    assert await kept(town) == []


async def test_a_draft_below_a_hidden_goal_is_refused_as_if_the_goal_were_not_there(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    hidden = await goal_place(coordinator, ip, "Gå trygt ute i all slags vær")
    assert (await keep(await sign_in("assistent"), ip, f"{hidden}/comments", text=WORDS)).status == 404
    async with town.reading() as session:
        other = await session.scalar(pick(Goal.id).where(col(Goal.plan_id) != UUID(ip.rsplit("/", maxsplit=1)[-1])))
    assert (await keep(coordinator, ip, f"/goals/{other}/comments", text=WORDS)).status == 404


@pytest.mark.parametrize(
    "place",
    [
        *("", "/", "/goals", "goals/new", "/goals/new/", "/goals/NEW", "/timeline", f"/goals/{UUID(int=1)}/change"),
        *(
            f"/goals/{UUID(int=2)}/comments",
            f"/goals/{UUID(int=1).hex}/change",
            "/goals/tull/comments",
            "/goals/new/change",
        ),
    ],
)
async def test_only_a_form_has_a_draft(coordinator: Visitor, ip: str, place: str) -> None:
    assert (await keep(coordinator, ip, place, title=WORDS)).status == 404
    assert (await coordinator.post(f"{ip}/draft/discard", {"place": place})).status == 404


async def test_only_the_forms_own_fields_are_kept(coordinator: Visitor, ip: str) -> None:
    await keep(coordinator, ip, "/goals/new", title=WORDS, text="nei", life_area=["leisure"], other="nei", progress=3)
    assert writing(await coordinator.get(f"{ip}/goals/new")) == {"title": WORDS, "life_area": "", "description": ""}


async def test_a_draft_has_an_end(coordinator: Visitor, town: Database, ip: str) -> None:
    answer = await keep(coordinator, ip, "/goals/new", title=WORDS, description="æ" * 160_000)
    assert (answer.status, "for lang" in answer.answer.json()["message"], await kept(town)) == (400, True, [])


@pytest.mark.parametrize(
    "sent", [b"", b"tull", b"[]", b"{}", b'{"place": 1, "fields": {}}', b'{"place": "/goals/new"}', b"[" * 100_000]
)
async def test_what_is_no_draft_is_not_taken(coordinator: Visitor, ip: str, sent: bytes) -> None:
    answer = await coordinator.ask("POST", f"{ip}/draft", content=sent, headers=JSON)
    assert (answer.status, answer.answer.json()) == (400, {"message": "Ingenting ble lagret."})


@pytest.mark.parametrize(("name", "status"), [("rektor", 404), ("utlopt", 403), ("koordinator@dalen.example", 404)])
async def test_the_door_comes_before_what_was_sent(sign_in: SignIn, ip: str, name: str, status: int) -> None:
    answer = await (await sign_in(name)).ask("POST", f"{ip}/draft", content=b"tull", headers=JSON)
    assert answer.status == status


async def test_a_stranger_is_told_nothing_of_what_was_wrong_with_what_they_sent(visitor: Visitor, ip: str) -> None:
    answer = await visitor.ask("POST", f"{ip}/draft", content=b"tull", headers=JSON)
    assert (answer.status, answer.answer.json()) == (401, {"message": "Du er logget ut."})
