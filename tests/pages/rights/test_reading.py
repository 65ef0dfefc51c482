"""«Hvem ser hva»: who may ask, what everybody sees, and why (N2)."""

import pytest

from models.database import Database
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.rights.conftest import Of, an_activity, first_goal
from tests.plan_rows import give, narrow

LEVELS = ["Ingen tilgang", "Les", "Les, endre", "Les, endre, ny", "Les, endre, ny, slette"]
PROVIDER, ASSISTANT = "tjenesteyter@fjordvik.example", "assistent@fjordvik.example"


def cell(page: Page, element: str, name: str) -> str:
    row = f"//table//tr[th[normalize-space()='{element}']]"
    return words(page.one(f"{row}/td[starts-with(@data-label, '{name}')]"))


def line(page: Page, element: str) -> str:
    return words(page.one(f"//li[p[normalize-space()='{element}']]"))


@pytest.mark.feature("N2")
@pytest.mark.parametrize("name", ["planeier", "koordinator", "foresatt"])
async def test_owner_guardian_and_coordinator_may_ask(sign_in: SignIn, ip: str, relay: str, name: str) -> None:
    page = await (await sign_in(name)).get(f"{relay if name == 'foresatt' else ip}/rights")
    assert page.status == 200
    assert page.has("//table//th[@scope='row'][normalize-space()='Aktiviteter']")


