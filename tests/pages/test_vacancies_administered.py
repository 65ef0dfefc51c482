"""The alarm as a local administrator walks it: told of a plan without anybody, they see to it, with a reason (N7)."""

import pytest

from models.database import Database
from models.log.rules import Event
from models.notices.rules import Notice
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_administration import begin
from tests.pages.test_baton import HOLDER, logged, told
from tests.pages.test_coordination import close, person_of
from tests.plan_rows import end

pytestmark = pytest.mark.feature("N7")
NURSE = "helsesykepleier@fjordvik.example"


@pytest.fixture
async def administrator(sign_in: SignIn) -> Visitor:
    """Of individual plans and stafettlogger."""
    return await sign_in("admin.helse")


@pytest.fixture
async def vacant(town: Database, relay: str) -> str:
    """The stafettlogg, whose holder has left."""
    await close(town, HOLDER)
    return relay


async def choose(visitor: Visitor, town: Database, plan: str, user_name: str = NURSE, name: str = "Elvestad") -> Page:
    person = str(await person_of(town, user_name))
    return await visitor.post(f"{plan}/administration/coordinator?name={name}", {"person": person})


async def test_from_the_alarm_to_somebody_who_coordinates(
    administrator: Visitor, sign_in: SignIn, town: Database, vacant: str
) -> None:
    page = await administrator.get("/coordination")
    assert page.heading == "Planer uten noen som koordinerer"
    assert "Mangler stafettholder" in page.words
    assert "Tiril" not in page.words
    asked = await administrator.get(f"{vacant}/administration")
    assert f"{vacant}/administration" in page.links()
    found = await administrator.follow(await administrator.send(asked, reason="Stafettholderen har sluttet."))
    assert "Gi planen T.A. en stafettholder" in found.words
    assert "Hodan Elvestad, Helsesykepleier" in (await administrator.get(f"{found.url.split('?')[0]}?name=elv")).words
    done = await administrator.follow(await choose(administrator, town, vacant))
    assert "Nå koordinerer noen planen." in done.words
    assert (await (await sign_in("helsesykepleier")).get(f"{vacant}/settings")).status == 200
    assert vacant not in " ".join((await administrator.get("/coordination")).links())
    assert "foresatt@fjordvik.example" in await told(town, Notice.COORDINATOR_CHANGED)
    assert "foresatt@fjordvik.example" in await told(town, Notice.PLAN_ADMINISTERED)
    assert await logged(town, vacant, Event.COORDINATOR_APPOINTED) == ["coordinator.appointed"]


async def test_without_a_reason_nobody_is_chosen(administrator: Visitor, town: Database, vacant: str) -> None:
    assert (await administrator.get(f"{vacant}/administration/coordinator")).status == 404
    assert (await choose(administrator, town, vacant)).status == 404
    assert await logged(town, vacant, Event.COORDINATOR_APPOINTED) == []


async def test_not_while_somebody_coordinates(administrator: Visitor, town: Database, relay: str) -> None:
    await begin(administrator, relay)
    page = await administrator.get(f"{relay}/administration/coordinator")
    assert (page.status, page.goes_to) == (303, f"{relay}/participants")
    late = await choose(administrator, town, relay)
    assert late.status == 409
    assert "Noen koordinerer planen nå." in late.words


async def test_not_in_an_ended_plan(administrator: Visitor, town: Database, vacant: str) -> None:
    await begin(administrator, vacant)
    await end(town, vacant)
    assert (await choose(administrator, town, vacant)).status == 403


@pytest.mark.parametrize(("who", "name"), [("admin.helse", "Brattli"), ("foresatt", "Aasheim")])
async def test_neither_oneself_nor_the_family(
    administrator: Visitor, sign_in: SignIn, town: Database, vacant: str, who: str, name: str
) -> None:
    await begin(administrator, vacant)
    page = await choose(administrator, town, vacant, f"{who}@fjordvik.example", name)
    assert page.status == 400
    assert (await (await sign_in(who)).get(f"{vacant}/settings")).status == 403


@pytest.mark.parametrize("name", ["koordinator@dalen.example", "planeier", "enhet", "admin.skole"])
async def test_others_have_no_such_page(sign_in: SignIn, town: Database, vacant: str, name: str) -> None:
    if name == "koordinator@dalen.example":
        await begin(await sign_in("admin.helse"), vacant)
    visitor = await sign_in(name)
    assert (await visitor.get(f"{vacant}/administration/coordinator")).status == 404
    assert (await choose(visitor, town, vacant)).status == 404


async def test_plans_of_other_kinds_are_not_told_of(sign_in: SignIn, vacant: str) -> None:
    page = await (await sign_in("admin.skole")).get("/coordination")
    assert "T.A." not in page.words
    assert "Stafettlogg" not in page.words


async def test_who_takes_part_does_not_find_it(coordinator: Visitor, relay: str) -> None:
    assert (await coordinator.get(f"{relay}/administration/coordinator")).status in (403, 404)
