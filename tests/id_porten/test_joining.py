"""An invitation that asks for ID-porten attaches only the one it is for (F25): links get forwarded."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from models.accounts.rules import LinkPurpose
from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity, JoinRequest
from models.accounts.tables.sign_in import SignInSession
from models.database import Database
from models.people.tables import Person
from models.rights import Assurance
from permissions.sign_in.links import make_link
from tests.client import Visitor
from tests.id_porten.conftest import OWNER, Traveller, national_id, offer_id_porten
from tests.id_porten.provider import SUBSTANTIAL

Travel = Callable[..., Traveller]
pytestmark = pytest.mark.feature("F25")


@pytest.fixture
async def link(town: Database, ip: str) -> str:
    """To the plan owner, whose card has no account yet."""
    async with town.writing() as session:
        account = (await session.scalars(select(Account).where(Account.user_name == OWNER))).one()
        person = (await session.scalars(select(Person).where(Person.account_id == account.id))).one()
        person.account_id = None
        place = {"person_id": person.id, "municipality_id": person.municipality_id}
        return await make_link(session, account.id, LinkPurpose.JOIN, mailed=True, **place)


async def sets_out(traveller: Traveller, link: str) -> str:
    """Presses the page's one button; where ID-porten is."""
    page = await traveller.visitor.get(link)
    answer = await traveller.visitor.browser.post(page.form().get("action") or link, data=page.typed())
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def owner_of_card(town: Database) -> str | None:
    """The user name that the card of the plan owner belongs to."""
    async with town.reading() as session:
        account = (await session.scalars(select(Account).where(Account.user_name == OWNER))).one()
        cards = list(await session.scalars(select(Person).where(Person.account_id == account.id)))
        return account.user_name if cards else None


async def test_who_the_invitation_is_for_is_attached_and_in(
    travel: Travel, visit: Callable[..., Visitor], town: Database, number: str, link: str
) -> None:
    traveller = travel(visit(OWNER))
    back = await traveller.visitor.get(await traveller.comes_back(await sets_out(traveller, link), number))
    assert (back.status, back.goes_to) == (303, "/plans")
    assert await owner_of_card(town) == OWNER
    async with town.reading() as session:
        (begun,) = await session.scalars(select(SignInSession))
        assert begun.assurance is Assurance.HIGH
        assert len(list(await session.scalars(select(Identity)))) == 1
    assert (await traveller.visitor.get(link)).status == 404


async def test_a_forwarded_link_opens_nothing_before_the_coordinator_has_confirmed(
    travel: Travel, town: Database, link: str
) -> None:
    traveller = travel()
    stranger = await national_id(town, "foresatt@fjordvik.example")
    page = await traveller.visitor.get(await traveller.comes_back(await sets_out(traveller, link), stranger))
    assert (page.status, page.heading) == (200, "Takk, nå må koordinatoren bekrefte")
    assert "medvirk" not in traveller.visitor.browser.cookies
    assert await owner_of_card(town) is None
    async with town.reading() as session:
        assert len(list(await session.scalars(select(JoinRequest)))) == 1
        assert not list(await session.scalars(select(SignInSession)))


async def test_a_lower_level_leaves_the_link_as_it_was(
    travel: Travel, visit: Callable[..., Visitor], town: Database, number: str, link: str
) -> None:
    traveller = travel(visit(OWNER))
    address = await traveller.comes_back(await sets_out(traveller, link), number, level=SUBSTANTIAL)
    assert (await traveller.visitor.get(address)).status == 403
    assert (await traveller.visitor.get(link)).status == 200


async def test_where_id_porten_was_switched_off_meanwhile_nobody_is_attached(
    travel: Travel, town: Database, number: str, link: str
) -> None:
    traveller = travel()
    address = await traveller.comes_back(await sets_out(traveller, link), number)
    await offer_id_porten(town, "Fjordvik", offered=False)
    assert (await traveller.visitor.get(address)).status == 403
    assert await owner_of_card(town) is None
