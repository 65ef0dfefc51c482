"""Two who save at once: the later one sees both texts, chooses field by field, and loses nothing."""

import pytest

from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_drafts import keep
from tests.pages.test_goals import goal_of

GOAL = "Ut på sjøen igjen"
TABLE = "<table><tbody><tr><td>Mandag</td><td>Båt</td></tr></tbody></table>"
pytestmark = pytest.mark.feature("N11")


@pytest.fixture
async def other(sign_in: SignIn) -> Visitor:
    return await sign_in("tjenesteyter")


async def change_form(visitor: Visitor, plan: str) -> Page:
    return await visitor.get(f"{(await goal_of(visitor, plan, GOAL)).url}/change")


def fields(page: Page) -> list[str]:
    """Those that are shown beside each other."""
    return [words(legend) for legend in page.all("//fieldset[contains(@class, 'apart')]/legend")]


def chosen(page: Page) -> dict[str, str]:
    return {name: value for name, value in page.typed().items() if name.startswith("take-")}


async def clash(mine: Visitor, other: Visitor, plan: str, theirs: dict[str, str], ours: dict[str, str]) -> Page:
    """What `mine` is shown, who saves after `other` from the same page."""
    form = await change_form(mine, plan)
    assert (await other.send(await change_form(other, plan), **theirs)).status == 303
    page = await mine.send(form, **ours)
    assert page.status == 409
    return page


async def test_only_the_fields_that_differ_are_shown(coordinator: Visitor, other: Visitor, ip: str) -> None:
    page = await clash(
        coordinator, other, ip, {"description": "Når isen er gått."}, {"description": "Når det er varmt."}
    )
    assert fields(page) == ["Beskrivelse"]
    assert "Noen andre lagret mens du skrev" in page.words


async def test_what_differs_is_told_in_words_and_marked(coordinator: Visitor, other: Visitor, ip: str) -> None:
    page = await clash(coordinator, other, ip, {"title": "Ut på sjøen i mai"}, {"title": "Ut på fjorden igjen"})
    mine, theirs = (words(side) for side in page.all("//div[@class='side']"))
    assert mine == "Behold min Ut på Bare hos deg: fjorden igjen"
    assert theirs == "Behold den andres Ut på Bare hos den andre: sjøen i mai"
    assert [words(mark) for mark in page.all("//mark")] == [
        "Bare hos deg: fjorden igjen",
        "Bare hos den andre: sjøen i mai",
    ]


async def test_what_one_wrote_stays_and_is_saved_on_top_when_one_keeps_it(
    coordinator: Visitor, other: Visitor, ip: str
) -> None:
    page = await clash(coordinator, other, ip, {"title": "Deres"}, {"title": "Mitt", "description": "Og mitt."})
    assert (page.typed()["title"], page.typed()["description"]) == ("Mitt", "Og mitt.")
    saved = await coordinator.follow(await coordinator.send(page))
    assert words(saved.one("//h2[@id='goal']")) == "Mitt"


async def test_the_others_words_can_be_kept_in_one_field_and_ones_own_in_another(
    coordinator: Visitor, other: Visitor, ip: str
) -> None:
    theirs, ours = {"title": "Deres", "description": "Deres ord."}, {"title": "Mitt", "description": "Mine ord."}
    page = await clash(coordinator, other, ip, theirs, ours)
    saved = await coordinator.follow(await coordinator.send(page, **{"take-title": "theirs"}))
    assert words(saved.one("//h2[@id='goal']")) == "Deres"
    assert "Mine ord." in saved.words


async def test_a_field_one_did_not_touch_keeps_what_the_other_wrote(
    coordinator: Visitor, other: Visitor, ip: str
) -> None:
    page = await clash(coordinator, other, ip, {"description": "Deres ord.", "progress": "70"}, {"title": "Mitt"})
    assert chosen(page) == {"take-title": "mine"}
    assert (page.typed()["description"], page.typed()["progress"]) == ("Deres ord.", "70")
    assert page.words.count("du hadde ikke rørt det") == 2
    saved = await coordinator.follow(await coordinator.send(page))
    assert words(saved.one("//h2[@id='goal']")) == "Mitt"
    assert "Deres ord." in saved.words
    assert saved.one("//section[@aria-labelledby='goal']//progress").get("value") == "70"


