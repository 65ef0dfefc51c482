"""Deciding one participant's rights: from the form to what they see (F123-F129)."""

import pytest
from sqlmodel import col, select

from models.database import Database
from models.plans.rules.words import ProposalKind, ProposalState
from models.plans.tables.participants import Participant, Proposal
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.rights.conftest import Held, Of, an_activity, first_goal
from tests.plan_rows import end, give, id_of

LEVELS = ["Ingen tilgang", "Les", "Les, endre", "Les, endre, ny", "Les, endre, ny, slette"]


async def form(visitor: Visitor, plan: str, participant: str, ending: str = "") -> Page:
    return await visitor.get(f"{plan}/rights/{participant}/change{ending}")


@pytest.fixture
async def head(sign_in: SignIn) -> Visitor:
    """Coordinates the IOP, which rests on a decision."""
    return await sign_in("rektor")


@pytest.mark.feature("F123")
@pytest.mark.feature("F124")
@pytest.mark.feature("F129")
async def test_the_form_offers_five_levels_and_a_box_for_print(coordinator: Visitor, ip: str, of: Of) -> None:
    page = await form(coordinator, ip, await of(ip, "tjenesteyter"))
    assert [words(one).removesuffix(" (standard)") for one in page.all("//select[@name='goals']/option")] == LEVELS
    assert page.has("//input[@type='checkbox'][@name='print']")
    for area in ("housing", "daytime", "health", "social", "economy", "leisure", "subject_plans", "activities"):
        assert page.has(f"//select[@name='{area}']")


@pytest.mark.feature("F128")
async def test_the_calendar_is_everybodys_and_the_form_warns_of_it(coordinator: Visitor, ip: str, of: Of) -> None:
    page = await form(coordinator, ip, await of(ip, "tjenesteyter"))
    assert not page.has("//*[@name='calendar']")
    assert "Kalenderen er felles" in page.words


@pytest.mark.feature("F125")
async def test_less_is_so_at_once(coordinator: Visitor, sign_in: SignIn, ip: str, of: Of, held: Held) -> None:
    provider, them = await sign_in("tjenesteyter"), await of(ip, "tjenesteyter")
    assert (await provider.get(f"{ip}/goals")).status == 200
    sent = await coordinator.send(await form(coordinator, ip, them), goals="0")
    page = await coordinator.follow(sent)
    assert "Lagret." in page.words
    assert "Satt for" in page.words
    assert await held(them, Element.GOALS) is Level.NONE
    assert (await provider.get(f"{ip}/goals")).status == 403


@pytest.mark.feature("F8")
async def test_more_waits_for_the_owner_where_the_plan_rests_on_consent(
    coordinator: Visitor, ip: str, of: Of, held: Held, town: Database
) -> None:
    them = await of(ip, "assistent")
    sent = await coordinator.send(await form(coordinator, ip, them), health="1", comments="0")
    assert "sendt til godkjenning" in (await coordinator.follow(sent)).words
    assert await held(them, Element.HEALTH) is Level.NONE
    assert await held(them, Element.COMMENTS) is Level.NONE, "what was less, was done"
    async with town.reading() as session:
        asked = (await session.scalars(select(Proposal).where(col(Proposal.plan_id) == id_of(ip)))).all()
    mine = [one for one in asked if str(one.participant_id) == them and one.state is ProposalState.WAITING]
    assert [(one.kind, one.wanted) for one in mine] == [(ProposalKind.WIDEN, [["health", None, 1]])]


@pytest.mark.feature("F8")
async def test_what_waits_is_told_until_it_is_answered(coordinator: Visitor, sign_in: SignIn, ip: str, of: Of) -> None:
    them = await of(ip, "assistent")
    theirs = f"{ip}/rights/{them}"
    assert "når planeieren eller en foresatt har sagt ja" in (await form(coordinator, ip, them)).words
    await coordinator.follow(await coordinator.send(await form(coordinator, ip, them), health="1"))
    page = await coordinator.get(theirs)
    assert "Venter på svar siden" in page.words
    assert "Helse: Les" in page.words
    owner = await sign_in("planeier")
    question = await owner.get((await owner.get(theirs)).link("Se spørsmålet til planeieren"))
    approve = question.one("//form[contains(@action, '/approve')]")
    await owner.follow(await owner.post(approve.get("action"), dict(approve.form_values())))
    after = await coordinator.get(theirs)
    assert "Venter på svar" not in after.words
    assert "Helse Les Tilpasset" in after.words


async def test_nobody_is_told_to_wait_where_nobody_is_asked(head: Visitor, iop: str, of: Of) -> None:
    page = await form(head, iop, await of(iop, "laerer"))
    assert "Det du velger, gjelder fra du lagrer." in page.words
    assert "sagt ja" not in page.words


