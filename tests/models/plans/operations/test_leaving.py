"""Leaving a plan: the consent goes first, and the person and their words stay."""

import pytest
from sqlmodel import col, select

from models.plans.operations import leaving
from models.plans.queries.participants import takes_part
from models.plans.rules.words import Basis, ConsentAct
from models.plans.tables.consent import Consent
from models.refusals import Invalid, NotFound, Reason
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
