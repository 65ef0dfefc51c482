"""What was hidden from somebody, when they become a coordinator (N7): it never opens silently."""

from typing import Any

import pytest
from sqlmodel import col, select, update

from models.accounts.tables.account import Account
from models.plans.operations import appointing, goals, handovers, participants, proposals, roles, standing_in
from models.plans.operations.handovers import NewOffer
from models.plans.queries.hidden import hidden_from
from models.plans.queries.proposals import mark, waiting
from models.plans.rules.consents import Stretch
from models.plans.rules.words import Basis, ProposalState
from models.plans.tables.consent import LegalBasis
from models.plans.tables.goals import Goal
from models.plans.tables.participants import Grant, Proposal
from models.rights import Element, Level, Role
from tests.models.plans.conftest import Here

pytestmark = [pytest.mark.feature("N7"), pytest.mark.feature("F8")]


@pytest.fixture
async def goal(here: Here) -> Goal:
    """A goal that is hidden from Pål, and the whole of the life area Health."""
    made = await goals.add(await here.opened_by("Kari"), title="Sove godt")
    await here.hamlet.grant(here.participants["Pål"], Element.GOALS, made.id, Level.NONE)
    mine = col(Grant.participant_id) == here.participants["Pål"].id, col(Grant.element) == Element.HEALTH
    await here.session.execute(update(Grant).where(*mine).values(level=Level.NONE, overridden=True))
    return made


@pytest.fixture
async def on_consent(here: Here) -> None:
    await here.session.execute(update(LegalBasis).values(basis=Basis.CONSENT))
    await here.hamlet.consent(here.plan)


async def hand_over(here: Here, stays_as: Role | None = Role.PROVIDER) -> None:
    offer = await handovers.offer(await here.opened_by("Kari"), NewOffer(here.participants["Pål"], stays_as))
    await handovers.accept(await here.opened_by("Pål"), offer)


async def questions(here: Here) -> list[Proposal]:
    await here.session.flush()
    return list(await here.session.scalars(select(Proposal).where(col(Proposal.state) == ProposalState.WAITING)))


async def sees(here: Here, goal: Goal, name: str = "Pål") -> tuple[bool, bool]:
    plan = await here.opened_by(name)
    return plan.sees(goal), plan.allows(Element.HEALTH, Level.READ)


async def test_where_the_owner_decides_it_stays_hidden_and_the_owner_is_asked(
    here: Here, goal: Goal, on_consent: None
) -> None:
    await hand_over(here)
    plan = await here.opened_by("Pål")
    assert plan.role is Role.COORDINATOR
    assert plan.allows(Element.PARTICIPANTS, Level.DELETE)
    assert plan.allows(Element.ECONOMY, Level.CHANGE)
    assert await sees(here, goal) == (False, False)
    (question,) = await questions(here)
    assert question.participant_id == here.participants["Pål"].id
    assert {tuple(one[:2]) for one in question.wanted} == {("goals", str(goal.id)), ("health", None)}


async def test_it_opens_when_the_owner_has_said_yes(here: Here, goal: Goal, on_consent: None) -> None:
    await hand_over(here)
    owner = await here.opened_by("Ola")
    (question,) = await waiting(owner)
    await proposals.approve(owner, question, await mark(owner, question))
    assert await sees(here, goal) == (True, True)
    assert (await here.opened_by("Pål")).allows(Element.GOALS, Level.DELETE, goal)


async def test_a_no_leaves_it_hidden_and_the_plan_coordinated(here: Here, goal: Goal, on_consent: None) -> None:
    await hand_over(here)
    owner = await here.opened_by("Ola")
    (question,) = await waiting(owner)
    await proposals.decline(owner, question)
    assert await sees(here, goal) == (False, False)
    assert (await here.opened_by("Pål")).role is Role.COORDINATOR


async def test_where_the_municipality_decides_it_opens_and_that_is_logged(here: Here, goal: Goal) -> None:
    await hand_over(here)
    assert await sees(here, goal) == (True, True)
    assert await questions(here) == []
    pal = str(here.participants["Pål"].id)
    assert await here.events(of="rights") == [
        ("rights.changed", {"participant": pal, "elements": ["goals", "health"]}),
    ]


async def test_until_it_is_answered_nothing_has_changed(here: Here, goal: Goal) -> None:
    offer = await handovers.offer(await here.opened_by("Kari"), NewOffer(here.participants["Pål"], None))
    assert await sees(here, goal) == (False, False)
    await handovers.decline(await here.opened_by("Pål"), offer)
    assert await sees(here, goal) == (False, False)


async def test_nobody_is_asked_about_what_lies_in_the_recycle_bin(here: Here, goal: Goal, on_consent: None) -> None:
    goal.deleted_at = here.session.clock.now()
    await hand_over(here)
    (question,) = await questions(here)
    assert [one[0] for one in question.wanted] == ["health"]
    goal.deleted_at = None
    assert await sees(here, goal) == (False, False)


