"""Setting a participant's rights: what is recorded, marked and told, and that roles give what they give then."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.log.rules import Event
from models.plans.operations import changing_rights, goals, participants
from models.plans.operations.rights import apply
from models.plans.queries.audience import accounts_that_see
from models.plans.rules.rights import Wish
from models.plans.rules.words import Basis, PlanState, ProposalState
from models.plans.tables.participants import Grant, Proposal
from models.plans.tables.plan import PlanSpan
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Element, Level, PlanKind, Role
from models.templates.tables import RoleTemplate
from permissions.door import open_plan
from tests.hamlet import refused
from tests.models.plans.conftest import Here
from tests.signing_in import viewer_for

LESS, MORE = [Wish(Element.COMMENTS, Level.NONE)], [Wish(Element.COMMENTS, Level.DELETE)]


async def grant(here: Here, name: str, element: Element, item_id: UUID | None = None) -> Grant | None:
    mine = col(Grant.participant_id) == here.participants[name].id, col(Grant.element) == element
    found: Grant | None = await here.session.scalar(select(Grant).where(*mine, col(Grant.item_id) == item_id))
    return found


async def asked(here: Here) -> list[Proposal]:
    return list(await here.session.scalars(select(Proposal).where(col(Proposal.state) == ProposalState.WAITING)))


@pytest.mark.feature("F125")
async def test_what_is_set_here_is_marked_and_logged(here: Here) -> None:
    plan, them = await here.opened_by("Kari"), here.participants["Pål"]
    assert await changing_rights.change(plan, them, 0, LESS) is False
    kept = await grant(here, "Pål", Element.COMMENTS)
    assert kept
    assert (kept.level, kept.overridden, them.rights_revision) == (Level.NONE, True, 1)
    told = {"participant": str(them.id), "elements": ["comments"]}
    assert await here.events(of="rights.") == [(Event.RIGHTS_CHANGED.value, told)]


async def test_the_same_once_more_leaves_no_trace(here: Here) -> None:
    plan, them = await here.opened_by("Kari"), here.participants["Pål"]
    await changing_rights.change(plan, them, 0, LESS)
    await changing_rights.change(plan, them, 1, LESS)
    assert them.rights_revision == 1
    assert len(await here.events(of="rights.")) == 1


async def test_the_roles_own_level_is_not_marked(here: Here) -> None:
    plan, them = await here.opened_by("Kari"), here.participants["Pål"]
    await changing_rights.change(plan, them, 0, LESS)
    await changing_rights.change(plan, them, 1, [Wish(Element.COMMENTS, Level.NEW)])
    kept = await grant(here, "Pål", Element.COMMENTS)
    assert kept
    assert kept.overridden is False


@pytest.mark.parametrize("basis", [Basis.DECISION, Basis.STATUTORY_TASK])
async def test_where_no_consent_is_needed_more_is_given_at_once(here: Here, basis: Basis) -> None:
    await here.hamlet.basis(here.plan, basis, 2)
    plan, them = await here.opened_by("Kari"), here.participants["Pål"]
    assert await changing_rights.change(plan, them, 0, MORE) is False
    assert await asked(here) == []


@pytest.mark.feature("F8")
async def test_where_it_rests_on_consent_the_owner_is_asked_for_more(here: Here) -> None:
    await here.hamlet.basis(here.plan, Basis.CONSENT, 2)
    await here.hamlet.consent(here.plan)
    plan, them = await here.opened_by("Kari"), here.participants["Pål"]
    assert await changing_rights.change(plan, them, 0, [*MORE, Wish(Element.GOALS, Level.NONE)]) is True
    comments, theirs = await grant(here, "Pål", Element.COMMENTS), await grant(here, "Pål", Element.GOALS)
    assert comments
    assert theirs
    assert (comments.level, theirs.level) == (Level.NEW, Level.NONE)
    (question,) = await asked(here)
    assert question.wanted == [["comments", None, 4]]
    await apply(await here.opened_by("Ola"), them, question.wanted)
    assert comments.level is Level.DELETE


@pytest.mark.feature("F8")
async def test_nothing_that_is_open_closes_while_more_is_asked_for(here: Here) -> None:
    """An item that is open alone stays so until the owner has said yes to all of its kind."""
    plan, pal = await here.opened_by("Kari"), here.participants["Pål"]
    goal = await goals.add(plan, title="Svømme")
    alone = [Wish(Element.GOALS, Level.NONE), Wish(Element.GOALS, Level.READ, goal)]
    await changing_rights.change(plan, pal, 0, alone)
    await here.hamlet.basis(here.plan, Basis.CONSENT, 2)
    await here.hamlet.consent(here.plan)
    standard = [Wish(Element.GOALS, Level.CHANGE), Wish(Element.GOALS, None, goal)]
    assert await changing_rights.change(await here.opened_by("Kari"), pal, 1, standard) is True
    assert (await here.opened_by("Pål")).sees(goal)
    (question,) = await asked(here)
    await apply(plan, pal, question.wanted)
    assert (await here.opened_by("Pål")).allows(Element.GOALS, Level.CHANGE, goal)


@pytest.mark.feature("F8")
async def test_nobody_is_asked_before_the_first_consent_nor_of_what_the_owner_sees(here: Here) -> None:
    await here.hamlet.basis(here.plan, Basis.CONSENT, 2)
    span = (await here.session.scalars(select(PlanSpan).where(col(PlanSpan.plan_id) == here.plan.id))).one()
    span.state = PlanState.DRAFT
    await here.session.flush()
    assert await changing_rights.change(await here.opened_by("Kari"), here.participants["Pål"], 0, MORE) is False
    span.state = PlanState.ACTIVE
    await here.hamlet.consent(here.plan)
    assert await changing_rights.change(await here.opened_by("Kari"), here.participants["Ola"], 0, MORE) is False
    assert await asked(here) == []


@pytest.mark.parametrize("name", ["Pål", "Gro", "Ola", "Else"])
async def test_only_who_may_change_rights_does(here: Here, name: str) -> None:
    plan = await here.opened_by(name)
    assert await refused(changing_rights.change(plan, here.participants["Pål"], 0, LESS)) is Reason.LEVEL_TOO_LOW


async def test_a_change_of_what_somebody_changed_meanwhile_is_a_conflict(here: Here) -> None:
    plan, them = await here.opened_by("Kari"), here.participants["Pål"]
    await changing_rights.change(plan, them, 0, LESS)
    with pytest.raises(Conflict):
        await changing_rights.change(plan, them, 0, MORE)


async def test_another_plans_participant_is_not_found(here: Here) -> None:
    other = await here.hamlet.plan(here.municipality)
    stranger = await here.hamlet.participant(other, here.people["Pål"], Role.PROVIDER)
    plan = await here.opened_by("Kari")
    with pytest.raises(NotFound):
        await changing_rights.change(plan, stranger, 0, LESS)
    with pytest.raises(NotFound):
        await apply(plan, stranger, [["goals", None, 4]])


@pytest.mark.feature("F131")
async def test_two_coordinators_cannot_both_lose_the_administration(here: Here) -> None:
    second = await here.hamlet.person(here.municipality, "Siv")
    part = await here.hamlet.participant(here.plan, second, Role.COORDINATOR)
    plan, me = await here.opened_by("Kari"), here.participants["Kari"]
    assert await changing_rights.change(plan, part, 0, [Wish(Element.RIGHTS, Level.READ)]) is False
    with pytest.raises(Invalid):
        await changing_rights.change(plan, me, 0, [Wish(Element.RIGHTS, Level.READ)])


@pytest.mark.feature("F6")
async def test_the_rights_of_one_person_differ_from_plan_to_plan(here: Here) -> None:
    other = await here.hamlet.plan(here.municipality)
    await here.hamlet.participant(other, here.people["Pål"], Role.PROVIDER)
    await changing_rights.change(await here.opened_by("Kari"), here.participants["Pål"], 0, LESS)
    assert not (await here.opened_by("Pål")).allows(Element.COMMENTS, Level.READ)
    assert (await here.hamlet.opened(other, "pål")).allows(Element.COMMENTS, Level.NEW)


@pytest.mark.feature("F125")
async def test_who_may_not_see_a_goal_is_told_nothing_of_it(here: Here) -> None:
    plan, pal = await here.opened_by("Kari"), here.people["Pål"]
    goal = await goals.add(plan, title="Svømme")
    assert pal.account_id in await accounts_that_see(plan, goal)
    await changing_rights.change(plan, here.participants["Pål"], 0, [Wish(Element.GOALS, Level.NONE, goal)])
    assert pal.account_id not in await accounts_that_see(plan, goal)
    opened = await open_plan(here.session, await viewer_for(here.session, "pål"), here.plan.id)
    assert not opened.sees(goal)


@pytest.mark.feature("F126")
@pytest.mark.feature("F127")
async def test_a_changed_standard_is_for_new_participants_only(here: Here) -> None:
    mine = col(RoleTemplate.kind) == PlanKind.IP, col(RoleTemplate.role) == Role.PROVIDER
    template = (await here.session.scalars(select(RoleTemplate).where(*mine))).one()
    before = await grant(here, "Pål", Element.GOALS)
    assert before
    was, template.goals = before.level, Level.DELETE
    await here.session.flush()
    new = await participants.add(
        await here.opened_by("Kari"), await here.hamlet.person(here.municipality, "Liv"), Role.PROVIDER
    )
    here.participants["Liv"] = new
    after, theirs = await grant(here, "Pål", Element.GOALS), await grant(here, "Liv", Element.GOALS)
    assert after
    assert theirs
    assert (after.level, theirs.level) == (was, Level.DELETE)
