"""What the tests of appointments share: giving one, ending one, and looking at the list."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.accounts.tables.account import Account, Appointment
from models.database import Database
from models.people.tables import KeptApart, Person
from models.rights import Duty

SUPER, ADMIN, TEACHER, OWNER = "superadmin@fjordvik", "admin.helse@fjordvik", "laerer@fjordvik", "planeier@fjordvik"
TODAY, TOMORROW, YESTERDAY = "2026-11-20", "2026-11-21", "2026-11-19"
MADE = "er oppnevnt, og får beskjed om det."


async def person_of(town: Database, user_name: str) -> str:
    async with town.reading() as session:
        found = select(Person.id).join(Account, col(Account.id) == Person.account_id)
        people = list(await session.scalars(found.where(col(Account.user_name) == f"{user_name}.example")))
    return str(people[0])


async def appoint(client: Any, town: Database, whom: str = TEACHER, **entry: Any) -> Any:
    typed = {"duty": "analyst", "valid_from": TODAY, "person_id": await person_of(town, whom)} | entry
    return await client.post("/admin/appointments/do/appoint", json=typed)


async def listed(client: Any, query: str = "") -> list[dict[str, Any]]:
    answer = await client.get(f"/admin/appointments/list?perPage=100{query}")
    found: list[dict[str, Any]] = answer.json()["data"]["items"]
    return found


async def of(client: Any, whom: str, duty: str) -> dict[str, Any]:
    [row] = await listed(client, f"&q={whom}.example&duty={duty}")
    return row


async def finish(client: Any, row: dict[str, Any]) -> Any:
    return await client.post(f"/admin/appointments/do/end-appointment/{row['id']}", json={})


async def rows(town: Database, whom: str, duty: Duty) -> list[Appointment]:
    async with town.reading() as session:
        found = select(Appointment).join(Account, col(Account.id) == Appointment.account_id)
        mine = col(Account.user_name) == f"{whom}.example", col(Appointment.duty) == duty
        return list(await session.scalars(found.where(*mine).order_by(col(Appointment.valid_from))))


def errors(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422
    wrong: dict[str, str] = answer.json()["errors"]
    return wrong


async def kept_apart(town: Database, *names: str) -> None:
    first, second = [UUID(await person_of(town, name)) for name in names]
    async with town.writing() as session:
        place = (await session.scalars(select(Person).where(Person.id == first))).one().municipality_id
        made = {"made_at": session.clock.now(), "made_by": first}
        session.add(KeptApart(municipality_id=place, first_id=first, second_id=second, **made))


async def account_of(session: Any, name: str) -> Account:
    found: Account = (await session.scalars(select(Account).where(Account.user_name == f"{name}.example"))).one()
    return found
