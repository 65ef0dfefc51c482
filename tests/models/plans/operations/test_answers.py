"""Who can answer for the owner, what is written down on their behalf, and who is told (F8)."""

import pytest
from sqlmodel import col, select

from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.organisation.rules import OwnerApproval
from models.plans.operations import leaving, participants, proposals
from models.plans.queries.proposals import answered, can_be_answered, waiting
from models.plans.rules.words import ConsentMethod
from models.refusals import Invalid
from models.rights import Level, Role
from tests.models.plans.conftest import Here
from tests.models.plans.operations.asking import add_liv, question, with_password


async def test_where_the_answer_must_be_given_in_medvirk_nothing_is_written_down(asking: Here) -> None:
    asking.municipality.owner_approval = OwnerApproval.IN_APP
    await with_password(asking, "Ola")
    added = await add_liv(asking)
    with pytest.raises(Invalid):
        await proposals.record(
            await asking.opened_by("Kari"), await question(asking), yes=True, method=ConsentMethod.PAPER, remark="Ja."
        )
    assert added.awaits_approval


@pytest.mark.feature("F8")
async def test_where_nobody_can_answer_in_medvirk_the_coordinator_writes_the_answer_down(asking: Here) -> None:
    asking.municipality.owner_approval = OwnerApproval.IN_APP
    asking.people["Ola"].account_id = None
    kari, gro = await asking.opened_by("Kari"), asking.participants["Gro"]
    await leaving.remove(kari, gro)
    await add_liv(asking)
    asked = await question(asking)
    assert not await can_be_answered(kari, asked)
    with pytest.raises(Invalid):
        await proposals.record(kari, asked, yes=True, method=ConsentMethod.PAPER, remark=" ")
    await proposals.record(kari, asked, yes=True, method=ConsentMethod.PAPER, remark="Ola skrev under 1. november.")
    assert (await asking.opened_by("Liv")).role is Role.PROVIDER


@pytest.mark.feature("F8")
@pytest.mark.parametrize(("closed", "able"), [(False, True), (True, False)])
async def test_a_closed_account_answers_nothing(asking: Here, closed: bool, able: bool) -> None:
    account = await with_password(asking, "Ola")
    account.disabled_at = asking.session.clock.now() if closed else None
    await add_liv(asking)
    kari = await asking.opened_by("Kari")
    assert await can_be_answered(kari, await question(asking)) is able


async def test_nobody_answers_a_question_about_themselves_so_another_must(asking: Here) -> None:
    asking.people["Ola"].account_id = None
    await with_password(asking, "Gro")
    kari = await asking.opened_by("Kari")
    asked = await proposals.propose_wider(kari, asking.participants["Gro"], [["goals", None, int(Level.DELETE)]])
    assert not await can_be_answered(kari, asked)
    await add_liv(asking)
    assert [await can_be_answered(kari, one) for one in await waiting(kari)] == [False, True]


async def test_another_coordinator_is_told_where_nobody_can_answer(asking: Here) -> None:
    liv = await asking.hamlet.person(asking.municipality, "Tor")
    await asking.hamlet.participant(asking.plan, liv, Role.COORDINATOR)
    asking.people["Tor"] = liv
    await with_password(asking, "Ola")
    await add_liv(asking)
    assert await asking.told() == {"Ola"}
    (await with_password(asking, "Ola")).disabled_at = asking.session.clock.now()
    await participants.add(
        await asking.opened_by("Kari"), await asking.hamlet.person(asking.municipality, "Siv"), Role.OTHER
    )
    assert "Tor" in await asking.told()


async def test_what_is_written_down_on_the_owners_behalf_is_told_to_the_owner_and_all_who_coordinate(
    asking: Here,
) -> None:
    tor = await asking.hamlet.person(asking.municipality, "Tor")
    await asking.hamlet.participant(asking.plan, tor, Role.COORDINATOR)
    asking.people["Tor"] = tor
    await add_liv(asking)
    kari, asked = await asking.opened_by("Kari"), await question(asking)
    await proposals.record(kari, asked, yes=False, method=ConsentMethod.ORAL, remark="Ola sa nei.")
    notice = select(QueuedNotice.id).where(col(QueuedNotice.kind) == Notice.PROPOSAL_ANSWERED)
    assert await asking.told((await asking.session.scalars(notice)).one()) == {"Ola", "Tor"}


async def test_only_those_who_ask_and_answer_read_the_answers(asking: Here) -> None:
    await add_liv(asking)
    await proposals.decline(await asking.opened_by("Ola"), await question(asking))
    for name, number in (("Kari", 1), ("Ola", 1), ("Pål", 0), ("Gro", 0), ("Else", 0)):
        assert len(await answered(await asking.opened_by(name))) == number
