"""People kept apart (N15): nothing of the other anywhere, and everything as before for everybody else."""

from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import update
from sqlmodel import col, select

from models.base import pick
from models.database import Database
from models.people.tables import KeptApart
from models.plans.rules.words import PlanState
from models.plans.tables.goals import Activity
from models.plans.tables.participants import Grant
from models.plans.tables.plan import PlanSpan
from models.rights import Element, Level
from tests.apart import leaks, secrets_from
from tests.client import Visitor
from tests.pages.apart import Two, choice, keep_apart, participant_of, person_of, two_of, walk
from tests.pages.conftest import SignIn

pytestmark = pytest.mark.feature("N15")
NURSE, GUARDIAN, COORDINATOR = "Hodan Elvestad", "Sunniva Aasheim", "Marte Sørdal"
SOMEBODY = "En annen deltaker"
NURSES, GUARDIANS = "helsesykepleier@fjordvik.example", "foresatt@fjordvik.example"


@pytest.fixture
async def two(town: Database) -> Two:
    return await two_of(town)


async def test_neither_finds_anything_of_the_other_in_any_room(sign_in: SignIn, town: Database, two: Two) -> None:
    """Every page is checked as it is read: see `tests.client`. What the other wrote is somebody else's."""
    read = []
    for name in (two.first, two.second):
        assert await secrets_from(town, name), "there is something to hide"
        seen = [text for text in (await walk(await sign_in(name), two.plan)).values() if text]
        assert len(seen) > 25, "and many pages to hide it on"
        read += seen
    assert any(SOMEBODY in text for text in read)


async def test_the_coordinator_sees_them_both(sign_in: SignIn, town: Database, two: Two) -> None:
    visitor = await sign_in(two.coordinator)
    page = await visitor.get(two.plan)
    assert not await secrets_from(town, two.coordinator)
    for user_name in (two.first, two.second):
        assert (await person_of(town, user_name)).name in page.words
    assert (await visitor.get(f"{two.plan}/apart")).status == 200


async def test_the_invariant_would_notice(town: Database, two: Two) -> None:
    other = await person_of(town, two.second)
    for said in (f"<b>{other.name}</b>", f"/people/{other.id}/picture", f"{other.family_name},\n {other.given_name}"):
        assert leaks(said, await secrets_from(town, two.first)), said
    assert leaks("<p>Ingenting om noen</p>", await secrets_from(town, two.first)) == []


async def test_a_picture_of_the_other_is_not_there(sign_in: SignIn, town: Database, two: Two) -> None:
    other, drawn = await person_of(town, two.second), BytesIO()
    Image.new("RGB", (300, 300), "navy").save(drawn, "PNG")
    page = await (await sign_in(two.second)).post("/me/picture/change", files={"picture": ("me.png", drawn.getvalue())})
    assert page.status == 303
    address = f"{two.plan}/people/{other.id}/picture"
    assert (await (await sign_in(two.coordinator)).get(address)).status == 200
    assert (await (await sign_in(two.first)).get(address)).status == 404


async def test_a_contact_that_the_other_shows_everybody_is_not_shown_to_one_who_is_kept_apart(
    sign_in: SignIn, two: Two
) -> None:
    other = await sign_in(two.second)
    page = await other.send(await other.get("/me"), mobile="41 00 00 07", mobile_visible="y")
    assert page.status == 303
    assert "41 00 00 07" in (await (await sign_in(two.coordinator)).get(two.plan)).text
    assert "41 00 00 07" not in (await (await sign_in(two.first)).get(two.plan)).text


@pytest.fixture
async def apart(coordinator: Visitor, relay: str) -> None:
    """The nurse and the guardian of the relay."""
    page = await coordinator.follow(await keep_apart(coordinator, relay, NURSE, GUARDIAN))
    assert "De to holdes nå fra hverandre." in page.words
    assert NURSE in page.words
    assert GUARDIAN in page.words


