"""A new school year, as the coordinator of a school's plan goes through it (F81)."""

import pytest

from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import titles

pytestmark = pytest.mark.feature("F81")
READING = "Norsk, 7. trinn: lese og forstå fagtekster"


@pytest.fixture
async def head(sign_in: SignIn) -> Visitor:
    """Coordinates the IOP."""
    return await sign_in("rektor")


async def school_year(head: Visitor, iop: str) -> Page:
    return await head.get((await head.get(f"{iop}/goals")).link("Start nytt skoleår"))


def field(page: Page, kind: str, title: str) -> str:
    """The name of a goal's field of this kind."""
    return str(page.one(f"(//fieldset[legend = '{title}']//*[starts-with(@name, '{kind}-')])[1]/@name"))


async def turned(head: Visitor, iop: str) -> Page:
    """One goes on and one moves; where one comes then."""
    page = await school_year(head, iop)
    chosen = {
        field(page, "fate", READING): "goes_on",
        field(page, "title", READING): "Norsk, 8. trinn: lese fagtekster",
        field(page, "fate", "Si fra om hva jeg trenger"): "moves",
    }
    return await head.follow(await head.send(page, **chosen))


async def test_goals_go_on_move_or_stay_and_the_page_says_what_was_done(head: Visitor, iop: str) -> None:
    before = titles(await head.get(f"{iop}/goals"))
    done = await turned(head, iop)
    assert "Det nye skoleåret er klart." in done.words
    assert "Norsk, 8. trinn" in words(done.one("//section[@aria-labelledby='copied']"))
    assert "Si fra om hva jeg trenger" in words(done.one("//section[@aria-labelledby='moved']"))
    after = titles(await head.get(f"{iop}/goals"))
    assert set(before) - set(after) == {READING, "Si fra om hva jeg trenger"}
    assert set(after) - set(before) == {"Norsk, 8. trinn: lese fagtekster"}


async def test_the_others_read_what_was_moved(head: Visitor, sign_in: SignIn, iop: str) -> None:
    await turned(head, iop)
    guardian = await sign_in("foresatt")
    assert READING in titles(await guardian.get(f"{iop}/goals/history"))


async def test_all_of_it_is_taken_back_with_one_press(head: Visitor, iop: str) -> None:
    before = titles(await head.get(f"{iop}/goals"))
    done = await turned(head, iop)
    back = await head.follow(await head.send(done))
    assert (titles(back), "Hentet tilbake." in back.words) == (before, True)


async def test_a_school_year_in_the_title_is_counted_up_and_proposed(head: Visitor, iop: str) -> None:
    form = await head.get(f"{iop}/goals/new")
    await head.send(form, title="8. NATURFAG 2026/2027")
    page = await school_year(head, iop)
    typed = page.typed()
    assert typed[field(page, "title", "8. NATURFAG 2026/2027")] == "8. NATURFAG 2027/2028"
    assert typed[field(page, "fate", "8. NATURFAG 2026/2027")] == "goes_on"
    assert typed[field(page, "fate", READING)] == "stays"
    assert typed[field(page, "title", READING)] == READING


async def test_nothing_chosen_is_said_and_nothing_happens(head: Visitor, iop: str) -> None:
    page = await head.send(await school_year(head, iop))
    assert (page.status, "Velg minst ett mål" in page.summary()) == (400, True)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [("  ", "Skriv en tittel."), ("x" * 201, "Teksten er 201 tegn. Den kan være på høyst 200.")],
)
async def test_a_title_that_cannot_be_is_said_beside_it_and_the_rest_is_kept(
    head: Visitor, iop: str, title: str, sentence: str
) -> None:
    page = await school_year(head, iop)
    fate, name, other = (
        field(page, *of) for of in (("fate", READING), ("title", READING), ("fate", "Si fra om hva jeg trenger"))
    )
    again = await head.send(page, **{fate: "goes_on", name: title, other: "moves"})
    assert (again.status, again.error(name), sentence in again.summary()) == (400, sentence, True)
    assert {fate: "goes_on", name: title, other: "moves"}.items() <= again.typed().items()


async def test_a_goal_that_came_or_changed_meanwhile_is_a_conflict(head: Visitor, iop: str) -> None:
    page = await school_year(head, iop)
    await head.send(await head.get(f"{iop}/goals/new"), title="Nytt fag")
    fate = field(page, "fate", READING)
    again = await head.send(page, **{fate: "moves"})
    assert (again.status, "Ingenting er flyttet." in again.words) == (409, True)
    assert again.typed()[fate] == "moves"
    assert (await head.send(again)).status == 303


@pytest.mark.parametrize("seen", ["", "tull", "a:b", ":", "x" * 5000])
async def test_a_mangled_form_moves_nothing(head: Visitor, iop: str, seen: str) -> None:
    page = await school_year(head, iop)
    assert (await head.send(page, **{"seen": seen, field(page, "fate", READING): "moves"})).status == 409


@pytest.mark.parametrize("name", ["laerer", "foresatt"])
async def test_others_are_not_offered_it_and_may_not(sign_in: SignIn, iop: str, name: str) -> None:
    visitor = await sign_in(name)
    assert "skoleår" not in (await visitor.get(f"{iop}/goals")).words
    for method, ending in (("GET", ""), ("POST", ""), ("GET", "/done?at=2026-11-20T10:00:00Z"), ("POST", "/undo")):
        answer = await visitor.ask(method, f"{iop}/goals/school-year{ending}", data={"at": "2026-11-20T10:00:00Z"})
        assert answer.status == 403, (method, ending)


@pytest.mark.parametrize("at", ["", "tull", "2026-11-20T10:00:00", "2026-11-20T10:00:00Z", "0001-01-01T00:00:00+14:00"])
async def test_what_was_never_done_has_no_page_and_cannot_be_undone(head: Visitor, iop: str, at: str) -> None:
    assert (await head.get(f"{iop}/goals/school-year/done", params={"at": at})).status == 404
    before = titles(await head.get(f"{iop}/goals"))
    await head.post(f"{iop}/goals/school-year/undo", {"at": at})
    assert titles(await head.get(f"{iop}/goals")) == before
