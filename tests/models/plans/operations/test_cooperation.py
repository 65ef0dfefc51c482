"""Other services: by level, and never lost."""

from dataclasses import replace

import pytest
from sqlmodel import update

from models.base import unseal
from models.plans.operations import cooperation
from models.plans.operations.cooperation import CooperationContent
from models.plans.queries.cooperation import cooperations
from models.plans.rules.words import CooperationState, PlanState
from models.plans.tables.participants import Grant
from models.plans.tables.plan import PlanSpan
from models.plans.tables.together import Cooperation
from models.refusals import Conflict, Invalid, Reason
from models.rights import Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here

NAV = CooperationContent("NAV", CooperationState.WANTED, "Arbeid ", " Veileder")


@pytest.fixture
async def service(here: Here) -> Cooperation:
    return await cooperation.add(await here.opened_by("Kari"), NAV)


async def test_a_service_is_kept_sealed(here: Here, service: Cooperation) -> None:
    kari = await here.opened_by("Kari")
    [read] = await cooperations(kari)
    assert (read.title, read.purpose, read.contact) == ("NAV", "Arbeid", "Veileder")
    assert read.state is CooperationState.WANTED
    assert service.title
    assert b"NAV" not in service.title
    assert await here.events(of="cooperation") == [("cooperation.added", {})]


@pytest.mark.parametrize("level", list(Level))
async def test_each_deed_follows_the_level(here: Here, service: Cooperation, level: Level) -> None:
    mine = Grant.participant_id == here.participants["Pål"].id, Grant.element == Element.COOPERATION
    await here.session.execute(update(Grant).where(*mine).values(level=level))
    pal = await here.opened_by("Pål")
    allowed = {
        "add": level >= Level.NEW,
        "change": level >= Level.CHANGE,
        "delete": level is Level.DELETE,
    }
    deeds = {
        "add": lambda: cooperation.add(pal, NAV),
        "change": lambda: cooperation.change(pal, service, 1, replace(NAV, title="Nav")),
        "delete": lambda: cooperation.delete(pal, service, service.revision),
    }
    for name, deed in deeds.items():
        if allowed[name]:
            await deed()
        else:
            assert await refused(deed()) is Reason.LEVEL_TOO_LOW, name
    assert len(await cooperations(pal)) == {Level.NONE: 0, Level.NEW: 2}.get(level, 1)


async def test_a_level_on_one_item_beats_the_elements(here: Here, service: Cooperation) -> None:
    await here.hamlet.grant(here.participants["Pål"], Element.COOPERATION, service.id, Level.NONE)
    assert await cooperations(await here.opened_by("Pål")) == []
    await here.hamlet.grant(here.participants["Else"], Element.COOPERATION, service.id, Level.CHANGE)
    els = await here.opened_by("Else")
    await cooperation.change(els, service, 1, replace(NAV, title="Nav"))
    assert [one.title for one in await cooperations(els)] == ["Nav"]


async def test_two_at_once_lose_nothing(here: Here, service: Cooperation) -> None:
    kari = await here.opened_by("Kari")
    await cooperation.change(kari, service, 1, replace(NAV, state=CooperationState.ESTABLISHED))
    with pytest.raises(Conflict):
        await cooperation.change(kari, service, 1, replace(NAV, title="Nei"))
    with pytest.raises(Conflict):
        await cooperation.delete(kari, service, 1)
    assert (unseal(kari.vault, service, "title"), service.state) == ("NAV", CooperationState.ESTABLISHED)


async def test_a_service_has_a_name(here: Here, service: Cooperation) -> None:
    kari = await here.opened_by("Kari")
    with pytest.raises(Invalid):
        await cooperation.change(kari, service, 1, replace(NAV, title=" ", purpose="Nytt"))
    assert unseal(kari.vault, service, "purpose") == "Arbeid"


async def test_an_ended_plan_is_read_only(here: Here, service: Cooperation) -> None:
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    kari = await here.opened_by("Kari")
    assert await refused(cooperation.add(kari, NAV)) is Reason.PLAN_IS_INACTIVE
    assert await refused(cooperation.delete(kari, service, 1)) is Reason.PLAN_IS_INACTIVE
    assert len(await cooperations(kari)) == 1


async def test_those_already_there_come_first_then_by_name(here: Here, service: Cooperation) -> None:
    kari = await here.opened_by("Kari")
    for title, state in (("BUP", CooperationState.WANTED), ("PPT", CooperationState.ESTABLISHED)):
        await cooperation.add(kari, CooperationContent(title, state))
    assert [one.title for one in await cooperations(kari)] == ["PPT", "BUP", "NAV"]