@pytest.mark.feature("F126")
async def test_the_roles_own_level_is_marked_among_the_choices(
    coordinator: Visitor, ip: str, of: Of, town: Database
) -> None:
    them = await of(ip, "tjenesteyter")
    page = await form(coordinator, ip, them)
    assert words(page.one("//select[@name='goals']/option[@selected]")) == "Les, endre (standard)"
    assert not page.has("//*[@id='goals-hint']")
    await give(town, ip, "tjenesteyter@fjordvik.example", Element.GOALS, Level.NONE)
    page = await form(coordinator, ip, them)
    assert words(page.one("//select[@name='goals']/option[@selected]")) == "Ingen tilgang"
    assert words(page.one("//*[@id='goals-hint']")) == "Standard for rollen Tjenesteyter: Les, endre."


async def test_more_is_so_at_once_where_it_rests_on_a_decision(head: Visitor, iop: str, of: Of, held: Held) -> None:
    them = await of(iop, "laerer")
    await head.follow(await head.send(await form(head, iop, them), evaluation="3", print="y"))
    assert await held(them, Element.EVALUATION) is Level.NEW
    assert await held(them, Element.PRINT) is Level.READ


@pytest.mark.feature("F125")
async def test_one_goal_may_be_hidden_and_its_activities_with_it(
    head: Visitor, sign_in: SignIn, iop: str, of: Of, town: Database
) -> None:
    goal, them, teacher = await first_goal(town, iop), await of(iop, "laerer"), await sign_in("laerer")
    assert (await teacher.get(f"{iop}/goals/{goal}")).status == 200
    page = await form(head, iop, them, "/goals")
    assert words(page.one(f"//select[@name='item-{goal}']/option[@selected]")).startswith("Som ellers")
    await head.follow(await head.send(page, **{f"item-{goal}": "0"}))
    assert (await teacher.get(f"{iop}/goals/{goal}")).status == 404
    for place in ("/timeline", "/goals", "/bin", "", "/promises"):
        assert str(goal) not in (await teacher.get(iop + place)).text, place
    again = await form(head, iop, them, "/goals")
    assert words(again.one(f"//select[@name='item-{goal}']/option[@selected]")) == "Ingen tilgang"
    await head.follow(await head.send(again, **{f"item-{goal}": ""}))
    assert (await teacher.get(f"{iop}/goals/{goal}")).status == 200


@pytest.mark.feature("F125")
async def test_one_activity_may_be_hidden_alone(
    head: Visitor, sign_in: SignIn, iop: str, of: Of, town: Database
) -> None:
    goal = await first_goal(town, iop)
    activity, them = await an_activity(town, goal), await of(iop, "laerer")
    await head.follow(await head.send(await form(head, iop, them, "/activities"), **{f"item-{activity}": "0"}))
    page = await (await sign_in("laerer")).get(f"{iop}/goals/{goal}")
    assert page.status == 200
    assert str(activity) not in page.text


@pytest.mark.feature("F125")
async def test_activities_are_chosen_under_the_goal_they_belong_to(
    head: Visitor, iop: str, of: Of, town: Database
) -> None:
    goal = await first_goal(town, iop)
    activity = await an_activity(town, goal)
    page = await form(head, iop, await of(iop, "laerer"), "/activities")
    over = page.one(f"//select[@name='item-{activity}']/preceding::h3[1]")
    assert words(over) in {words(one) for one in (await head.get(f"{iop}/goals/{goal}")).all("//h2 | //h3")}


async def test_back_to_the_standard_is_asked_about_and_done(
    head: Visitor, iop: str, of: Of, held: Held, town: Database
) -> None:
    goal, them = await first_goal(town, iop), await of(iop, "laerer")
    was = await held(them, Element.GOALS)
    await head.follow(await head.send(await form(head, iop, them), goals="0", log="y"))
    await head.follow(await head.send(await form(head, iop, them, "/goals"), **{f"item-{goal}": "1"}))
    question = await head.get(f"{iop}/rights/{them}/standard")
    assert "Mål: fra «Ingen tilgang» til" in question.words
    assert "1 enkeltvalg" in question.words
    await head.follow(await head.send(question))
    assert await held(them, Element.GOALS) is was
    assert await held(them, Element.GOALS, goal) is None
    assert "allerede standarden" in (await head.get(f"{iop}/rights/{them}/standard")).words


async def test_two_at_once_the_later_is_told_and_keeps_what_was_chosen(
    head: Visitor, iop: str, of: Of, held: Held
) -> None:
    them = await of(iop, "laerer")
    mine, theirs = await form(head, iop, them), await form(head, iop, them)
    await head.follow(await head.send(theirs, goals="0"))
    late = await head.send(mine, activities="1", goals="2")
    assert late.status == 409
    assert "Noen andre endret rettighetene" in late.words
    assert "Gjelder nå: Ingen tilgang" in late.words
    assert late.one("//select[@name='activities']/option[@selected]").get("value") == "1"
    assert await held(them, Element.GOALS) is Level.NONE
    await head.follow(await head.send(late))
    assert await held(them, Element.GOALS) is Level.CHANGE


