"""Looking back (F209): who writes what, and whose the words are."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import update

from models.base import unseal
from models.plans.operations import evaluations, goals
from models.plans.operations.drafts import keep_draft
from models.plans.queries.evaluations import evaluations as read
from models.plans.queries.evaluations import my_last_day
from models.plans.rules.evaluations import EvaluationContent
from models.plans.rules.words import EvaluationKind, PlanState
from models.plans.tables.goals import Goal
from models.plans.tables.participants import Grant
from models.plans.tables.plan import PlanSpan
from models.plans.tables.together import Evaluation
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("F209")
SPRING = EvaluationContent(date(2026, 1, 1), date(2026, 6, 30), rating=4, text=" Vi sov bedre. ", expectations="Mer ro")
SCRIPT = "<p>Bra</p><ul><li>Ja<script>alert(1)</script></li></ul>"


@pytest.fixture
async def goal(here: Here) -> Goal:
    return await goals.add(await here.opened_by("Kari"), title="Sove i egen seng")


@pytest.fixture
async def thoughts(here: Here) -> Evaluation:
    """Gro's, on behalf of Ola."""
    return await evaluations.reflect(await here.opened_by("Gro"), SPRING)


async def test_a_reflection_is_kept_sealed_with_who_wrote_it(here: Here, thoughts: Evaluation) -> None:
    plan = await here.opened_by("Ola")
    assert (unseal(plan.vault, thoughts, "text"), unseal(plan.vault, thoughts, "expectations")) == (
        "Vi sov bedre.",
        "Mer ro",
    )
    assert thoughts.text
    assert b"sov" not in thoughts.text
    assert (thoughts.author_id, thoughts.participant_id) == (here.people["Gro"].id, here.participants["Gro"].id)
    assert (thoughts.kind, thoughts.goal_id, thoughts.rating) == (EvaluationKind.REFLECTION, None, 4)


async def test_adding_leaves_a_revision_and_a_log_row_and_no_notice(here: Here, thoughts: Evaluation) -> None:
    [revision] = await here.revisions(thoughts.id)
    assert (revision.number, revision.element) == (1, Element.EVALUATION)
    assert await here.events(of="evaluation") == [("evaluation.added", {})]
    assert await here.told() == set()


async def test_an_evaluation_lies_under_its_goal(here: Here, goal: Goal) -> None:
    kari = await here.opened_by("Kari")
    made = await evaluations.evaluate(kari, goal, SPRING)
    assert [element for element, _ in made.guarded_by()] == [Element.EVALUATION, Element.GOALS]
    pal = here.participants["Pål"]
    assert len((await read(await here.opened_by("Pål")))[0]) == 1
    await here.hamlet.grant(pal, Element.GOALS, goal.id, Level.NONE)
    assert await read(await here.opened_by("Pål")) == ([], 0)


@pytest.mark.feature("F83")
async def test_the_owner_and_guardians_write_no_yearly_report(here: Here) -> None:
    for name in ("Ola", "Gro"):
        assert await refused(evaluations.report(await here.opened_by(name), SPRING)) is Reason.LEVEL_TOO_LOW
        refusing = keep_draft(await here.opened_by(name), "/evaluation/yearly/new", {"text": "Nei"})
        assert await refused(refusing) is Reason.LEVEL_TOO_LOW
    made = await evaluations.report(await here.opened_by("Kari"), SPRING)
    assert made.kind is EvaluationKind.YEARLY


LEVELS = [(level, level >= Level.NEW) for level in Level]


@pytest.mark.parametrize(("level", "may_add"), LEVELS)
async def test_only_from_the_level_new_is_anything_added(
    here: Here, goal: Goal, level: Level, *, may_add: bool
) -> None:
    pal = here.participants["Pål"]
    mine = Grant.participant_id == pal.id, Grant.element == Element.EVALUATION
    await here.session.execute(update(Grant).where(*mine).values(level=level))
    plan = await here.opened_by("Pål")
    deeds = (
        evaluations.reflect(plan, SPRING),
        evaluations.evaluate(plan, goal, SPRING),
        evaluations.report(plan, SPRING),
    )
    for deed in deeds:
        if may_add:
            assert (await deed).revision == 1
        else:
            assert await refused(deed) is Reason.LEVEL_TOO_LOW


@pytest.mark.parametrize("level", list(Level))
async def test_only_with_the_level_delete_are_others_words_taken_away(
    here: Here, thoughts: Evaluation, level: Level
) -> None:
    mine = Grant.participant_id == here.participants["Pål"].id, Grant.element == Element.EVALUATION
    await here.session.execute(update(Grant).where(*mine).values(level=level))
    plan = await here.opened_by("Pål")
    if level is Level.DELETE:
        await evaluations.delete(plan, thoughts, 1)
        assert thoughts.deleted_at
    else:
        reason = await refused(evaluations.delete(plan, thoughts, 1))
        assert reason is (Reason.LEVEL_TOO_LOW if level is Level.NONE else Reason.NOT_YOURS)


async def test_a_goal_that_is_hidden_is_not_evaluated(here: Here, goal: Goal) -> None:
    await here.hamlet.grant(here.participants["Gro"], Element.GOALS, goal.id, Level.NONE)
    gro = await here.opened_by("Gro")
    assert await refused(evaluations.evaluate(gro, goal, SPRING)) is Reason.LEVEL_TOO_LOW


@pytest.mark.parametrize("name", ["Kari", "Ola", "Pål"])
async def test_nobody_else_changes_the_words(here: Here, thoughts: Evaluation, name: str) -> None:
    plan = await here.opened_by(name)
    assert await refused(evaluations.change(plan, thoughts, 1, SPRING)) is Reason.NOT_YOURS