async def test_what_the_old_role_never_gave_is_not_hidden(here: Here, on_consent: None) -> None:
    """Else reads no health in her role; nobody decided that of her."""
    offer = await handovers.offer(await here.opened_by("Kari"), NewOffer(here.participants["Else"], None))
    await handovers.accept(await here.opened_by("Else"), offer)
    assert (await here.opened_by("Else")).allows(Element.HEALTH, Level.CHANGE)
    assert await questions(here) == []


async def test_what_was_opened_in_a_hidden_part_stays_open(here: Here, on_consent: None) -> None:
    seen, unseen = [await goals.add(await here.opened_by("Kari"), title=title) for title in ("Bade", "Sove")]
    pal = here.participants["Pål"]
    mine = col(Grant.participant_id) == pal.id, col(Grant.element) == Element.GOALS
    await here.session.execute(update(Grant).where(*mine).values(level=Level.NONE, overridden=True))
    await here.hamlet.grant(pal, Element.GOALS, seen.id, Level.READ)
    await hand_over(here)
    plan = await here.opened_by("Pål")
    assert (plan.sees(seen), plan.sees(unseen)) == (True, False)


async def test_a_question_about_the_old_role_is_asked_no_more(here: Here, goal: Goal, on_consent: None) -> None:
    """A yes to it would otherwise give a coordinator less than the role does."""
    asked: list[list[Any]] = [[Element.PARTICIPANTS.value, None, int(Level.CHANGE)]]
    old = await proposals.propose_wider(await here.opened_by("Kari"), here.participants["Pål"], asked)
    await hand_over(here)
    assert old.state is ProposalState.WITHDRAWN
    assert (await here.opened_by("Pål")).allows(Element.PARTICIPANTS, Level.DELETE)


async def test_who_stands_in_sees_no_more_than_before_of_what_was_hidden(here: Here, goal: Goal) -> None:
    today = here.hamlet.today
    await standing_in.choose(await here.opened_by("Kari"), here.participants["Pål"], Stretch(today, today))
    plan = await here.opened_by("Pål")
    assert plan.role is Role.COORDINATOR
    assert await sees(here, goal) == (False, False)


async def test_who_is_appointed_by_the_municipality_is_treated_alike(here: Here, goal: Goal, on_consent: None) -> None:
    plan = await here.opened_by("Kari")
    (await here.session.get_one(Account, here.people["Kari"].account_id)).disabled_at = here.session.clock.now()
    await appointing.appoint(plan, here.people["Pål"])
    assert await sees(here, goal) == (False, False)
    assert len(await questions(here)) == 1


async def test_another_role_first_does_not_make_it_forgotten(here: Here, goal: Goal, on_consent: None) -> None:
    pal, kari = here.participants["Pål"], await here.opened_by("Kari")
    for role in (Role.OTHER, Role.PROVIDER):
        await roles.change_role(kari, pal, role, pal.rights_revision)
    await hand_over(here)
    assert await sees(here, goal) == (False, False)
    [asked] = await questions(here)
    assert [Element.HEALTH.value, None] in [one[:2] for one in asked.wanted]


async def test_who_is_appointed_while_the_owner_is_asked_about_them_is_not_out_when_the_answer_is_no(
    here: Here, on_consent: None
) -> None:
    liv = await here.hamlet.person(here.municipality, "Liv")
    plan = await here.opened_by("Kari")
    await participants.add(plan, liv, Role.PROVIDER)
    (await here.session.get_one(Account, here.people["Kari"].account_id)).disabled_at = here.session.clock.now()
    await appointing.appoint(plan, liv)
    assert await questions(here) == []
    assert (await here.opened_by("Liv")).role is Role.COORDINATOR


async def test_nobody_opens_it_for_themselves_by_handing_on_and_taking_back(
    here: Here, goal: Goal, on_consent: None
) -> None:
    await hand_over(here)
    back = await handovers.offer(await here.opened_by("Pål"), NewOffer(here.participants["Kari"], Role.PROVIDER))
    await handovers.accept(await here.opened_by("Kari"), back)
    again = await handovers.offer(await here.opened_by("Kari"), NewOffer(here.participants["Pål"], Role.PROVIDER))
    await handovers.accept(await here.opened_by("Pål"), again)
    assert await sees(here, goal) == (False, False)
    assert (await sees(here, goal, "Kari"))[0]


async def test_the_giver_is_told_of_whom_and_the_receiver_of_nobody(here: Here, goal: Goal) -> None:
    everybody = [one.id for one in here.participants.values()]
    pal = here.participants["Pål"].id
    assert await hidden_from(await here.opened_by("Kari"), everybody) == {pal}
    assert await hidden_from(await here.opened_by("Pål"), everybody) == set()


async def test_who_does_not_see_it_oneself_is_not_told_that_it_is_hidden_from_another(here: Here) -> None:
    made = await goals.add(await here.opened_by("Kari"), title="Sove godt")
    for name in ("Pål", "Kari"):
        await here.hamlet.grant(here.participants[name], Element.GOALS, made.id, Level.NONE)
    pal = here.participants["Pål"].id
    assert await hidden_from(await here.opened_by("Kari"), [pal]) == set()
