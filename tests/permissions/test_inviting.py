"""A coordinator's invitations: who may be invited, what must be known of them, and what the link is."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import select

from models.accounts.rules import CodeChannel, LinkPurpose
from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity
from models.base import unseal
from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import Delivery
from models.organisation.queries import vault
from models.plans.queries.invitations import Step, invited
from models.refusals import Invalid, NotFound, Reason
from models.rights import Duty, Role
from permissions.inviting import Way, invite
from permissions.joining import answer
from permissions.sign_in.invitations import invite_superadministrator
from tests.hamlet import refused
from tests.permissions.invited import ANNES, BASE, MAIL, MOBILE, OTHERS, Hall, build_hall, wanted


@pytest.fixture
async def hall(database: Database) -> AsyncIterator[Hall]:
    async with database.writing() as session:
        yield await build_hall(session)


async def wrong(hall: Hall, way: Way = Way.HAND, **other: str) -> dict[str, str]:
    """The sentences with which the invitation is refused."""
    with pytest.raises(Invalid) as refusal:
        await hall.invite(way, **other)
    return refusal.value.fields


async def step(hall: Hall) -> Step:
    await hall.session.flush()
    return next(one.step for one in await invited(await hall.opened()) if one.somebody.name == "Anne Hansen")


@pytest.mark.feature("F16")
async def test_a_link_to_hand_over_gives_the_person_an_account_whose_codes_may_go_by_mail(hall: Hall) -> None:
    link = await hall.link(await hall.invite(Way.HAND))
    account = await hall.account()
    assert link
    assert (link.purpose, link.mailed, link.person_id) == (LinkPurpose.FIRST_PASSWORD, False, hall.anne.id)
    assert (hall.anne.account_id, account.code_channel) == (account.id, CodeChannel.EMAIL)
    assert unseal(await vault(hall.session, account.key_id), account, "email") == MAIL
    assert await hall.told(Notice.INVITED) == []


@pytest.mark.feature("F16")
async def test_a_mailed_link_goes_to_the_mailbox_and_its_codes_to_the_phone(hall: Hall) -> None:
    link = await hall.link(await hall.invite(Way.MAIL, mobile="00 00 00 01"))
    account = await hall.account()
    assert link
    assert (link.mailed, account.code_channel) == (True, CodeChannel.SMS)
    assert unseal(await vault(hall.session, account.key_id), account, "mobile") == MOBILE
    assert await hall.told(Notice.INVITED) == [account.id]


async def test_the_mail_holds_the_link_and_nothing_else_and_the_log_no_names(hall: Hall) -> None:
    token = await hall.invite(Way.MAIL, mobile=MOBILE)
    account = await hall.account()
    delivery = (await hall.session.scalars(select(Delivery))).one()
    payload = unseal(await vault(hall.session, account.key_id), delivery, "payload")
    assert payload == f"{BASE}/invitation/{token}"
    assert await hall.logged("account.", "invitation.") == [
        ("account.added", {"account": str(account.id)}),
        ("invitation.made", {"person": str(hall.anne.id), "mailed": True}),
    ]


@pytest.mark.parametrize(
    ("way", "typed", "field", "sentence"),
    [
        (Way.MAIL, {}, "mobile", "Lenken og kodene kan ikke gå til samme e-post."),
        (Way.MAIL, {"email": "", "mobile": MOBILE}, "email", "Skriv e-postadressen som lenken skal sendes til."),
        (Way.JOIN_MAIL, {"email": ""}, "email", "Skriv e-postadressen som lenken skal sendes til."),
        (Way.HAND, {"email": ""}, "email", "Skriv en e-postadresse eller et mobilnummer"),
        (Way.JOIN_HAND, {"email": ""}, "email", "Skriv en e-postadresse eller et mobilnummer"),
        (Way.HAND, {"email": "anne"}, "email", "Skriv hele e-postadressen"),
        (Way.HAND, {"mobile": "123"}, "mobile", "Skriv åtte sifre"),
        (Way.HAND, {"user_name": " "}, "username", "Bruk mellom 3 og 200 tegn"),
        (Way.HAND, {"user_name": "anne hansen"}, "username", "Bruk mellom 3 og 200 tegn"),
        (Way.HAND, {"user_name": "a" * 201}, "username", "Bruk mellom 3 og 200 tegn"),
        (Way.HAND, {"user_name": "ola@post.example"}, "username", "Et brukernavn med @ må være brukerens egen"),
        (Way.HAND, {"user_name": "kari"}, "username", "Brukernavnet er opptatt."),
        (Way.HAND, {"user_name": "KARI"}, "username", "Brukernavnet er opptatt."),
    ],
)
async def test_what_is_filled_in_wrong_is_said_beside_its_field(
    hall: Hall, way: Way, typed: dict[str, str], field: str, sentence: str
) -> None:
    assert (await wrong(hall, way, **typed))[field].startswith(sentence)


@pytest.mark.feature("F25")
async def test_an_invitation_to_id_porten_attaches_nobody_yet(hall: Hall) -> None:
    link = await hall.link(await hall.invite(Way.JOIN_MAIL))
    assert link
    assert (link.purpose, link.plan_id, hall.anne.account_id) == (LinkPurpose.JOIN, hall.plan.id, None)


async def test_who_is_invited_anew_keeps_one_account_and_the_last_link(hall: Hall) -> None:
    tokens = [await hall.invite(way, mobile=MOBILE) for way in (Way.HAND, Way.JOIN_HAND, Way.MAIL)]
    assert [await hall.link(token) is not None for token in tokens] == [False, False, True]
    assert hall.anne.account_id == (await hall.account()).id


async def test_a_name_that_was_mistyped_can_be_mended(hall: Hall) -> None:
    await hall.invite(user_name="ane.h")
    await hall.invite(user_name="anne.h")
    accounts = set(await hall.session.scalars(select(Account.user_name)))
    assert accounts & {"ane.h", "anne.h"} == {"anne.h"}


async def make_used(hall: Hall, how: str) -> None:
    """Something that a coordinator's link must not open."""
    account = await hall.account()
    match how:
        case "password":
            account.password_hash = "chosen"
        case "closed":
            account.disabled_at = hall.session.clock.now()
        case "linked":
            hall.session.add(Identity(account_id=account.id, pid_index="x", linked_at=hall.session.clock.now()))
        case "appointed":
            await hall.hamlet.appoint(account, hall.place, Duty.SUPERADMINISTRATOR)
        case "known elsewhere":
            await hall.hamlet.person(await hall.hamlet.municipality("Dal"), "Anne", account)
    await hall.session.flush()


