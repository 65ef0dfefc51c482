"""«Ble ikke gjort»: said by the owner's side, seen by all, taken back or answered (N8)."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.base import unseal
from models.database import Database
from models.notices.rules import Notice
from models.organisation.queries import vaults
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.plan import Plan
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of
from tests.pages.test_notices import told
from tests.pages.test_promises import with_deadlines

pytestmark = pytest.mark.feature("N8")
SEA, MORNINGS = "Ut på sjøen igjen", "Gode morgener"
ADULT = "Fast voksen ved inngangen"


async def late_address(coordinator: Visitor, ip: str) -> str:
    """Of the activity that is late."""
    goal, _, activity = (await with_deadlines(coordinator, ip)).link("Bestille redningsvest").partition("#activity-")
    return f"{goal}/activities/{activity}"


async def test_the_owner_says_that_it_was_not_done_and_all_see_who_and_when(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    activity = await late_address(coordinator, ip)
    owner = await sign_in("planeier")
    form = await owner.get(f"{activity}/missed")
    assert "Bestille redningsvest" in form.words
    page = await owner.follow(await owner.send(form, missed_note="Ingen har <b>spurt</b> meg."))
    assert page.words.startswith("Du har sagt fra.")
    seen = await coordinator.get(activity.split("/activities")[0])
    mark = words(seen.one("//div[contains(@class, 'missed')]"))
    assert mark.startswith("Ble ikke gjort Ingen har <b>spurt</b> meg. ")
    assert mark.endswith("Planeier · fredag 20. november kl. 10.00")
    assert "Ble ikke gjort" in (await coordinator.get(f"{ip}/promises")).words
    assert await told(town, Notice.ACTIVITY_MISSED) == {"koordinator"}


async def test_the_one_who_was_to_do_it_is_told(coordinator: Visitor, sign_in: SignIn, town: Database, ip: str) -> None:
    owner = await sign_in("planeier")
    goal = await goal_of(owner, ip, SEA)
    (activity,) = {link for link in goal.links() if link.endswith("/missed") and _says(goal, link, "Øve på å gå")}
    assert (await owner.post(activity, {"missed_note": "", "seen": await _seen(owner, activity)})).status == 303
    assert await told(town, Notice.ACTIVITY_MISSED) == {"koordinator", "tjenesteyter"}


def _says(page: Page, link: str, title: str) -> bool:
    return title in words(page.one(f"//a[@href='{link}']"))


async def _seen(visitor: Visitor, address: str) -> str:
    return (await visitor.get(address)).typed()["seen"]


async def test_it_is_sealed(coordinator: Visitor, sign_in: SignIn, town: Database, ip: str) -> None:
    activity = await late_address(coordinator, ip)
    owner = await sign_in("planeier")
    await owner.send(await owner.get(f"{activity}/missed"), missed_note="Ingen kom.")
    async with town.reading() as session:
        row = (await session.scalars(select(Activity).where(Activity.id == UUID(activity.split("/")[-1])))).one()
        plan = (await session.scalars(select(Plan).where(Plan.id == row.plan_id))).one()
        vault = (await vaults(session, [plan.key_id]))[plan.key_id]
        assert b"Ingen kom" not in (row.missed_note or b"")
        assert unseal(vault, row, "missed_note") == "Ingen kom."


async def test_a_guardian_says_it_on_behalf(coordinator: Visitor, guardian: Visitor, relay: str) -> None:
    goal = await goal_of(guardian, relay, MORNINGS)
    (address,) = {link for link in goal.links() if link.endswith("/missed") and _says(goal, link, ADULT)}
    form = await guardian.get(address)
    assert "på vegne av" in form.words
    await guardian.send(form)
    assert "Foresatt/pårørende, på vegne av" in words(
        (await coordinator.get(goal.url)).one("//div[contains(@class, 'missed')]")
    )


@pytest.mark.parametrize("name", ["koordinator", "tjenesteyter", "assistent"])
async def test_nobody_else_says_it(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    goal = await goal_of(visitor, ip, SEA)
    assert not [link for link in goal.links() if "/missed" in link]
    activity = goal.all("//article[contains(@class, 'activity')]/@id")[0].replace("activity-", "activities/")
    for address in (f"{goal.url}/{activity}/missed", f"{goal.url}/{activity}/missed/back"):
        assert (await visitor.get(address)).status == 403
        assert (await visitor.post(address, {"missed_note": "Nei"})).status == 403


async def test_it_is_taken_back_by_the_owner(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    activity = await late_address(coordinator, ip)
    owner = await sign_in("planeier")
    page = await owner.follow(await owner.send(await owner.get(f"{activity}/missed")))
    asked = await owner.get(page.link("Ta tilbake"))
    back = await owner.follow(await owner.send(asked))
    assert back.words.startswith("Tatt tilbake.")
    assert not (await coordinator.get(activity.split("/activities")[0])).has("//div[contains(@class, 'missed')]")


async def test_the_coordinator_answers_and_the_answer_stays(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    activity = await late_address(coordinator, ip)
    owner = await sign_in("planeier")
    await owner.send(await owner.get(f"{activity}/missed"), missed_note="Ingen kom.")
    goal = await coordinator.get(activity.split("/activities")[0])
    form = await coordinator.get(goal.link("Svar og lukk"))
    assert "Ingen kom." in form.words
    empty = await coordinator.send(form, text=" ")
    assert (empty.status, empty.error("text")) == (400, "Skriv et svar.")
    page = await coordinator.follow(await coordinator.send(form, text="Vi bestiller i dag."))
    assert page.words.startswith("Svaret er sendt.")
    seen = await owner.get(goal.url)
    assert "Vi bestiller i dag." in seen.words
    assert not seen.has("//div[contains(@class, 'missed')]")
    for name in ("planeier", "tjenesteyter"):
        assert (await (await sign_in(name)).get(f"{activity}/missed/answer")).status == 403


async def test_what_changed_meanwhile_is_a_conflict_and_the_words_are_kept(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    activity = await late_address(coordinator, ip)
    owner = await sign_in("planeier")
    form = await owner.get(f"{activity}/missed")
    change = await coordinator.get(f"{activity}/change")
    assert (await coordinator.send(change, title="Hente redningsvest")).status == 303
    page = await owner.send(form, missed_note="Ingen kom.")
    assert (page.status, page.typed()["missed_note"]) == (409, "Ingen kom.")


async def test_a_note_that_is_too_long_is_kept_and_refused(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    activity = await late_address(coordinator, ip)
    owner = await sign_in("planeier")
    page = await owner.send(await owner.get(f"{activity}/missed"), missed_note="x" * 200_000)
    assert (page.status, len(page.typed()["missed_note"])) == (400, 200_000)


async def test_an_activity_of_another_plan_or_goal_is_not_found(
    coordinator: Visitor, sign_in: SignIn, ip: str, relay: str
) -> None:
    activity = await late_address(coordinator, ip)
    owner = await sign_in("planeier")
    other = (await goal_of(owner, ip, "Gå trygt ute i all slags vær")).url
    for address in (f"{other}/activities/{activity.split('/')[-1]}/missed", f"{activity}/missed".replace(ip, relay)):
        assert (await owner.get(address)).status == 404
        assert (await owner.post(address)).status == 404


async def test_nothing_is_said_of_what_lies_in_history(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    activity = await late_address(coordinator, ip)
    owner = await sign_in("planeier")
    async with town.writing() as session:
        for goal in await session.scalars(select(Goal).where(col(Goal.plan_id) == UUID(ip.removeprefix("/plans/")))):
            goal.historic_at = session.clock.now()
    for visitor in (owner, coordinator):
        page = await visitor.get(activity.split("/activities")[0])
        assert not [link for link in page.links() if "/missed" in link]
    assert (await owner.get(f"{activity}/missed")).status == 403
    assert (await owner.post(f"{activity}/missed", {"seen": "1"})).status == 403