@pytest.mark.feature("N2")
@pytest.mark.parametrize("name", ["tjenesteyter", "assistent"])
async def test_nobody_else_may_not_even_with_the_right(sign_in: SignIn, town: Database, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    assert (await visitor.get(f"{ip}/rights")).status == 403
    await give(town, ip, f"{name}@fjordvik.example", Element.RIGHTS, Level.READ)
    assert (await visitor.get(f"{ip}/rights")).status == 403


async def test_another_plans_rights_are_not_there(coordinator: Visitor, ip: str, iop: str, of: Of) -> None:
    assert (await coordinator.get(f"{iop}/rights")).status == 404
    stranger = await of(iop, "rektor")
    for ending in ("", "/change", "/change/goals", "/standard"):
        assert (await coordinator.get(f"{ip}/rights/{stranger}{ending}")).status == 404
    assert (await coordinator.get(f"{ip}/rights/none-such")).status == 404


@pytest.mark.feature("N2")
@pytest.mark.feature("F85")
async def test_the_table_says_what_each_sees(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/rights")
    assert cell(page, "Mål", "Rolf Erik") == "Les"
    assert cell(page, "Aktiviteter", "Torleif") == "Les, endre, ny"
    assert cell(page, "Mål", "Linn Thuy") == "Ingen tilgang Tilpasset Noe enkeltvis"
    assert "Stengt nå" in page.words, "somebody's consent has ended"
    assert "Felles: alle som deltar, ser alt i kalenderen" in page.words


@pytest.mark.feature("F125")
async def test_the_table_marks_what_is_not_as_the_role(coordinator: Visitor, ip: str, town: Database) -> None:
    assert cell(await coordinator.get(f"{ip}/rights"), "Mål", "Torleif") == "Les, endre"
    await give(town, ip, PROVIDER, Element.GOALS, Level.NONE)
    assert cell(await coordinator.get(f"{ip}/rights"), "Mål", "Torleif") == "Ingen tilgang Tilpasset"


@pytest.mark.feature("F123")
async def test_levels_are_called_the_same_where_they_are_read_and_where_they_are_chosen(
    coordinator: Visitor, ip: str, of: Of
) -> None:
    """Also in the explanation, and of what one may or may not: just that."""
    matrix = await coordinator.get(f"{ip}/rights")
    theirs = await coordinator.get(f"{ip}/rights/{await of(ip, 'tjenesteyter')}")
    form = await coordinator.get(f"{ip}/rights/{await of(ip, 'tjenesteyter')}/change")
    for page in (matrix, theirs, form):
        assert [words(one) for one in page.all("//dl[contains(@class, 'meanings')]//dt")][:5] == LEVELS
    shown = {words(one) for one in matrix.all("//td//span[@class='level']/span")}
    assert shown <= {*LEVELS, "Ja", "Nei", "Stengt nå", "Felles: alle som deltar, ser alt i kalenderen"}
    assert {words(one).removesuffix(" (standard)") for one in form.all("//select/option")} == {*LEVELS}
    assert cell(matrix, "Utskrift", "Torleif") == "Nei"


@pytest.mark.feature("N2")
async def test_a_narrow_screen_shows_one_part_and_another_can_be_chosen(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/rights")
    assert words(page.one("//tr[@class='is-chosen']/th")) == "Mål"
    names = {words(one) for one in page.all("//thead//a")}
    assert {words(one) for one in page.all("//ul[@class='people-links']//a")} == names
    assert [one.get("value") for one in page.all("//select[@name='part']/option[@selected]")] == ["goals"]
    chosen = await coordinator.get(f"{ip}/rights?part=health")
    assert words(chosen.one("//tr[@class='is-chosen']/th")) == "Helse"
    for wrong in ("x", "", "' or 1=1", "<script>", "9" * 10):
        page = await coordinator.get(f"{ip}/rights", params={"part": wrong})
        assert words(page.one("//tr[@class='is-chosen']/th")) == "Mål"


@pytest.mark.feature("F125")
async def test_the_list_says_of_whom_something_is_set_apart(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/rights")
    marked = page.all("//ul[@class='people-links']/li[contains(., 'Tilpasset')]//a")
    assert [words(one) for one in marked] == ["Linn Thuy Nguyen"]


@pytest.mark.feature("N2")
async def test_one_participant_is_told_of_in_a_sentence_and_with_reasons(coordinator: Visitor, ip: str, of: Of) -> None:
    page = await coordinator.get(f"{ip}/rights/{await of(ip, 'tjenesteyter')}")
    assert "Torleif Vikan" in page.words
    assert "kan lese" in words(page.one("//p[@class='says']"))
    assert "gjelder standarden for rollen Tjenesteyter." in page.words
    assert line(page, "Mål") == "Mål Les, endre"
    assert "Kalenderen er felles" in line(page, "Kalender")


@pytest.mark.feature("N2")
async def test_it_says_why_the_plan_is_closed_to_somebody(coordinator: Visitor, ip: str, of: Of) -> None:
    page = await coordinator.get(f"{ip}/rights/{await of(ip, 'utlopt')}")
    assert "har gått ut." in page.words
    assert not page.has("//form[contains(@action, '/as/')]")


@pytest.mark.feature("F127")
async def test_what_the_role_gave_then_is_told_apart_from_what_was_set_here(
    coordinator: Visitor, ip: str, of: Of, town: Database
) -> None:
    await give(town, ip, PROVIDER, Element.HEALTH, Level.DELETE)
    page = await coordinator.get(f"{ip}/rights/{await of(ip, 'tjenesteyter')}")
    assert "Slik rollen Tjenesteyter var da" in line(page, "Helse")


@pytest.mark.feature("F125")
async def test_single_items_are_named_with_their_own_level(
    coordinator: Visitor, ip: str, of: Of, town: Database
) -> None:
    goal = await first_goal(town, ip)
    await give(town, ip, PROVIDER, Element.GOALS, Level.NONE, goal)
    await give(town, ip, PROVIDER, Element.ACTIVITIES, Level.READ, await an_activity(town, goal))
    page = await coordinator.get(f"{ip}/rights/{await of(ip, 'tjenesteyter')}")
    told = words(page.one("//section[@aria-labelledby='single']"))
    assert "Mål:" in told
    assert "ikke ser." in told


async def test_what_is_hidden_from_who_asks_is_not_named(coordinator: Visitor, ip: str, of: Of, town: Database) -> None:
    goal, url = await first_goal(town, ip), f"{ip}/rights/{await of(ip, 'tjenesteyter')}"
    before = (await coordinator.get(url)).words
    await give(town, ip, PROVIDER, Element.GOALS, Level.READ, goal)
    await give(town, ip, "koordinator@fjordvik.example", Element.GOALS, Level.NONE, goal)
    assert (await coordinator.get(url)).words == before
    assert cell(await coordinator.get(f"{ip}/rights"), "Mål", "Torleif") == "Les, endre"
    assert str(goal) not in (await coordinator.get(f"{url}/change/goals")).text


async def test_a_coordinator_reads_rights_while_the_content_is_closed(
    coordinator: Visitor, ip: str, of: Of, town: Database
) -> None:
    await give(town, ip, ASSISTANT, Element.GOALS, Level.READ, await first_goal(town, ip))
    await narrow(town, ip)
    page = await coordinator.get(f"{ip}/rights/{await of(ip, 'assistent')}")
    assert page.status == 200
    assert "mangler et gyldig grunnlag" in page.words
    assert not page.has("//section[@aria-labelledby='single']")
