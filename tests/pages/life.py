"""The life areas as tests look at them, and rights to them given one by one."""

from uuid import UUID

from sqlmodel import col, select, update

from models.base import pick
from models.database import Database
from models.people.tables import Person
from models.plans.tables.life import LifeArea
from models.plans.tables.participants import Grant, Participant
from models.rights import Element, Level
from tests.client import Page, words

NAMES = ["Bolig", "Dagtid/arbeid/skole/aktivitet", "Helse", "Sosialt fellesskap/nettverk", "Økonomi", "Fritid"]
WORDS = "Jeg sover på sofaen, og det går bra."


def titles(page: Page) -> list[str]:
    return [words(title) for title in page.all("//section[contains(@class, 'area')]//h3")]


def section(page: Page, area: str) -> str:
    return words(page.one(f"//section[@id='{area}']"))


def offered(page: Page) -> list[str]:
    return [words(option) for option in page.all("//select[@name='area']/option")][1:]


async def living(town: Database, plan: str, area: Element) -> list[LifeArea]:
    async with town.reading() as session:
        mine = col(LifeArea.plan_id) == UUID(plan.rsplit("/", 1)[1]), col(LifeArea.area) == area
        return list(await session.scalars(select(LifeArea).where(*mine, col(LifeArea.deleted_at).is_(None))))


async def let(town: Database, plan: str, family_name: str, level: Level, *elements: Element) -> None:
    """Give the person another level on the elements."""
    mine = (
        pick(Participant.id)
        .join(Person, col(Person.id) == Participant.person_id)
        .where(col(Participant.plan_id) == UUID(plan.rsplit("/", 1)[1]), col(Person.family_name) == family_name)
    )
    async with town.writing() as session:
        whole = col(Grant.item_id).is_(None), col(Grant.element).in_(elements)
        await session.execute(update(Grant).where(col(Grant.participant_id).in_(mine), *whole).values(level=level))


async def open_one(town: Database, plan: str, family_name: str, area: LifeArea, level: Level) -> None:
    """A level of its own on the one item."""
    mine = (
        pick(Participant.id)
        .join(Person, col(Person.id) == Participant.person_id)
        .where(col(Participant.plan_id) == UUID(plan.rsplit("/", 1)[1]), col(Person.family_name) == family_name)
    )
    async with town.writing() as session:
        participant_id = (await session.scalars(mine)).one()
        own = {"municipality_id": area.municipality_id, "participant_id": participant_id}
        session.add(Grant(**own, element=area.area, item_id=area.id, level=level))
