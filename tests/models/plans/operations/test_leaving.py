"""Leaving a plan: the consent goes first, and the person and their words stay."""

import pytest
from sqlmodel import col, select

from models.plans.operations import leaving, participants, proposals, roles
from models.plans.queries.participants import may_return, participations, role_of, takes_part
from models.plans.queries.proposals import mark, waiting
from models.plans.queries.tasks import waiting as tasks_of
from models.plans.rules.words import Basis, ConsentAct, TaskKind
from models.plans.tables.consent import Consent
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here


@pytest.fixture
async def on_consent(here: Here) -> Here:
    """The plan rests on what the owner has consented to."""
    await here.hamlet.basis(here.plan, Basis.CONSENT, 2)
    await here.hamlet.consent(here.plan)
    return here


async def acts(here: Here, name: str) -> list[ConsentAct]:
    await here.session.flush()
    own = select(Consent).where(col(Consent.participant_id) == here.participants[name].id)
    return [row.act for row in await here.session.scalars(own) if row.cancelled_at is None]


@pytest.mark.feature("F107")
@pytest.mark.feature("F108")
async def test_the_consent_is_reset_first_and_the_person_card_stays(on_consent: Here) -> None:
    here = on_consent
    await leaving.remove(await here.opened_by("Kari"), here.participants["Pål"])
    assert await acts(here, "Pål") == [ConsentAct.WITHDRAWN]
    assert await refused(here.opened_by("Pål")) is Reason.NO_LONGER_PARTICIPANT
    assert here.people["Pål"].given_name == "Pål"
    assert await here.events(of="participant") == [
        ("participant.removed", {"participant": str(here.participants["Pål"].id)})
    ]


@pytest.mark.feature("F106")
async def test_somebody_can_stay_on_the_list_without_access(on_consent: Here) -> None:
    here = on_consent
    plan = await here.opened_by("Kari")
    await leaving.keep_without_access(plan, here.participants["Pål"])
    assert await refused(here.opened_by("Pål")) is Reason.CONSENT_WITHDRAWN
    assert await takes_part(plan, person_id=here.people["Pål"].id)


async def test_where_no_consent_decides_nobody_is_kept_without_access(here: Here) -> None:
    with pytest.raises(Invalid):
        await leaving.keep_without_access(await here.opened_by("Kari"), here.participants["Pål"])


@pytest.mark.parametrize("name", ["Ola", "Kari"])
async def test_the_owner_and_the_last_coordinator_stay(here: Here, name: str) -> None:
    with pytest.raises(Invalid):
        await leaving.remove(await here.opened_by("Kari"), here.participants[name])


async def test_a_coordinator_can_go_when_another_stays(here: Here) -> None:
    await here.hamlet.participant(here.plan, await here.hamlet.person(here.municipality, "Liv"), Role.COORDINATOR)
    await leaving.leave(await here.opened_by("Kari"), here.participants["Kari"])
    assert await refused(here.opened_by("Kari")) is Reason.NO_LONGER_PARTICIPANT


async def test_a_coordinator_who_waits_for_nothing_but_an_end_is_not_another(here: Here) -> None:
    liv = await here.hamlet.person(here.municipality, "Liv")
    soon = here.hamlet.today.replace(year=here.hamlet.today.year + 1)
    await here.hamlet.participant(here.plan, liv, Role.COORDINATOR, until=soon)
    with pytest.raises(Invalid):
        await leaving.leave(await here.opened_by("Kari"), here.participants["Kari"])


async def test_who_is_to_sign_is_not_taken_out_before_the_request_is(on_consent: Here) -> None:
    here = on_consent
    gro = here.participants["Gro"]
    await here.hamlet.consent(here.plan, 2, signers=((gro, False),))
    with pytest.raises(Invalid) as problem:
        await leaving.remove(await here.opened_by("Kari"), gro)
    assert "Trekk forespørselen først." in problem.value.fields["how"]


@pytest.mark.parametrize("name", ["Pål", "Gro", "Ola", "Else"])
async def test_only_who_changes_participants_takes_others_out(here: Here, name: str) -> None:
    other = here.participants["Else" if name == "Pål" else "Pål"]
    plan = await here.opened_by(name)
    for deed in (leaving.remove, leaving.keep_without_access, leaving.restore, leaving.leave):
        assert await refused(deed(plan, other)) is Reason.LEVEL_TOO_LOW


@pytest.mark.parametrize("name", ["Pål", "Gro", "Else"])
async def test_all_but_the_owner_may_leave(here: Here, name: str) -> None:
    await leaving.leave(await here.opened_by(name), here.participants[name])
    assert await refused(here.opened_by(name)) is Reason.NO_LONGER_PARTICIPANT


async def test_another_plans_participant_is_not_found(here: Here) -> None:
    other = await here.hamlet.plan(here.municipality)
    stranger = await here.hamlet.participant(other, here.people["Pål"], Role.PROVIDER)
    plan = await here.opened_by("Kari")
    for deed in (leaving.remove, leaving.keep_without_access, leaving.restore):
        with pytest.raises(NotFound):
            await deed(plan, stranger)


async def test_it_can_be_taken_back_the_same_day_and_is_as_it_was(on_consent: Here) -> None:
    here, pal = on_consent, on_consent.participants["Pål"]
    plan = await here.opened_by("Kari")
    await leaving.remove(plan, pal)
    await leaving.restore(plan, pal)
    assert (await here.opened_by("Pål")).role is Role.PROVIDER
    assert (await acts(here, "Pål"), pal.valid_to) == ([], None)


