"""Answers to an invitation through ID-porten (F25): the right person comes in, and a forwarded link opens nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.proof import Viewer
from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity, JoinRequest
from models.accounts.tables.sign_in import Invitation
from models.base import pick
from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Notice
from models.people.tables import Person
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Role
from permissions import joining
from permissions.door import open_plan
from permissions.inviting import Way
from tests.hamlet import refused
from tests.permissions.invited import ANNES, MAIL, OTHERS, Hall, build_hall
from tests.signing_in import viewer_for

pytestmark = pytest.mark.feature("F25")


@pytest.fixture
async def hall(database: Database) -> AsyncIterator[Hall]:
    async with database.writing() as session:
        yield await build_hall(session)


async def linked(hall: Hall, name: str, number: str) -> Account:
    """Somebody who signs in with ID-porten already."""
    account = await hall.hamlet.account(name)
    index = hall.session.keys.blind_indexes("identity.pid", number)[0]
    await hall.hamlet.put(Identity(account_id=account.id, pid_index=index, linked_at=hall.session.clock.now()))
    return account


async def owner(hall: Hall, number: str) -> UUID | None:
    await hall.session.flush()
    index = hall.session.keys.blind_indexes("identity.pid", number)[0]
    found = pick(Identity.account_id).where(col(Identity.pid_index) == index)
    account_id: UUID | None = await hall.session.scalar(found)
    return account_id


async def asks(hall: Hall, number: str = OTHERS) -> UUID:
    """The id of the request that an answer with this number leaves."""
    assert await joining.answer(hall.session, await hall.joining(), number) is None
    await hall.session.flush()
    request_id: UUID = (await hall.session.scalars(pick(JoinRequest.id))).one()
    return request_id


async def test_the_cards_own_number_lets_its_person_in(hall: Hall) -> None:
    await hall.knows_number()
    answered = await joining.answer(hall.session, await hall.joining(), ANNES)
    account = await hall.account()
    assert answered == account.id
    assert (hall.anne.account_id, await owner(hall, ANNES)) == (account.id, account.id)
    assert ("person.joined", {"person": str(hall.anne.id), "how": "id_porten"}) in await hall.logged("person.")


async def test_who_signs_in_already_keeps_the_account_they_have(hall: Hall) -> None:
    await hall.knows_number()
    known = await linked(hall, "anne.før", ANNES)
    answered = await joining.answer(hall.session, await hall.joining(), ANNES)
    assert (answered, hall.anne.account_id) == (known.id, known.id)


@pytest.mark.parametrize("card", [None, ANNES])
async def test_without_the_cards_number_a_coordinator_is_asked_and_nothing_is_open(
    hall: Hall, card: str | None
) -> None:
    if card:
        await hall.knows_number(card)
    await asks(hall)
    assert (hall.anne.account_id, await owner(hall, OTHERS)) == (None, None)
    coordinators = pick(Account.id).where(col(Account.user_name).in_(("kari", "eva")))
    assert set(await hall.told(Notice.JOIN_ASKED)) == set(await hall.session.scalars(coordinators))
    assert ("join.asked", {"person": str(hall.anne.id)}) in await hall.logged("join.")


async def test_the_link_works_once(hall: Hall) -> None:
    await hall.knows_number()
    link = await hall.joining()
    await joining.answer(hall.session, link, OTHERS)
    with pytest.raises(NotFound):
        await joining.answer(hall.session, link, ANNES)


async def test_the_link_works_for_a_week(hall: Hall, clock: SteppingClock) -> None:
    link = await hall.joining()
    clock.move(timedelta(days=7))
    with pytest.raises(NotFound):
        await joining.answer(hall.session, link, ANNES)


async def test_a_link_to_a_first_password_is_no_way_to_join(hall: Hall) -> None:
    link = await hall.link(await hall.invite(Way.HAND))
    assert link
    with pytest.raises(NotFound):
        await joining.answer(hall.session, link.id, ANNES)


async def test_a_card_that_has_got_an_account_meanwhile_is_not_taken_over(hall: Hall) -> None:
    await hall.knows_number(OTHERS)
    link = await hall.joining()
    hall.anne.account_id = (await hall.hamlet.account("annes")).id
    await hall.session.flush()
    with pytest.raises(NotFound):
        await joining.answer(hall.session, link, OTHERS)


async def test_a_coordinator_who_confirms_attaches_and_tells_the_person(hall: Hall) -> None:
    await joining.confirm(await hall.opened(), await asks(hall))
    account = await hall.account()
    assert (hall.anne.account_id, await owner(hall, OTHERS)) == (account.id, account.id)
    assert await hall.told(Notice.JOIN_CONFIRMED) == [account.id]
    assert ("join.confirmed", {"person": str(hall.anne.id)}) in await hall.logged("join.")


async def test_a_refused_answer_opens_nothing_and_the_person_can_be_invited_anew(hall: Hall) -> None:
    await joining.refuse(await hall.opened(), await asks(hall))
    assert (hall.anne.account_id, await owner(hall, OTHERS)) == (None, None)
    request = (await hall.session.scalars(select(JoinRequest))).one()
    assert (request.accepted, request.pid_index) == (False, None)
    await hall.knows_number()
    assert await joining.answer(hall.session, await hall.joining(), ANNES) == (await hall.account()).id


async def test_an_answer_is_answered_once(hall: Hall) -> None:
    request = await asks(hall)
    await joining.refuse(await hall.opened("eva"), request)
    for deed in (joining.confirm, joining.refuse):
        with pytest.raises(Conflict):
            await deed(await hall.opened("kari"), request)


async def test_only_who_may_change_participants_answers(hall: Hall) -> None:
    request, plan = await asks(hall), await hall.opened("pål")
    for deed in (joining.confirm, joining.refuse):
        assert await refused(deed(plan, request)) is Reason.LEVEL_TOO_LOW


async def test_another_plans_coordinator_finds_no_such_answer(hall: Hall) -> None:
    request, other = await asks(hall), await hall.hamlet.plan(hall.place)
    await hall.hamlet.participant(other, await hall.hamlet.person(hall.place, "Ola"), Role.COORDINATOR)
    for deed in (joining.confirm, joining.refuse):
        with pytest.raises(NotFound):
            await deed(await hall.hamlet.opened(other, "ola"), request)


async def test_who_has_a_card_of_their_own_here_cannot_be_made_another(hall: Hall) -> None:
    stranger = await linked(hall, "fremmed", OTHERS)
    await hall.hamlet.person(hall.place, "Fremmed", stranger)
    await hall.knows_number(OTHERS)
    request = await asks(hall)
    with pytest.raises(Invalid) as refusal:
        await joining.confirm(await hall.opened(), request)
    assert refusal.value.fields["request"].startswith("Den som svarte, har et annet personkort")
    assert hall.anne.account_id is None


async def test_an_answer_never_reaches_an_account_that_is_anothers_by_now(hall: Hall) -> None:
    request, account = await asks(hall), await hall.account()
    now = hall.session.clock.now()
    await hall.hamlet.put(Identity(account_id=account.id, pid_index="another", linked_at=now))
    with pytest.raises(Invalid):
        await joining.confirm(await hall.opened(), request)


DEEDS = (joining.confirm, joining.refuse)


async def act(database: Database, hall: Hall, viewer: Viewer, deed: Callable[..., Any], request: UUID) -> None:
    async with database.writing() as own:
        await deed(await open_plan(own, viewer, hall.plan.id), request)


async def test_of_two_who_confirm_and_refuse_at_once_one_decides(database: Database) -> None:
    async with database.writing() as session:
        hall = await build_hall(session)
        request = await asks(hall)
        opened = [await viewer_for(session, name) for name in ("kari", "eva")]
    outcomes = await asyncio.gather(
        *(act(database, hall, viewer, deed, request) for viewer, deed in zip(opened, DEEDS, strict=True)),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "NoneType"]
    async with database.reading() as session:
        answered = (await session.scalars(select(JoinRequest))).one()
        attached = await session.scalar(pick(Person.account_id).where(col(Person.id) == hall.anne.id))
    assert answered.accepted is (attached is not None)


async def test_of_two_who_open_the_link_at_once_one_is_let_in(database: Database) -> None:
    async with database.writing() as session:
        hall = await build_hall(session)
        await hall.knows_number()
        link = await hall.joining()

    async def come(number: str) -> UUID | None:
        async with database.writing() as own:
            return await joining.answer(own, link, number)

    outcomes = await asyncio.gather(come(ANNES), come(ANNES), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotFound", "UUID"]


async def test_an_address_is_spent_when_the_link_is(hall: Hall) -> None:
    await asks(hall)
    assert all(await hall.session.scalars(pick(Invitation.used_at)))
    assert (await hall.account(MAIL)).password_hash is None
