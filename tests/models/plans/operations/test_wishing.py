"""Whom the owner's side wishes to have along (F110)."""

import pytest
from sqlalchemy import func
from sqlmodel import select

from models.notices.tables import Delivery
from models.plans.operations import participants, wishing
from models.plans.queries.proposals import Wish, proposal_of, told, why_not, wish_of, wishes
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here
from tests.models.plans.operations.asking import add_liv, question


@pytest.mark.feature("F110")
async def test_the_owners_own_people_need_no_other_yes(asking: Here) -> None:
    await wishing.wish(await asking.opened_by("Ola"), Wish("Bestemor Berit", Role.OTHER, "bestemor"))
    kari = await asking.opened_by("Kari")
    [wished] = await wishes(kari)
    berit = await asking.hamlet.person(asking.municipality, "Berit")
    added = await participants.add(kari, berit, Role.OTHER, wished=told(kari, wished))
    await wishing.fulfil(kari, wished, added)
    assert (await asking.opened_by("Berit")).role is Role.OTHER
    assert (await wishes(kari), wished.participant_id) == ([], added.id)
    with pytest.raises(Conflict):
        await wishing.fulfil(kari, wished, added)


@pytest.mark.parametrize("name", ["Pål", "Gro", "Kari"])
async def test_only_who_decides_may_wish(asking: Here, name: str) -> None:
    plan = await asking.opened_by(name)
    assert await refused(wishing.wish(plan, Wish("Berit", Role.OTHER))) is Reason.LEVEL_TOO_LOW


@pytest.mark.parametrize(
    "wanted",
    [
        *(Wish("", Role.OTHER), Wish("x" * 101, Role.OTHER), Wish("Berit", Role.COORDINATOR)),
        *(Wish("Berit", Role.OTHER, "x" * 200_000), Wish("Berit", Role.OTHER, "", "x" * 101)),
    ],
)
async def test_a_wish_that_cannot_be_is_refused(asking: Here, wanted: Wish) -> None:
    with pytest.raises(Invalid):
        await wishing.wish(await asking.opened_by("Ola"), wanted)


@pytest.mark.feature("F110")
async def test_the_coordinators_are_told_of_a_wish_and_of_the_same_wish_once(asking: Here) -> None:
    ola, wanted = await asking.opened_by("Ola"), Wish("Berit", Role.OTHER, "nabo")
    first = await wishing.wish(ola, wanted)
    assert await asking.told() == {"Kari"}
    assert await wishing.wish(ola, wanted) is first
    assert len(await wishes(ola)) == 1
    assert len(await asking.events(of="proposal.made")) == 1
    assert await asking.session.scalar(select(func.count()).select_from(Delivery)) == 1


@pytest.mark.feature("F110")
async def test_a_wish_that_was_turned_down_tells_why_and_can_be_wished_again(asking: Here) -> None:
    ola, kari, wanted = await asking.opened_by("Ola"), await asking.opened_by("Kari"), Wish("Berit", Role.OTHER)
    first = await wishing.wish(ola, wanted)
    with pytest.raises(Invalid):
        await wishing.refuse_wish(kari, first, "x" * 501)
    await wishing.refuse_wish(kari, first, "Har ikke tid")
    assert (why_not(ola, first), told(ola, first)) == ("Har ikke tid", wanted)
    assert await asking.told() == {"Kari", "Ola"}
    assert await wishing.wish(ola, wanted) is not first


@pytest.mark.parametrize("name", ["Pål", "Gro", "Else", "Kari"])
async def test_only_the_owners_side_takes_a_wish_back(asking: Here, name: str) -> None:
    made = await wishing.wish(await asking.opened_by("Ola"), Wish("Berit", Role.OTHER))
    assert await refused(wishing.withdraw_wish(await asking.opened_by(name), made)) is Reason.LEVEL_TOO_LOW
    assert made.answered_at is None


@pytest.mark.parametrize("name", ["Pål", "Gro", "Else", "Ola"])
async def test_only_who_adds_participants_turns_a_wish_down(asking: Here, name: str) -> None:
    made = await wishing.wish(await asking.opened_by("Ola"), Wish("Berit", Role.OTHER))
    assert await refused(wishing.refuse_wish(await asking.opened_by(name), made)) is Reason.LEVEL_TOO_LOW
    assert made.answered_at is None


async def test_a_question_is_no_wish_and_a_wish_no_question(asking: Here) -> None:
    added, kari = await add_liv(asking), await asking.opened_by("Kari")
    asked, ola = await question(asking), await asking.opened_by("Ola")
    made = await wishing.wish(ola, Wish("Berit", Role.OTHER))
    with pytest.raises(NotFound):
        await wishing.fulfil(kari, asked, added)
    with pytest.raises(NotFound):
        await wish_of(kari, asked.id)
    with pytest.raises(NotFound):
        await proposal_of(kari, made.id)