async def test_taking_it_back_gives_nobody_longer_than_they_had(here: Here) -> None:
    later = here.hamlet.today.replace(year=here.hamlet.today.year + 1)
    liv = await here.hamlet.person(here.municipality, "Liv")
    part = await here.hamlet.participant(here.plan, liv, Role.PROVIDER, until=later)
    plan = await here.opened_by("Kari")
    await leaving.remove(plan, part)
    await leaving.restore(plan, part)
    assert part.valid_to == later


async def test_what_the_owner_took_back_is_not_given_back(on_consent: Here) -> None:
    here, pal = on_consent, on_consent.participants["Pål"]
    await here.hamlet.consent(here.plan, 2, act=ConsentAct.WITHDRAWN, since=here.hamlet.today, of=pal)
    plan = await here.opened_by("Kari")
    await leaving.remove(plan, pal)
    await leaving.restore(plan, pal)
    assert await refused(here.opened_by("Pål")) is Reason.CONSENT_WITHDRAWN


async def test_after_the_day_it_cannot_be_taken_back(here: Here) -> None:
    yesterday = await here.hamlet.participant(
        here.plan, await here.hamlet.person(here.municipality, "Liv"), Role.OTHER, until=here.hamlet.before
    )
    with pytest.raises(Invalid):
        await leaving.restore(await here.opened_by("Kari"), yesterday)


async def test_somebody_who_is_to_come_can_be_taken_out_before_that(here: Here) -> None:
    liv, later = await here.hamlet.person(here.municipality, "Liv"), here.hamlet.today.replace(year=2030)
    part = await here.hamlet.participant(here.plan, liv, Role.PROVIDER, since=later)
    await leaving.remove(await here.opened_by("Kari"), part)
    assert await refused(here.opened_by("Liv")) is Reason.NO_LONGER_PARTICIPANT


async def test_who_goes_no_longer_stands_in_either(here: Here) -> None:
    later = here.hamlet.today.replace(year=here.hamlet.today.year + 1)
    await here.hamlet.participant(here.plan, here.people["Pål"], Role.COORDINATOR, until=later)
    assert (await here.opened_by("Pål")).role is Role.COORDINATOR
    await leaving.remove(await here.opened_by("Kari"), here.participants["Pål"])
    assert await refused(here.opened_by("Pål")) is Reason.NO_LONGER_PARTICIPANT


async def test_who_leaves_of_their_own_will_is_not_put_back_by_others(here: Here) -> None:
    pal = here.participants["Pål"]
    await leaving.leave(await here.opened_by("Pål"), pal)
    kari = await here.opened_by("Kari")
    assert not await may_return(kari, pal)
    with pytest.raises(Invalid):
        await leaving.restore(kari, pal)
    assert await refused(here.opened_by("Pål")) is Reason.NO_LONGER_PARTICIPANT


@pytest.mark.feature("F8")
async def test_who_left_may_be_asked_for_anew_and_the_owner_says_yes_again(on_consent: Here) -> None:
    here = on_consent
    await leaving.leave(await here.opened_by("Pål"), here.participants["Pål"])
    added = await participants.add(await here.opened_by("Kari"), here.people["Pål"], Role.PROVIDER)
    assert added.awaits_approval
    assert await refused(here.opened_by("Pål")) in (Reason.AWAITING_APPROVAL, Reason.NO_LONGER_PARTICIPANT)
    ola = await here.opened_by("Ola")
    [asked] = await waiting(ola)
    await proposals.approve(ola, asked, await mark(ola, asked))
    assert (await here.opened_by("Pål")).role is Role.PROVIDER


async def test_the_coordinators_are_told_that_somebody_left_and_asked_to_see_to_it(here: Here) -> None:
    await leaving.leave(await here.opened_by("Pål"), here.participants["Pål"])
    assert await here.told() == {"Kari"}
    [task] = await tasks_of(await here.opened_by("Kari"))
    assert (task.kind, task.participant_id) == (TaskKind.PARTICIPANT_LEFT, here.participants["Pål"].id)


async def test_the_family_is_told_when_one_of_the_coordinators_goes(here: Here) -> None:
    liv = await here.hamlet.person(here.municipality, "Liv")
    await here.hamlet.participant(here.plan, liv, Role.COORDINATOR)
    here.people["Liv"] = liv
    await leaving.leave(await here.opened_by("Kari"), here.participants["Kari"])
    assert await here.told() == {"Ola", "Gro", "Liv"}


async def test_who_got_another_role_today_can_be_taken_out_today_and_put_back(here: Here) -> None:
    pal, kari = here.participants["Pål"], await here.opened_by("Kari")
    await roles.change_role(kari, pal, Role.OTHER, pal.rights_revision)
    await leaving.remove(kari, pal)
    assert [one.who.name for one in await participations(kari)].count("Pål Hansen") == 1
    assert await role_of(kari, pal.id) is Role.PROVIDER
    await leaving.restore(kari, pal)
    assert (await here.opened_by("Pål")).role is Role.OTHER


@pytest.mark.feature("F8")
async def test_who_is_taken_out_while_the_owner_is_asked_is_asked_about_no_more(on_consent: Here) -> None:
    here, kari = on_consent, await on_consent.opened_by("Kari")
    liv = await here.hamlet.person(here.municipality, "Liv")
    added = await participants.add(kari, liv, Role.PROVIDER)
    [asked] = await waiting(kari)
    await leaving.remove(kari, added)
    assert await waiting(kari) == []
    ola = await here.opened_by("Ola")
    with pytest.raises(Conflict):
        await proposals.approve(ola, asked, await mark(ola, asked))
    assert await refused(here.opened_by("Liv")) is Reason.NO_LONGER_PARTICIPANT
