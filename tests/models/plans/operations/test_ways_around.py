"""Ways around the owner's word, and into coordinating a plan, that are shut."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from models.plans.operations import handovers, leaving, participants, proposals, roles, standing_in, wishing
from models.plans.operations.changing_kind import change_kind
from models.plans.operations.changing_rights import change
from models.plans.operations.handovers import NewOffer
from models.plans.operations.ledgers import NewConsent, append_consent
from models.plans.queries.changing_kind import moves
from models.plans.queries.changing_kind import shown as shown_moves
from models.plans.queries.proposals import Wish as Wished
from models.plans.queries.proposals import decides, mark, told, waiting, wishes
from models.plans.rules.consents import Stretch
from models.plans.rules.participants import Place
from models.plans.rules.participants import mark as shown
from models.plans.rules.rights import Wish
from models.plans.rules.words import Basis, ConsentAct, ConsentMethod, PlanState
from models.plans.tables.participants import Grant
from models.plans.tables.plan import PlanSpan
from models.refusals import Invalid, Reason
from models.rights import Duty, Element, Level, PlanKind, Profile, Right, Role
from models.templates.tables import RoleTemplate
from permissions import administering
from permissions.door import open_municipality
from permissions.signing import open_consent
from tests.hamlet import refused
from tests.models.plans.conftest import Here
from tests.signing_in import viewer_for


@pytest.fixture
async def asking(here: Here) -> Here:
    """The plan rests on what Ola, who is of age, has consented to."""
    await here.hamlet.basis(here.plan, Basis.CONSENT, 2)
    await here.hamlet.consent(here.plan)
    return here


async def withdraw_all(here: Here) -> None:
    ola = await here.opened_by("Ola")
    await append_consent(ola, NewConsent(Stretch(ola.today), ConsentMethod.DIGITAL, ConsentAct.WITHDRAWN))


@pytest.mark.feature("F8")
async def test_nobody_speaks_for_the_owner_before_the_owner_has_said_so(asking: Here) -> None:
    asking.people["Ola"].account_id = None
    kari = await asking.opened_by("Kari")
    assert await roles.change_role(kari, asking.participants["Pål"], Role.GUARDIAN, 0)
    assert await refused(asking.hamlet.opened(asking.plan, "pål", profile=Profile.PERSONAL)) is Reason.AWAITING_APPROVAL
    gro = await asking.opened_by("Gro")
    [asked] = await waiting(gro)
    assert await decides(gro)
    await proposals.approve(gro, asked, await mark(gro, asked))
    assert await decides(await asking.hamlet.opened(asking.plan, "pål", profile=Profile.PERSONAL))


@pytest.mark.feature("F119")
async def test_a_yes_to_one_opens_nothing_after_all_was_taken_back(asking: Here) -> None:
    kari = await asking.opened_by("Kari")
    liv = await asking.hamlet.person(asking.municipality, "Liv")
    await participants.add(kari, liv, Role.PROVIDER)
    await withdraw_all(asking)
    kari = await asking.opened_by("Kari")
    [asked] = await waiting(kari)
    await proposals.record(kari, asked, yes=True, method=ConsentMethod.ORAL, remark="Ola sa ja på møtet.")
    assert await refused(asking.opened_by("Liv")) is Reason.CONSENT_WITHDRAWN


@pytest.mark.feature("F110")
@pytest.mark.parametrize(
    ("name", "role"), [("Berit", Role.PROVIDER), ("Berit", Role.GUARDIAN), ("Torstein", Role.OTHER)]
)
async def test_a_wish_is_for_whom_it_names_as_what_it_says(asking: Here, name: str, role: Role) -> None:
    await wishing.wish(await asking.opened_by("Ola"), Wished("Bestemor Berit", Role.OTHER, "bestemor"))
    kari = await asking.opened_by("Kari")
    [wished] = await wishes(kari)
    somebody = await asking.hamlet.person(asking.municipality, name)
    added = await participants.add(kari, somebody, role, wished=told(kari, wished))
    await wishing.fulfil(kari, wished, added)
    assert added.awaits_approval
    assert await refused(asking.hamlet.opened(asking.plan, name.lower())) in (
        Reason.AWAITING_APPROVAL,
        Reason.OTHER_PROFILE,
    )
    assert len(await waiting(kari)) == 1


@pytest.mark.feature("F119")
async def test_who_is_no_longer_a_guardian_has_no_say_over_the_consent(asking: Here) -> None:
    await asking.hamlet.consent(asking.plan, 2, signers=((asking.participants["Gro"], True),))
    await roles.change_role(await asking.opened_by("Kari"), asking.participants["Gro"], Role.OTHER, 0)
    viewer = await viewer_for(asking.session, "gro")
    assert await refused(open_consent(asking.session, viewer, asking.plan.id)) is Reason.LEVEL_TOO_LOW


@pytest.mark.feature("N7")
async def test_who_does_not_coordinate_lets_nobody_stand_in(here: Here) -> None:
    liv = await here.hamlet.person(here.municipality, "Liv")
    await here.hamlet.participant(here.plan, liv, Role.PROVIDER, participants=Level.DELETE)
    today = Stretch(here.hamlet.today, here.hamlet.today)
    chosen = standing_in.choose(await here.opened_by("Liv"), here.participants["Pål"], today)
    assert await refused(chosen) is Reason.COORDINATOR_ONLY


@pytest.mark.feature("N7")
async def test_who_stands_in_neither_stays_longer_nor_lets_others_stand_in(here: Here) -> None:
    days = Stretch(here.hamlet.today, here.hamlet.today)
    made = await standing_in.choose(await here.opened_by("Kari"), here.participants["Pål"], days)
    stand_in = await here.opened_by("Pål")
    for last in (None, here.hamlet.today + timedelta(days=90)):
        with pytest.raises(Invalid) as wrong:
            await participants.change(stand_in, made, Place(Stretch(made.valid_from, last)), shown(made))
        assert "last" in wrong.value.fields
    later = Stretch(here.hamlet.today + timedelta(days=1), here.hamlet.today + timedelta(days=9))
    with pytest.raises(Invalid, match="Du er vikar"):
        await standing_in.choose(stand_in, here.participants["Else"], later)


@pytest.mark.feature("N7")
async def test_the_baton_is_not_left_with_somebody_who_is_going(here: Here) -> None:
    here.participants["Pål"].valid_to = here.hamlet.today + timedelta(days=7)
    kari = await here.opened_by("Kari")
    with pytest.raises(Invalid) as wrong:
        await handovers.offer(kari, NewOffer(here.participants["Pål"], Role.PROVIDER))
    assert "to" in wrong.value.fields


async def test_who_goes_altogether_does_not_leave_the_plan_to_nobody(here: Here) -> None:
    await here.hamlet.participant(here.plan, here.people["Pål"], Role.COORDINATOR)
    here.participants["Kari"].valid_to = here.hamlet.today + timedelta(days=7)
    await here.session.flush()
    with pytest.raises(Invalid):
        await leaving.remove(await here.opened_by("Kari"), here.participants["Pål"])


@pytest.mark.feature("F125")
async def test_who_stands_in_keeps_nothing_of_it(here: Here) -> None:
    days = Stretch(here.hamlet.today, here.hamlet.today)
    await standing_in.choose(await here.opened_by("Kari"), here.participants["Pål"], days)
    stand_in = await here.opened_by("Pål")
    assert stand_in.allows(Element.PARTICIPANTS, Level.DELETE)
    with pytest.raises(Invalid, match="ikke gi mer enn du har selv"):
        await change(stand_in, here.participants["Pål"], 0, [Wish(Element.PARTICIPANTS, Level.DELETE)])


@pytest.mark.feature("F194")
@pytest.mark.parametrize("through_unit", [False, True])
async def test_who_administers_does_not_let_themselves_in(here: Here, through_unit: bool) -> None:
    account = await here.hamlet.account("ada")
    ada = await here.hamlet.person(here.municipality, "Ada", account)
    await here.hamlet.appoint(account, here.municipality, Duty.ADMINISTRATOR)
    viewer = await viewer_for(here.session, "ada")
    register = await open_municipality(here.session, viewer, Right.PLANS_REGISTER)
    await administering.begin(register, here.plan.id, "Koordinatoren er syk.")
    await here.session.flush()
    plan = await administering.open_administration(here.session, viewer, here.plan.id, "participants")
    unit = await here.hamlet.unit(here.municipality)
    await here.hamlet.member(ada, unit)
    with pytest.raises(Invalid, match="ikke gi deg selv innsyn"):
        await participants.add(plan, unit if through_unit else ada, Role.PROVIDER)


@pytest.mark.feature("F8")
async def test_who_is_put_in_a_draft_after_the_consent_is_asked_about(asking: Here) -> None:
    span = await asking.session.scalar(select(PlanSpan).where(col(PlanSpan.plan_id) == asking.plan.id))
    assert span
    span.state = PlanState.DRAFT
    liv = await asking.hamlet.person(asking.municipality, "Liv")
    assert (await participants.add(await asking.opened_by("Kari"), liv, Role.PROVIDER)).awaits_approval


@pytest.mark.feature("F191")
async def test_another_kind_of_plan_gives_nobody_more_before_the_owner_has_said_yes(asking: Here) -> None:
    mine = col(Grant.participant_id) == asking.participants["Pål"].id
    less = update(RoleTemplate).where(col(RoleTemplate.role) == Role.PROVIDER, col(RoleTemplate.kind) == PlanKind.IP)
    await asking.session.execute(less.values(health=Level.NONE))
    await asking.session.execute(update(Grant).where(mine, col(Grant.element) == Element.HEALTH).values(level=0))
    kari = await asking.opened_by("Kari")
    await change_kind(kari, PlanKind.IOP, (), shown_moves(kari, await moves(kari, PlanKind.IOP)))
    assert not (await asking.opened_by("Pål")).allows(Element.HEALTH, Level.READ)
    [asked] = [one for one in await waiting(kari) if one.participant_id == asking.participants["Pål"].id]
    ola = await asking.opened_by("Ola")
    await proposals.approve(ola, asked, await mark(ola, asked))
    assert (await asking.opened_by("Pål")).allows(Element.HEALTH, Level.READ)
