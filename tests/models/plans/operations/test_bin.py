"""Bringing back what was deleted, and what an item said before (N10, N11)."""

import pytest

from models.base import unseal
from models.plans.operations import activities, comments, goal_history, goals, life_areas, undoing
from models.plans.operations.activities import ActivityContent
from models.plans.operations.bin import restore
from models.plans.operations.keeping import keep
from models.plans.queries.revisions import versions
from models.plans.tables import kinds
from models.refusals import Conflict, Reason
from models.rights import Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here


@pytest.mark.feature("N11")
async def test_a_goal_deleted_in_history_comes_back_to_history(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goal_history.to_history(plan, goal, 1)
    await goals.delete(plan, goal)
    await restore(plan, goal)
    assert (goal.deleted_at, goal.historic_at is None) == (None, False)


@pytest.mark.feature("N10")
async def test_an_older_version_brings_back_what_it_said_and_not_where_it_lay(here: Here) -> None:
    plan = await here.opened_by("Kari")
    first, second = await goals.add(plan, title="Sove godt"), await goals.add(plan, title="Gå tur")
    activity = await activities.add(plan, first, ActivityContent(title="Lese", extent="hver kveld"))
    await activities.change(plan, activity, 1, ActivityContent(title="Lese høyt", due_on=plan.today))
    activity.goal_id = second.id
    await keep(plan, activity, kinds.ACTIVITY.changed, fields=["goal_id"])
    old = (await versions(plan, activity))[0]
    await undoing.bring_back(plan, activity, 3, old)
    assert (unseal(plan.vault, activity, "title"), activity.due_on, activity.goal_id) == ("Lese", None, second.id)
    with pytest.raises(Conflict):
        await undoing.bring_back(plan, activity, 3, old)


async def test_what_somebody_signed_is_brought_back_by_them_alone(here: Here) -> None:
    gro = await here.opened_by("Gro")
    goal = await goals.add(await here.opened_by("Kari"), title="Sove godt")
    said = await comments.add(gro, goal, "Bra!")
    await comments.change(gro, said, 1, "Ikke så bra.")
    first, _second = await versions(gro, said)
    kari = await here.opened_by("Kari")
    assert await refused(undoing.bring_back(kari, said, 2, first)) is Reason.NOT_YOURS
    await undoing.bring_back(gro, said, 2, first)
    assert unseal(gro.vault, said, "text") == "Bra!"


async def test_an_area_mapped_anew_by_hidden_hands_is_not_told_of(here: Here) -> None:
    plan = await here.opened_by("Kari")
    area = await life_areas.add(plan, area=Element.HEALTH, text="Først.")
    await life_areas.delete(plan, area, 1)
    new = await life_areas.add(plan, area=Element.HEALTH, text="På nytt.")
    with pytest.raises(Conflict, match="kartlagt på nytt"):
        await restore(plan, area)
    await here.hamlet.grant(here.participants["Kari"], Element.HEALTH, new.id, Level.NONE)
    assert await refused(restore(await here.opened_by("Kari"), area)) is Reason.LEVEL_TOO_LOW