async def test_a_question_that_somebody_was_quicker_than_is_asked_again(head: Visitor, iop: str, of: Of) -> None:
    them = await of(iop, "laerer")
    await head.follow(await head.send(await form(head, iop, them), goals="0"))
    question = await head.get(f"{iop}/rights/{them}/standard")
    await head.follow(await head.send(await form(head, iop, them), goals="1"))
    assert (await head.send(question)).status == 409


async def test_nobody_gives_more_than_they_have(head: Visitor, iop: str, of: Of, town: Database) -> None:
    await give(town, iop, "rektor@fjordvik.example", Element.EVALUATION, Level.READ)
    them = await of(iop, "laerer")
    page = await form(head, iop, them)
    offered = [words(one) for one in page.all("//select[@name='evaluation']/option")]
    assert [one.removesuffix(" (standard)") for one in offered] == LEVELS[:2]
    refused = await head.post(page.url, page.typed("goals") | {"evaluation": "4"})
    assert refused.status == 400
    assert refused.error("evaluation") == "Du kan ikke gi mer enn du har selv."


@pytest.mark.feature("F131")
async def test_the_last_coordinator_keeps_the_administration(head: Visitor, iop: str, of: Of) -> None:
    me = await of(iop, "rektor")
    page = await form(head, iop, me)
    for field in ("plan", "participants", "consent", "rights"):
        refused = await head.send(page, **{field: "1"})
        assert refused.status == 400
        assert "Minst én" in refused.error(field)


async def test_the_owners_own_administration_is_not_taken(coordinator: Visitor, ip: str, of: Of) -> None:
    page = await form(coordinator, ip, await of(ip, "planeier"))
    refused = await coordinator.send(page, rights="0", goals="0")
    assert refused.status == 400
    assert "den planen er for" in refused.error("rights")
    assert refused.one("//select[@name='goals']/option[@selected]").get("value") == "0", "what was chosen is kept"


@pytest.mark.parametrize("wrong", ["5", "-1", "x", "1.5", "", "9" * 5000, "<script>alert(1)</script>"])
async def test_a_level_that_is_none_is_refused_beside_its_field(
    coordinator: Visitor, ip: str, of: Of, wrong: str
) -> None:
    page = await form(coordinator, ip, await of(ip, "tjenesteyter"))
    refused = await coordinator.post(page.url, page.typed("goals") | {"goals": wrong})
    assert refused.status == 400
    assert refused.error("goals")


@pytest.mark.parametrize("name", ["planeier", "tjenesteyter"])
async def test_who_may_not_decide_is_refused(sign_in: SignIn, ip: str, of: Of, name: str) -> None:
    visitor, them = await sign_in(name), await of(ip, "assistent")
    for ending in ("/change", "/change/goals", "/standard"):
        assert (await visitor.get(f"{ip}/rights/{them}{ending}")).status == 403
        assert (await visitor.post(f"{ip}/rights/{them}{ending}", {"seen": "0", "goals": "4"})).status == 403


@pytest.mark.parametrize("element", ["health", "calendar", "comments", "nothing", "rights"])
async def test_only_some_parts_are_decided_item_for_item(coordinator: Visitor, ip: str, of: Of, element: str) -> None:
    assert (await form(coordinator, ip, await of(ip, "tjenesteyter"), f"/{element}")).status == 404


async def test_another_plans_goal_is_not_decided_here(
    head: Visitor, iop: str, ip: str, of: Of, held: Held, town: Database
) -> None:
    stranger, them = await first_goal(town, ip), await of(iop, "laerer")
    page = await form(head, iop, them, "/goals")
    await head.follow(await head.post(page.url, page.typed() | {f"item-{stranger}": "4"}))
    assert await held(them, Element.GOALS, stranger) is None


async def test_rights_can_be_narrowed_in_a_plan_that_has_ended(
    head: Visitor, iop: str, of: Of, held: Held, town: Database
) -> None:
    """It is read still, so what is read there must still be for somebody to decide."""
    them = await of(iop, "laerer")
    await end(town, iop)
    await head.follow(await head.send(await form(head, iop, them), goals="0"))
    assert await held(them, Element.GOALS) is Level.NONE


async def test_a_form_sent_twice_changes_nothing_the_second_time(
    head: Visitor, iop: str, of: Of, town: Database
) -> None:
    them = await of(iop, "laerer")
    page = await form(head, iop, them)
    await head.follow(await head.send(page, goals="0"))
    assert (await head.send(page, goals="0")).status == 409
    async with town.reading() as session:
        rows = (await session.scalars(select(Participant).where(col(Participant.plan_id) == id_of(iop)))).all()
    assert [row.rights_revision for row in rows if str(row.id) == them] == [1]
