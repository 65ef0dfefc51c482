"""Tells coordinators of birthdays that change who decides in a plan (N4): 90 days before, so that there is time to ask
the young person, and to go through what the guardians see."""

from jobs.kit import Kit
from models.plans.operations import tasks
from models.plans.operations.tasks import NewTask
from permissions.ages import ComingOfAge, coming_of_age, who_sees_to_it
from permissions.house import open_as_house
from permissions.proofs import House

JOB = "age-watch"


async def watch_ages(kit: Kit) -> str:
    """Each birthday in a transaction of its own; what was asked before is not asked again."""
    async with kit.database.reading() as session:
        found = await coming_of_age(open_as_house(session, JOB))
    asked = [await _ask(kit, one) for one in found]
    return f"asked={sum(asked)}"


async def _ask(kit: Kit, one: ComingOfAge) -> int:
    """How many tasks it made."""
    async with kit.database.writing() as session:
        recipients = await who_sees_to_it(open_as_house(session, JOB), one.plan_id)
        about = House(session, one.municipality_id, one.plan_id)
        years, on = one.birthday.step.age, one.birthday.on
        wanted = [
            NewTask(
                kind=kind,
                once_key=f"age:{one.plan_id}:{one.participant_id}:{years}:{kind}",
                participant_id=one.participant_id,
                facts={"age": years, "on": on.isoformat()},
                due_on=on,
            )
            for kind in one.kinds
        ]
        made = [await tasks.ask(about, each, recipients) for each in wanted]
        return sum(task is not None for task in made)