@pytest.mark.parametrize("how", ["password", "closed", "linked", "appointed", "known elsewhere"])
async def test_an_account_in_use_cannot_be_taken_over_with_a_new_invitation(hall: Hall, how: str) -> None:
    await hall.invite()
    await make_used(hall, how)
    assert (await wrong(hall))["person"].startswith("Personen har allerede en bruker.")


@pytest.mark.feature("F24")
async def test_who_was_let_go_of_and_has_no_password_is_invited_anew_through_id_porten_only(hall: Hall) -> None:
    await hall.knows_number()
    account_id = await answer(hall.session, await hall.joining(), ANNES)
    linked = (await hall.session.scalars(select(Identity))).one()
    assert (await wrong(hall, Way.JOIN_HAND))["person"].startswith("Personen har allerede en bruker.")
    linked.ended_at = hall.session.clock.now()
    await hall.session.flush()
    assert await step(hall) is Step.NOBODY
    assert (await wrong(hall, Way.HAND))["way"].startswith("Personen har brukt ID-porten før.")
    await hall.knows_number(OTHERS)
    assert await answer(hall.session, await hall.joining(), OTHERS) == account_id == hall.anne.account_id


@pytest.mark.feature("F207")
async def test_a_coordinators_link_does_not_open_a_duty_that_was_given_later(hall: Hall) -> None:
    token = await hall.invite()
    await invite_superadministrator(hall.session, MAIL, "Vik")
    assert await hall.link(token) is None
    assert (await wrong(hall))["person"].startswith("Personen har allerede en bruker.")


async def test_who_may_not_change_participants_invites_nobody(hall: Hall) -> None:
    plan = await hall.opened("pål")
    assert await refused(invite(plan, hall.annes_part.id, wanted(), BASE)) is Reason.LEVEL_TOO_LOW


async def test_only_participants_of_the_plan_are_invited(hall: Hall) -> None:
    other_plan, elsewhere = await hall.hamlet.plan(hall.place), await hall.hamlet.municipality("Dal")
    theirs = await hall.hamlet.participant(other_plan, hall.anne, Role.PROVIDER)
    far_plan, far = await hall.hamlet.plan(elsewhere), await hall.hamlet.person(elsewhere, "Ole")
    theirs_far = await hall.hamlet.participant(far_plan, far, Role.OWNER)
    hall.annes_part.valid_to = hall.hamlet.today
    await hall.session.flush()
    for participant in (theirs, theirs_far, hall.annes_part):
        with pytest.raises(NotFound):
            await hall.invite_in(participant.id)


async def test_while_an_answer_waits_nobody_is_invited_past_it(hall: Hall) -> None:
    await answer(hall.session, await hall.joining(), OTHERS)
    assert (await wrong(hall))["person"].startswith("Noen har svart på en invitasjon.")


async def test_the_list_follows_each_on_the_way_in(hall: Hall, clock: SteppingClock) -> None:
    steps = [await step(hall)]
    await hall.invite()
    steps.append(await step(hall))
    clock.move(timedelta(days=7))
    steps.append(await step(hall))
    await answer(hall.session, await hall.joining(), OTHERS)
    steps.append(await step(hall))
    assert steps == [Step.NOBODY, Step.INVITED, Step.NOBODY, Step.ASKS]


async def test_who_has_chosen_a_password_has_an_account(hall: Hall) -> None:
    await hall.invite()
    await make_used(hall, "password")
    assert await step(hall) is Step.HAS_ACCOUNT
