"""The owner says who takes part, and how much they see (F8, C14)."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models.plans.operations import participants, proposals
from models.plans.operations.proposing import UNTIL
from models.plans.queries.proposals import mark, may_record_answers, waiting
from models.plans.rules.consents import Stretch
from models.plans.rules.participants import Place
from models.plans.rules.participants import mark as shown
from models.plans.rules.words import Basis, ConsentMethod, PlanState, ProposalKind, ProposalState
from models.plans.tables.participants import Grant, Proposal
from models.plans.tables.plan import PlanSpan
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Element, Level, Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here
from tests.models.plans.operations.asking import add_liv, question


async def approve(here: Here, name: str) -> None:
    plan, asked = await here.opened_by(name), await question(here)
    await proposals.approve(plan, asked, await mark(plan, asked))


@pytest.mark.feature("F8")
async def test_nobody_comes_in_before_the_owner_has_said_yes(asking: Here) -> None:
    await add_liv(asking)
    assert await refused(asking.opened_by("Liv")) is Reason.AWAITING_APPROVAL
    assert (await asking.told(), await asking.events(of="participant")) == ({"Ola"}, [])
    await approve(asking, "Ola")
    assert await asking.events(of="participant") == [("participant.added", {"role": "provider"})]
    assert (await asking.opened_by("Liv")).role is Role.PROVIDER


@pytest.mark.feature("F105")
async def test_the_new_participant_is_told_when_they_may_enter(asking: Here) -> None:
    added = await add_liv(asking)
    asking.people["Liv"] = await asking.session.get_one(type(asking.people["Kari"]), added.person_id)
    assert "Liv" not in await asking.told()
    await approve(asking, "Ola")
    assert await asking.told() >= {"Liv", "Kari"}


async def test_who_is_declined_never_comes_in(asking: Here) -> None:
    await add_liv(asking)
    await proposals.decline(await asking.opened_by("Ola"), await question(asking))
    assert await refused(asking.opened_by("Liv")) is Reason.NO_LONGER_PARTICIPANT
    assert await waiting(await asking.opened_by("Kari")) == []


@pytest.mark.parametrize("basis", [Basis.DECISION, Basis.STATUTORY_TASK])
async def test_the_owner_is_not_asked_where_access_does_not_rest_on_consent(here: Here, basis: Basis) -> None:
    await here.hamlet.basis(here.plan, basis, 2)
    await add_liv(here)
    assert (await here.opened_by("Liv")).role is Role.PROVIDER


async def test_the_owner_is_not_asked_about_a_draft_that_nobody_has_consented_to(here: Here) -> None:
    await here.hamlet.basis(here.plan, Basis.CONSENT, 2)
    span = await here.session.scalar(select(PlanSpan).where(col(PlanSpan.plan_id) == here.plan.id))
    assert span
    span.state = PlanState.DRAFT
    assert not (await add_liv(here)).awaits_approval


@pytest.mark.parametrize("name", ["Pål", "Gro", "Else", "Kari"])
async def test_nobody_else_answers_for_an_adult(asking: Here, name: str) -> None:
    await add_liv(asking)
    plan, asked = await asking.opened_by(name), await question(asking)
    assert await refused(proposals.approve(plan, asked, await mark(plan, asked))) is Reason.LEVEL_TOO_LOW
    assert await refused(proposals.decline(plan, asked)) is Reason.LEVEL_TOO_LOW


@pytest.mark.parametrize(("age", "answers"), [(10, {"Gro"}), (16, {"Gro", "Ola"}), (30, {"Ola"})])
async def test_guardians_answer_for_children(asking: Here, age: int, answers: set[str]) -> None:
    asking.people["Ola"].birth_date = date(asking.hamlet.today.year - age - 1, 1, 1)
    await add_liv(asking)
    assert await asking.told() == answers
    if "Gro" in answers:
        await approve(asking, "Gro")
        assert (await asking.opened_by("Liv")).role is Role.PROVIDER


async def test_guardians_answer_for_who_cannot_sign_in(asking: Here) -> None:
    asking.people["Ola"].account_id = None
    await add_liv(asking)
    assert await asking.told() == {"Gro"}


async def test_nobody_answers_about_themselves(asking: Here) -> None:
    asking.people["Ola"].account_id = None
    plan = await asking.opened_by("Kari")
    wider = [[Element.GOALS.value, None, int(Level.DELETE)]]
    asked = await proposals.propose_wider(plan, asking.participants["Gro"], wider)
    gro = await asking.opened_by("Gro")
    assert await refused(proposals.approve(gro, asked, await mark(gro, asked))) is Reason.LEVEL_TOO_LOW


async def test_an_answer_is_given_once(asking: Here) -> None:
    await add_liv(asking)
    asked, ola = await question(asking), await asking.opened_by("Ola")
    await approve(asking, "Ola")
    for again in (proposals.decline(ola, asked), proposals.withdraw(await asking.opened_by("Kari"), asked)):
        with pytest.raises(Conflict):
            await again
    assert (await asking.opened_by("Liv")).role is Role.PROVIDER


async def test_a_yes_is_to_what_was_shown(asking: Here) -> None:
    added = await add_liv(asking)
    ola, asked = await asking.opened_by("Ola"), await question(asking)
    seen = await mark(ola, asked)
    added.rights_revision += 1
    with pytest.raises(Conflict):
        await proposals.approve(ola, asked, seen)
    assert added.awaits_approval


async def test_what_is_written_down_says_how_and_by_whom(asking: Here) -> None:
    await add_liv(asking)
    kari, asked = await asking.opened_by("Kari"), await question(asking)
    with pytest.raises(Invalid):
        await proposals.record(kari, asked, yes=True, method=ConsentMethod.ORAL, remark="  ")
    with pytest.raises(Invalid):
        await proposals.record(kari, asked, yes=True, method=ConsentMethod.DIGITAL, remark="Ola sa ja på møtet.")
    await proposals.record(kari, asked, yes=True, method=ConsentMethod.ORAL, remark="Ola sa ja på møtet.")
    assert (asked.state, asked.method) == (ProposalState.APPROVED, ConsentMethod.ORAL)
    assert (await asking.opened_by("Liv")).role is Role.PROVIDER


@pytest.mark.feature("N7")
async def test_nobody_writes_down_an_answer_about_themselves(asking: Here) -> None:
    """Else who took the baton would open what the family had hidden from them."""
    kari, wider = await asking.opened_by("Kari"), [[Element.HEALTH.value, None, int(Level.READ)]]
    asked = await proposals.propose_wider(kari, asking.participants["Kari"], wider)
    assert not await may_record_answers(kari, asked)
    with pytest.raises(Invalid, match="gjelder deg selv"):
        await proposals.record(kari, asked, yes=True, method=ConsentMethod.ORAL, remark="Ola sa ja.")
    assert asked.state is ProposalState.WAITING


async def level(here: Here, name: str, element: Element) -> Level:
    await here.session.flush()
    mine = col(Grant.participant_id) == here.participants[name].id, col(Grant.element) == element
    found = select(Grant.level).where(*mine, col(Grant.item_id).is_(None))
    return Level((await here.session.scalars(found)).one())


async def test_more_access_waits_for_the_owner(asking: Here) -> None:
    plan = await asking.opened_by("Kari")
    before = await level(asking, "Else", Element.GOALS)
    wider = [[Element.GOALS.value, None, int(Level.NEW)]]
    await proposals.propose_wider(plan, asking.participants["Else"], wider)
    assert await level(asking, "Else", Element.GOALS) is before
    await approve(asking, "Ola")
    assert await level(asking, "Else", Element.GOALS) is Level.NEW


async def test_there_is_one_question_about_more_and_it_holds_all(asking: Here) -> None:
    plan, other = await asking.opened_by("Kari"), asking.participants["Else"]
    await proposals.propose_wider(plan, other, [["goals", None, 2], ["journal", None, 1]])
    await proposals.propose_wider(plan, other, [["goals", None, 3]])
    assert (await question(asking)).wanted == [["goals", None, 3], ["journal", None, 1]]


@pytest.mark.parametrize("name", ["Pål", "Ola"])
async def test_only_who_changes_rights_asks_for_more(asking: Here, name: str) -> None:
    plan = await asking.opened_by(name)
    asks = proposals.propose_wider(plan, asking.participants["Else"], [["goals", None, 4]])
    assert await refused(asks) is Reason.LEVEL_TOO_LOW


async def test_a_longer_time_waits_for_the_owner_and_a_shorter_does_not(asking: Here) -> None:
    day = asking.hamlet.today + timedelta(days=30)
    plan, part = await asking.opened_by("Kari"), await add_liv(asking, last=day)
    await approve(asking, "Ola")
    for last in (day + timedelta(days=30), None):
        await participants.change(plan, part, Place(Stretch(part.valid_from, last)), shown(part))
        assert part.valid_to == day + timedelta(days=1)
    assert (await question(asking)).wanted == [[UNTIL, None, None]]
    await participants.change(plan, part, Place(Stretch(part.valid_from, asking.hamlet.today)), shown(part))
    assert part.valid_to == asking.hamlet.today + timedelta(days=1)
    await approve(asking, "Ola")
    assert part.valid_to is None


async def test_another_plans_question_is_not_answered_here(asking: Here) -> None:
    other = await asking.hamlet.plan(asking.municipality)
    theirs = await asking.hamlet.participant(other, asking.people["Pål"], Role.PROVIDER)
    asked = await asking.hamlet.put(
        Proposal(
            municipality_id=other.municipality_id,
            plan_id=other.id,
            participant_id=theirs.id,
            kind=ProposalKind.JOIN,
            proposed_at=asking.session.clock.now(),
            proposed_by=theirs.id,
        )
    )
    ola = await asking.opened_by("Ola")
    with pytest.raises(NotFound):
        await proposals.approve(ola, asked, await mark(ola, asked))
    with pytest.raises(NotFound):
        await proposals.decline(ola, asked)


async def test_a_yes_is_a_consent_where_those_to_the_others_are_for_each_alone(here: Here) -> None:
    end = here.hamlet.today + timedelta(days=90)
    await here.hamlet.basis(here.plan, Basis.CONSENT, 2)
    for number, name in enumerate(("Pål", "Gro", "Kari"), 1):
        await here.hamlet.consent(here.plan, number, of=here.participants[name], until=end)
    added = await add_liv(here)
    await approve(here, "Ola")
    opened = await here.opened_by("Liv")
    assert (opened.role, opened.consent_until) == (Role.PROVIDER, end)
    assert not added.awaits_approval


async def test_a_yes_gives_no_consent_where_none_holds(here: Here) -> None:
    await here.hamlet.basis(here.plan, Basis.CONSENT, 2)
    await here.hamlet.consent(here.plan, until=here.hamlet.today - timedelta(days=1))
    await add_liv(here)
    await approve(here, "Ola")
    assert await refused(here.opened_by("Liv")) is Reason.CONSENT_EXPIRED
