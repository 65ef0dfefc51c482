"""A hamlet in which Kari coordinates a plan, and Anne takes part without a way in."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlmodel import col, select

from models.accounts.rules import LinkPurpose
from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import Invitation
from models.base import seal
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.queries import vault
from models.organisation.tables import Municipality
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan
from models.rights import Role
from permissions.inviting import Wanted, Way, invite
from permissions.sign_in.links import living_link
from tests.hamlet import Hamlet

BASE, MAIL, MOBILE = "https://m.example", "anne@post.example", "00000001"
ANNES, OTHERS = "01410112345", "02410112345"
"""Numbers of nobody: the rules of a fødselsnummer are not asked here."""


def wanted(way: Way = Way.HAND, **other: str) -> Wanted:
    return Wanted(**{"user_name": MAIL, "email": MAIL, "mobile": "", "way": way} | other)  # type: ignore[arg-type]


@dataclass
class Hall:
    hamlet: Hamlet
    place: Municipality
    plan: Plan
    anne: Person
    annes_part: Participant

    @property
    def session(self) -> Any:
        return self.hamlet.session

    async def opened(self, name: str = "kari") -> OpenPlan:
        return await self.hamlet.opened(self.plan, name)

    async def invite(self, way: Way = Way.HAND, **other: str) -> str:
        """The token of the link."""
        return await self.invite_in(self.annes_part.id, way, **other)

    async def invite_in(self, participant_id: UUID, way: Way = Way.HAND, **other: str) -> str:
        link = await invite(await self.opened(), participant_id, wanted(way, **other), BASE)
        await self.session.flush()
        assert link.startswith(f"{BASE}/invitation/")
        return urlsplit(link).path.rpartition("/")[2]

    async def link(self, token: str) -> Invitation | None:
        return await living_link(self.session, token, *LinkPurpose)

    async def joining(self, way: Way = Way.JOIN_HAND) -> UUID:
        """The id of a new link that asks for ID-porten."""
        link = await self.link(await self.invite(way))
        assert link
        return link.id

    async def knows_number(self, number: str = ANNES) -> None:
        seal(await vault(self.session, self.anne.key_id), self.anne, national_id=number)
        self.anne.national_id_index = self.session.keys.blind_indexes("person.national_id", number)[0]
        await self.session.flush()

    async def account(self, user_name: str = MAIL) -> Account:
        return (await self.session.scalars(select(Account).where(col(Account.user_name) == user_name))).one()  # type: ignore[no-any-return]

    async def logged(self, *subjects: str) -> list[tuple[str, Any]]:
        await self.session.flush()
        rows = await self.session.scalars(select(LogRow).order_by(col(LogRow.at)))
        return [(row.event.value, row.details) for row in rows if row.event.startswith(subjects)]

    async def told(self, kind: Notice) -> list[UUID]:
        await self.session.flush()
        found = select(Delivery.account_id).join(QueuedNotice, col(QueuedNotice.id) == Delivery.notice_id)
        return list(await self.session.scalars(found.where(col(QueuedNotice.kind) == kind)))


async def build_hall(session: Any) -> Hall:
    hamlet = Hamlet(session)
    place, anne = await hamlet.municipality(), None
    plan = await hamlet.plan(place)
    for name, role in {"Kari": Role.COORDINATOR, "Pål": Role.PROVIDER, "Eva": Role.COORDINATOR}.items():
        await hamlet.participant(plan, await hamlet.person(place, name), role)
    anne = await hamlet.person(place, "Anne")
    anne.account_id = None
    return Hall(hamlet, place, plan, anne, await hamlet.participant(plan, anne, Role.GUARDIAN))
