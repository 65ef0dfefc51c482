"""What was under way to an account stops when its ways change, and when the operator appoints its owner."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.rules import CodeChannel, LinkPurpose, SignInMethod
from models.accounts.tables.account import Account
from models.base import seal
from models.database import Database
from models.organisation.queries import vault
from models.refusals import NotSignedIn
from permissions.sign_in import one_time_codes, sessions
from permissions.sign_in.attempts import ADDRESS, Locked, count_address, network
from permissions.sign_in.invitations import invite_superadministrator
from permissions.sign_in.links import living_link, make_link, shut
from permissions.viewer import viewer_of
from tests.hamlet import Hamlet

NAME = "sjef@vik.example"


@pytest.fixture
async def account_id(database: Database) -> UUID:
    """Somebody made the account before, and left a password, a number and an address of their own in it."""
    async with database.writing() as session:
        hamlet = Hamlet(session)
        vik = await hamlet.municipality()
        made = await hamlet.account(NAME, "a hash")
        await hamlet.person(vik, "Iver", made)
        seal(await vault(session, made.key_id), made, email="en.annen@vik.example", mobile="00000003")
        made.code_channel = CodeChannel.SMS
        return made.id


async def test_codes_and_links_under_way_are_dead(database: Database, account_id: UUID) -> None:
    async with database.writing() as session:
        token = await one_time_codes.send_code(session, account_id)
        path = await make_link(session, account_id, LinkPurpose.RESET, mailed=True)
        await shut(session, account_id)
    async with database.reading() as session:
        assert await one_time_codes.waiting(session, token) is None
        assert await living_link(session, path.rsplit("/", 1)[1], LinkPurpose.RESET) is None


@pytest.mark.feature("F207")
async def test_whoever_prepared_the_account_is_outside_when_the_operator_appoints(
    database: Database, account_id: UUID
) -> None:
    async with database.writing() as session:
        begun = await sessions.begin(session, account_id, SignInMethod.SMS)
        await invite_superadministrator(session, NAME, "Vik")
    async with database.reading() as session:
        account = (await session.scalars(select(Account).where(col(Account.id) == account_id))).one()
        assert (account.password_hash, account.mobile, account.totp_secret) == (None, None, None)
        assert account.code_channel is CodeChannel.EMAIL
        with pytest.raises(NotSignedIn):
            await viewer_of(session, begun.token)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_who_has_an_ipv6_network_is_counted_as_one(address: str, counted: str) -> None:
    assert network(address) == counted


async def test_spraying_from_one_ipv6_network_meets_the_brake(database: Database) -> None:
    async with database.writing() as session:
        for number in range(ADDRESS.tries):
            await count_address(session, f"2001:db8::{number:x}")
        with pytest.raises(Locked):
            await count_address(session, "2001:db8::ffff")