async def test_choices_are_shown_in_the_words_of_the_form(coordinator: Visitor, other: Visitor, ip: str) -> None:
    page = await clash(coordinator, other, ip, {"life_area": "health"}, {"life_area": "economy"})
    mine, theirs = (words(side) for side in page.all("//div[@class='side']"))
    assert ("Økonomi" in mine, "Helse" in theirs) == (True, True)
    saved = await coordinator.follow(await coordinator.send(page, **{"take-life_area": "theirs"}))
    assert "Helse" in words(saved.one("//section[@aria-labelledby='goal']"))


async def test_days_are_told_with_their_year(coordinator: Visitor, other: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    address = next(link for link in goal.links() if "/activities/" in link and link.endswith("/change"))
    form = await coordinator.get(address)
    assert (await other.send(await other.get(address), starts_on="", due_on="2027-12-01")).status == 303
    page = await coordinator.send(form, starts_on="", due_on="2028-12-01")
    assert page.status == 409
    mine, theirs = (words(side) for side in page.all("//fieldset[legend = 'Frist']//div[@class='side']"))
    assert ("2028" in mine, "2027" in theirs) == (True, True)


@pytest.mark.feature("F214")
async def test_a_table_is_compared_by_its_words_and_taken_whole(coordinator: Visitor, other: Visitor, ip: str) -> None:
    page = await clash(coordinator, other, ip, {"description": TABLE}, {"description": "Mandag i båt"})
    assert not page.has("//fieldset//table")
    saved = await coordinator.follow(await coordinator.send(page, **{"take-description": "theirs"}))
    assert len(saved.all("//div[@class='rich']//table")) == 1


@pytest.mark.feature("F214")
async def test_it_is_said_when_only_the_layout_differs(coordinator: Visitor, other: Visitor, ip: str) -> None:
    page = await clash(coordinator, other, ip, {"description": "<p><b>Båt</b></p>"}, {"description": "Båt"})
    assert "Ordene er de samme" in page.words


async def test_a_third_who_saves_meanwhile_is_not_written_over(coordinator: Visitor, other: Visitor, ip: str) -> None:
    page = await clash(coordinator, other, ip, {"title": "Deres"}, {"title": "Mitt"})
    await other.send(await other.get(page.url), title="Deres igjen")
    again = await coordinator.send(page, **{"take-title": "theirs"})
    assert (again.status, again.typed()["title"], fields(again)) == (409, "Mitt", ["Tittel"])
    assert "Deres igjen" in words(again.one("//blockquote")).replace("Bare hos den andre: ", "")


async def test_what_both_wrote_alike_is_told_so(coordinator: Visitor, other: Visitor, ip: str) -> None:
    page = await clash(coordinator, other, ip, {"title": "Båt"}, {"title": "Båt"})
    assert (fields(page), "sier det samme som det du skrev" in page.words) == ([], True)


async def test_script_in_what_the_other_wrote_is_shown_as_words(coordinator: Visitor, other: Visitor, ip: str) -> None:
    page = await clash(coordinator, other, ip, {"title": "<script>alert(1)</script>"}, {"title": "Mitt"})
    assert "<script>alert(1)</script>" in page.words


async def test_a_choice_nobody_offered_changes_nothing(coordinator: Visitor, ip: str) -> None:
    form = await change_form(coordinator, ip)
    sent = form.typed() | {"title": "Mitt", "take-seen": "theirs", "take-revision": "theirs", "take-title": "tull"}
    saved = await coordinator.follow(await coordinator.post(form.url, sent))
    assert words(saved.one("//h2[@id='goal']")) == "Mitt"


async def test_a_draft_begun_before_somebody_saved_takes_their_words_where_one_wrote_none(
    coordinator: Visitor, other: Visitor, ip: str
) -> None:
    form = await change_form(coordinator, ip)
    place = "/goals/" + form.url.split("/goals/")[1]
    typed = {name: value for name, value in form.typed().items() if name != "once"}
    await keep(coordinator, ip, place, **typed | {"description": "Mine ord."})
    await other.send(await change_form(other, ip), title="Deres tittel", description="Deres ord.")
    page = await coordinator.get(form.url)
    sent = {name: value for name, value in page.one("//form[@data-draft]").form_values() if name.startswith("take-")}
    assert sent == {"take-description": "mine"}
    assert page.one("//input[@name='title']").get("value") == "Deres tittel"


async def test_long_texts_that_share_few_words_are_compared_at_once(
    coordinator: Visitor, other: Visitor, ip: str
) -> None:
    theirs, ours = "a b " * 4_900, "b c a " * 3_200
    page = await clash(coordinator, other, ip, {"description": theirs}, {"description": ours})
    assert page.has("//mark")
