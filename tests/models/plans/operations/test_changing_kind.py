"""A plan becomes of another kind, and goes on (F191): nothing is lost, and rights follow the new kind."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from models.labels import role_label
from models.plans.operations import goals
from models.plans.operations.changing_kind import change_kind
from models.plans.proof import OpenPlan
from models.plans.queries.changing_kind import moves, shown
from models.plans.rules.making import Part
from models.plans.rules.words import PlanState
from models.plans.tables.consent import LegalBasis
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Element, Level, PlanKind, Role
from models.templates.tables import RoleTemplate
from tests.hamlet import refused, standard_levels
from tests.models.plans.conftest import CAST, Here

pytestmark = pytest.mark.feature("F191")


async def become(plan: OpenPlan, kind: PlanKind, more: Collection[Part] = ()) -> None:
    await change_kind(plan, kind, more, shown(plan, await moves(plan, kind)))


async def levels(here: Here, name: str) -> dict[Element, Level]:
    mine = col(Grant.participant_id) == here.participants[name].id, col(Grant.item_id).is_(None)
    return {grant.element: grant.level for grant in await here.session.scalars(select(Grant).where(*mine))}


@pytest.fixture
async def relay(here: Here) -> Here:
    """The plan is a stafettlogg of a hundred days, with its standard rights."""
    await here.session.execute(update(PlanSpan).values(kind=PlanKind.SL))
    for name, role in CAST.items():
        for element, level in standard_levels(PlanKind.SL, role).items():
            mine = col(Grant.participant_id) == here.participants[name].id, col(Grant.element) == element
            await here.session.execute(update(Grant).where(*mine).values(level=level))
    return here


async def test_the_baton_holder_becomes_the_coordinator_and_everything_goes_on(relay: Here) -> None:
    before = await relay.opened_by("Kari")
    goal = await goals.add(before, title="Sove godt")
    await become(before, PlanKind.IP)
    after = await relay.opened_by("Kari")
    assert (before.role_name(after.role), after.role_name(after.role)) == ("Stafettholder", "Koordinator")
    assert (after.kind, after.elements, after.plan_id) == (PlanKind.IP, before.elements, before.plan_id)
    for name, role in CAST.items():
        plan = await relay.opened_by(name)
        assert (plan.role, plan.sees(goal)) == (role, plan.allows(Element.GOALS, Level.READ))
    assert [span.valid_to for span in await relay.session.scalars(select(RoleSpan))] == [None] * len(CAST)


async def test_standard_rights_are_those_of_the_new_kind(relay: Here) -> None:
    await become(await relay.opened_by("Kari"), PlanKind.IP)
    for name, role in CAST.items():
        assert await levels(relay, name) == standard_levels(PlanKind.IP, role)


async def test_what_was_set_for_somebody_stays_whether_it_is_marked_or_only_differs(relay: Here) -> None:
    pal = col(Grant.participant_id) == relay.participants["Pål"].id
    marked = update(Grant).where(pal, col(Grant.element) == Element.HEALTH)
    await relay.session.execute(marked.values(overridden=True))
    differs = update(Grant).where(pal, col(Grant.element) == Element.GOALS)
    await relay.session.execute(differs.values(level=Level.NONE))
    await relay.hamlet.grant(relay.participants["Pål"], Element.GOALS, relay.plan.id, Level.READ)
    await become(await relay.opened_by("Kari"), PlanKind.IOP)
    now = await levels(relay, "Pål")
    assert (now[Element.HEALTH], now[Element.GOALS]) == (
        standard_levels(PlanKind.SL, Role.PROVIDER)[Element.HEALTH],
        Level.NONE,
    )
    single = select(Grant.level).where(pal, col(Grant.item_id) == relay.plan.id)
    assert await relay.session.scalar(single) is Level.READ


async def test_the_page_tells_what_will_happen_and_it_does(relay: Here) -> None:
    await relay.session.execute(
        update(Grant).where(col(Grant.element) == Element.HEALTH).values(level=Level.NEW, overridden=True)
    )
    told = await moves(await relay.opened_by("Kari"), PlanKind.IUP)
    await become(await relay.opened_by("Kari"), PlanKind.IUP)
    by_id = {part.id: name for name, part in relay.participants.items()}
    assert {by_id[move.participant_id]: dict(move.after) for move in told} == {
        name: await levels(relay, name) for name in CAST
    }
    assert all(Element.HEALTH in move.special or move.role is Role.COORDINATOR for move in told)
    assert all(role_label(PlanKind.IUP, move.role) for move in told)


async def test_it_is_logged_with_whose_rights_changed(relay: Here) -> None:
    await become(await relay.opened_by("Kari"), PlanKind.IOP)
    assert await relay.events(of="plan.kind") == [("plan.kind_changed", {"before": "SL", "after": "IOP"})]
    changed = {details["participant"] for _event, details in await relay.events(of="rights")}
    revisions = {str(part.id): part.rights_revision for part in await relay.session.scalars(select(Participant))}
    assert {one for one, revision in revisions.items() if revision} == changed


@pytest.mark.feature("F204")
async def test_the_statistics_of_the_past_keep_the_old_kind(relay: Here) -> None:
    await become(await relay.opened_by("Kari"), PlanKind.IP)
    spans = await relay.session.scalars(select(PlanSpan).order_by(col(PlanSpan.valid_from)))
    assert [(span.kind, span.valid_to) for span in spans] == [
        (PlanKind.SL, relay.hamlet.today),
        (PlanKind.IP, None),
    ]


async def test_the_bases_are_as_they_were(relay: Here) -> None:
    before = [vars(row).copy() for row in await relay.session.scalars(select(LegalBasis))]
    await become(await relay.opened_by("Kari"), PlanKind.IP)
    assert [row.id for row in await relay.session.scalars(select(LegalBasis))] == [row["id"] for row in before]


async def test_parts_are_put_on_and_none_is_taken_off(relay: Here) -> None:
    await relay.session.execute(update(Plan).values(elements=["journal", "health"]))
    await become(await relay.opened_by("Kari"), PlanKind.IOP, [Part.GOALS])
    assert (await relay.opened_by("Kari")).elements == {
        *(Element.JOURNAL, Element.HEALTH, Element.GOALS, Element.ACTIVITIES, Element.COMMENTS)
    }


async def test_one_has_only_one_individual_plan(relay: Here) -> None:
    other = await relay.hamlet.plan(relay.municipality)
    await relay.hamlet.participant(other, relay.people["Ola"], Role.OWNER)
    with pytest.raises(Invalid):
        await become(await relay.opened_by("Kari"), PlanKind.IP)
    await become(await relay.opened_by("Kari"), PlanKind.IOP)


async def test_who_will_take_part_later_has_the_new_rights_then_and_who_has_left_keeps_the_old(relay: Here) -> None:
    today = relay.hamlet.today
    tor, eva = [await relay.hamlet.person(relay.municipality, name) for name in ("Tor", "Eva")]
    span: dict[str, Any] = {"kind": PlanKind.SL}
    relay.participants["Tor"] = await relay.hamlet.participant(
        relay.plan, tor, Role.GUARDIAN, since=today + timedelta(days=5), **span
    )
    relay.participants["Eva"] = await relay.hamlet.participant(relay.plan, eva, Role.GUARDIAN, until=today, **span)
    await become(await relay.opened_by("Kari"), PlanKind.IP)
    assert await levels(relay, "Tor") == standard_levels(PlanKind.IP, Role.GUARDIAN)
    assert await levels(relay, "Eva") == standard_levels(PlanKind.SL, Role.GUARDIAN)


async def test_a_kind_that_is_not_in_use_is_not_found_nor_the_one_it_is(relay: Here) -> None:
    for template in await relay.session.scalars(select(RoleTemplate).where(col(RoleTemplate.kind) == PlanKind.IUP)):
        await relay.session.delete(template)
    for kind in (PlanKind.IUP, PlanKind.SL):
        with pytest.raises(NotFound):
            await change_kind(await relay.opened_by("Kari"), kind, [], "")


async def test_who_saw_other_rights_than_there_are_is_asked_again(relay: Here) -> None:
    plan = await relay.opened_by("Kari")
    seen = shown(plan, await moves(plan, PlanKind.IP))
    one = col(Grant.participant_id) == relay.participants["Pål"].id, col(Grant.element) == Element.GOALS
    await relay.session.execute(update(Grant).where(*one).values(level=Level.NONE))
    for mark in (seen, "", "tull"):
        with pytest.raises(Conflict):
            await change_kind(await relay.opened_by("Kari"), PlanKind.IP, [], mark)
    assert (await relay.opened_by("Kari")).kind is PlanKind.SL


@pytest.mark.parametrize("name", ["Ola", "Gro", "Pål", "Else"])
async def test_nobody_but_the_coordinator(relay: Here, name: str) -> None:
    plan = await relay.opened_by(name)
    assert await refused(change_kind(plan, PlanKind.IP, [], "")) is Reason.LEVEL_TOO_LOW


async def test_not_without_the_right_to_change_rights(relay: Here) -> None:
    mine = col(Grant.participant_id) == relay.participants["Kari"].id, col(Grant.element) == Element.RIGHTS
    await relay.session.execute(update(Grant).where(*mine).values(level=Level.READ))
    plan = await relay.opened_by("Kari")
    assert await refused(change_kind(plan, PlanKind.IP, [], "")) is Reason.LEVEL_TOO_LOW


async def test_a_draft_that_began_as_the_wrong_kind_is_mended_the_same_day(relay: Here) -> None:
    await relay.session.execute(update(PlanSpan).values(state=PlanState.DRAFT, valid_from=relay.hamlet.today))
    await become(await relay.opened_by("Kari"), PlanKind.IUP)
    spans = (await relay.session.scalars(select(PlanSpan))).all()
    assert [(span.kind, span.state, span.valid_from) for span in spans] == [
        (PlanKind.IUP, PlanState.DRAFT, date(2026, 11, 20))
    ]