async def test_every_room_of_the_story_is_clean_for_both(sign_in: SignIn, relay: str, apart: None) -> None:
    for name in ("helsesykepleier", "foresatt"):
        seen = await walk(await sign_in(name), relay)
        assert any(SOMEBODY in text for text in seen.values())


async def test_an_activity_keeps_who_answers_for_it_though_the_writer_may_not_know_who(
    sign_in: SignIn, town: Database, relay: str, apart: None
) -> None:
    nurse, guardian = [await participant_of(town, relay, name) for name in (NURSES, GUARDIANS)]
    async with town.writing() as session:
        of_guardian = col(Grant.participant_id) == UUID(guardian), col(Grant.element) == Element.ACTIVITIES
        await session.execute(update(Grant).where(*of_guardian).values(level=Level.CHANGE))
        found = select(Activity).where(Activity.responsible_id == UUID(nurse), col(Activity.deleted_at).is_(None))
        activity = (await session.scalars(found)).first()
    assert activity
    visitor = await sign_in("foresatt")
    page = await visitor.get(f"{relay}/goals/{activity.goal_id}/activities/{activity.id}/change")
    assert page.typed()["responsible_id"] == "other"
    assert choice(page, "responsible_id", SOMEBODY) == "other"
    assert (await visitor.send(page, title="Snakke sammen")).status == 303
    assert await responsible(town, activity) == UUID(nurse)
    page = await visitor.get(page.url)
    assert (await visitor.send(page, responsible_id="")).status == 303
    assert await responsible(town, activity) is None
    page = await visitor.get(page.url)
    refused = await visitor.post(page.url, page.typed() | {"responsible_id": "other"})
    assert refused.status == 400, "nobody is chosen unseen"


async def responsible(town: Database, activity: Activity) -> UUID | None:
    async with town.reading() as session:
        return (await session.scalars(pick(Activity.responsible_id).where(col(Activity.id) == activity.id))).one()


async def test_people_are_kept_apart_also_in_a_plan_that_is_ended(
    coordinator: Visitor, sign_in: SignIn, town: Database, relay: str
) -> None:
    """Old plans are read, too."""
    async with town.writing() as session:
        here = col(PlanSpan.plan_id) == UUID(relay.removeprefix("/plans/"))
        ended = update(PlanSpan).where(here, col(PlanSpan.valid_to).is_(None))
        await session.execute(ended.values(state=PlanState.INACTIVE))
    assert (await keep_apart(coordinator, relay, NURSE, GUARDIAN)).status == 303
    assert NURSE not in (await (await sign_in("foresatt")).get(relay)).words


async def test_a_coordinator_who_is_one_of_them_sees_neither_the_other_nor_the_pair(
    sign_in: SignIn, town: Database, relay: str
) -> None:
    mine, theirs = [await person_of(town, name) for name in ("koordinator@fjordvik.example", GUARDIANS)]
    async with town.writing() as session:
        session.add(
            KeptApart(
                municipality_id=mine.municipality_id,
                first_id=theirs.id,
                second_id=mine.id,
                made_at=session.clock.now(),
                made_by=mine.id,
            )
        )
    coordinator = await sign_in("koordinator")
    page = await coordinator.get(f"{relay}/apart")
    assert "Ingen holdes fra hverandre" in page.words
    seen = await walk(coordinator, relay)
    assert len(seen) > 30
    refused = await (await sign_in("foresatt")).get(f"{relay}/apart")
    assert COORDINATOR not in refused.words, "the one to ask is not to be named"


async def test_an_owner_who_is_hidden_is_not_named_in_the_list_of_plans(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    assert (await keep_apart(coordinator, ip, "Rolf Erik Sundnes", "Torleif Vikan")).status == 303
    provider = await sign_in("tjenesteyter")
    assert "Sundnes" not in (await provider.get("/plans")).text
    assert "R.S." not in (await provider.get("/plans?q=sundnes")).words
    assert "R.S." in (await provider.get("/plans?q=r.s")).words
