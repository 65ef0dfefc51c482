"""Destroys deleted plans for good, once the time to fetch them back is over (C12)."""

from jobs.kit import Kit
from permissions.destroying import destroy, plans_to_destroy
from permissions.house import open_as_house

JOB = "destroy-plans"


async def destroy_plans(kit: Kit) -> str:
    """Each in a transaction of its own."""
    async with kit.database.reading() as session:
        due = await plans_to_destroy(open_as_house(session, JOB))
    destroyed = 0
    for plan_id in due:
        async with kit.database.writing() as session:
            destroyed += await destroy(open_as_house(session, JOB), plan_id)
    return f"destroyed={destroyed}"