async def test_the_author_changes_and_the_log_names_what_was_new(here: Here, thoughts: Evaluation) -> None:
    gro = await here.opened_by("Gro")
    await evaluations.change(gro, thoughts, 1, replace(SPRING, rating=2, text="Vi sov dårligere."))
    await evaluations.change(gro, thoughts, 2, replace(SPRING, rating=2, text="Vi sov dårligere."))
    assert (await here.events(of="evaluation"))[1:] == [("evaluation.changed", {"fields": ["rating", "text"]})]
    assert len(await here.revisions(thoughts.id)) == 2


async def test_two_at_once_lose_nothing(here: Here, thoughts: Evaluation) -> None:
    gro = await here.opened_by("Gro")
    await evaluations.change(gro, thoughts, 1, replace(SPRING, text="Først"))
    with pytest.raises(Conflict):
        await evaluations.change(gro, thoughts, 1, replace(SPRING, text="Så"))
    with pytest.raises(Conflict):
        await evaluations.delete(gro, thoughts, 1)
    assert unseal(gro.vault, thoughts, "text") == "Først"


async def test_nothing_is_half_saved_when_it_is_wrong(here: Here, thoughts: Evaluation) -> None:
    gro = await here.opened_by("Gro")
    with pytest.raises(Invalid):
        await evaluations.change(gro, thoughts, 1, replace(SPRING, text="Nytt", period_to=date(2025, 1, 1)))
    assert (thoughts.revision, thoughts.period_to) == (1, SPRING.period_to)
    assert unseal(gro.vault, thoughts, "text") == "Vi sov bedre."


async def test_an_ended_plan_is_read_only(here: Here, goal: Goal, thoughts: Evaluation) -> None:
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    kari, gro = await here.opened_by("Kari"), await here.opened_by("Gro")
    ended = Reason.PLAN_IS_INACTIVE
    assert await refused(evaluations.evaluate(kari, goal, SPRING)) is ended
    assert await refused(evaluations.change(gro, thoughts, 1, SPRING)) is ended
    assert await refused(evaluations.delete(kari, thoughts, 1)) is ended
    assert (await read(gro))[1] == 1


async def test_a_goal_in_history_is_not_evaluated_and_its_evaluations_stay(here: Here, goal: Goal) -> None:
    kari = await here.opened_by("Kari")
    made = await evaluations.evaluate(kari, goal, SPRING)
    goal.historic_at = here.session.clock.now()
    await here.session.flush()
    assert await refused(evaluations.evaluate(kari, goal, SPRING)) is Reason.IN_HISTORY
    assert await refused(evaluations.change(kari, made, 1, replace(SPRING, text="Nytt"))) is Reason.IN_HISTORY
    [shown], total = await read(kari)
    assert (shown.in_history, total) == (True, 1)


async def test_a_deleted_goal_takes_its_evaluations_along(here: Here, goal: Goal, thoughts: Evaluation) -> None:
    kari = await here.opened_by("Kari")
    await evaluations.evaluate(kari, goal, SPRING)
    await goals.delete(kari, goal)
    found, total = await read(kari)
    assert ([one.id for one in found], total) == ([thoughts.id], 1)


async def test_a_hidden_evaluation_is_neither_read_nor_counted(here: Here, thoughts: Evaluation) -> None:
    await here.hamlet.grant(here.participants["Pål"], Element.EVALUATION, thoughts.id, Level.NONE)
    assert await read(await here.opened_by("Pål")) == ([], 0)


async def test_they_come_by_period_the_newest_first_a_page_at_a_time(here: Here) -> None:
    kari = await here.opened_by("Kari")
    for month in (3, 9, 6):
        await evaluations.reflect(kari, replace(SPRING, period_to=date(2026, month, 1)))
    first, total = await read(kari, most=2)
    rest, _ = await read(kari, most=2, skip=2)
    assert ([one.period_to.month for one in [*first, *rest]], total) == ([9, 6, 3], 3)


async def test_the_next_period_begins_where_my_own_last_one_ended(here: Here, thoughts: Evaluation) -> None:
    assert await my_last_day(await here.opened_by("Gro"), EvaluationKind.REFLECTION) == SPRING.period_to
    assert await my_last_day(await here.opened_by("Kari"), EvaluationKind.REFLECTION) is None
    assert await my_last_day(await here.opened_by("Gro"), EvaluationKind.GOAL) is None


async def test_script_is_taken_out_of_rich_texts(here: Here) -> None:
    kari = await here.opened_by("Kari")
    made = await evaluations.report(kari, replace(SPRING, text=SCRIPT))
    assert "script" not in unseal(kari.vault, made, "text")


async def test_another_municipalitys_plan_has_no_draft_here(here: Here, goal: Goal) -> None:
    other = await here.hamlet.plan(here.municipality)
    await here.hamlet.participant(other, here.people["Kari"], (await here.opened_by("Kari")).role)
    elsewhere = await here.hamlet.opened(other, "kari")
    with pytest.raises(NotFound):
        await keep_draft(elsewhere, f"/evaluation/goals/{goal.id}/new", {"text": "Nei"})
    with pytest.raises(NotFound):
        await keep_draft(elsewhere, "/evaluation/other/new", {"text": "Nei"})


async def test_what_saving_demands_a_draft_demands(here: Here, goal: Goal, thoughts: Evaluation) -> None:
    gro, pal = await here.opened_by("Gro"), await here.opened_by("Pål")
    for place in ("/evaluation/new", f"/evaluation/goals/{goal.id}/new", f"/evaluation/{thoughts.id}/change"):
        assert await keep_draft(gro, place, {"text": "Foreløpig", "rating": "3"})
        assert await refused(keep_draft(pal, place, {"text": "Nei"})) in (Reason.LEVEL_TOO_LOW, Reason.NOT_YOURS)
