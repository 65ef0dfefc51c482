"""Measurable goals: what is measured, by whom, the trend, and the owner's own check-in (N24)."""

import pytest

from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of

pytestmark = pytest.mark.feature("N24")
SEA, WALK, MORNINGS = "Ut på sjøen igjen", "Gå trygt ute i all slags vær", "Gode morgener"
TRIPS = {
    "measure": "Turer på sjøen i måneden",
    "baseline": "0",
    "target": "4",
    "scale_low": "0",
    "scale_high": "10",
}
MARKUP = "<script>alert(1)</script>"


async def measured(coordinator: Visitor, plan: str, title: str = SEA, **numbers: str) -> str:
    """The address of a goal in which something is measured now."""
    goal = await goal_of(coordinator, plan, title)
    form = await coordinator.get(goal.link("Velg noe å måle"))
    saved = await coordinator.send(form, **TRIPS | numbers)
    assert saved.status == 303, saved.words
    return goal.url


def block(page: Page) -> str:
    return words(page.one("//section[@id='measured']")).replace("\N{NO-BREAK SPACE}", " ")


async def measure(visitor: Visitor, goal: str, value: str, day: str = "2026-11-20", note: str = "") -> Page:
    form = await visitor.get(f"{goal}/measurements/new")
    return await visitor.send(form, value=value, day=day, note=note)


async def test_a_coordinator_says_what_is_measured(coordinator: Visitor, ip: str) -> None:
    goal = await measured(coordinator, ip, target="4,5")
    said = block(await coordinator.get(goal))
    assert "Vi måler: Turer på sjøen i måneden" in said
    assert "Fra 0 til 4,5. Skalaen går fra 0 til 10." in said
    assert "Ingen har målt ennå." in said
    form = await coordinator.get(f"{goal}/measure")
    assert form.typed().items() >= {**TRIPS, "target": "4,5", "measured_by_id": ""}.items()


async def test_a_measurement_is_added_and_drawn_and_the_same_is_in_the_table(coordinator: Visitor, ip: str) -> None:
    goal = await measured(coordinator, ip)
    for value, day in (("1", "2026-10-01"), ("2.5", "2026-11-01"), ("3", "2026-11-20")):
        saved = await coordinator.follow(await measure(coordinator, goal, value, day, f"Dagen var {day}"))
        assert saved.words.startswith("Lagt til.")
    page = await coordinator.get(goal)
    assert len(page.all("//svg[@role='img']//circle")) == 3
    assert "torsdag 1. oktober til fredag 20. november" in page.one("//svg[@role='img']").get("aria-label")
    rows = [words(cell) for cell in page.all("//section[@id='measured']//tbody/tr/td[1]")]
    assert rows == ["3", "2,5", "1"]
    assert "Det er 75 % av veien til målet." in block(page)


async def test_one_measurement_and_none_are_drawn_too(coordinator: Visitor, ip: str) -> None:
    goal = await measured(coordinator, ip)
    assert not (await coordinator.get(goal)).has("//figure")
    await measure(coordinator, goal, "4")
    page = await coordinator.get(goal)
    assert len(page.all("//svg[@role='img']//circle")) == 1
    assert "Målet er nådd." in block(page)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"target": "11"}, "target", "Tallet ligger utenfor skalaen."),
        ({"baseline": "-1"}, "baseline", "Tallet ligger utenfor skalaen."),
        ({"scale_high": "0"}, "scale_high", "Det høyeste på skalaen må være mer enn det laveste."),
        ({"measure": " "}, "measure", "Skriv hva som skal måles."),
        ({"measure": "x" * 201}, "measure", "Teksten er 201 tegn. Den kan være på høyst 200."),
        *(
            ({"target": odd}, "target", "Skriv et tall, for eksempel 3 eller 2,5.")
            for odd in ("fire", "1e5", "nan", "inf", "4,,5", "99999999", MARKUP)
        ),
        ({"target": "9999999"}, "target", "Tallet er for stort."),
        ({"measured_by_id": "tull"}, "measured_by_id", "Velg noe fra listen."),
    ],
)
async def test_what_does_not_fit_together_is_said_and_kept(
    coordinator: Visitor, ip: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    goal = await goal_of(coordinator, ip, SEA)
    form = await coordinator.get(f"{goal.url}/measure")
    page = await coordinator.post(form.url, form.typed() | TRIPS | typed)
    assert (page.status, page.error(field)) == (400, sentence)
    if field != "measured_by_id":
        assert page.typed()[field] == typed[field]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"value": "11"}, "value", "Tallet ligger utenfor skalaen."),
        ({"value": ""}, "value", "Skriv et tall."),
        *(({"value": odd}, "value", "Skriv et tall, for eksempel 3 eller 2,5.") for odd in ("mange", " ", "\u200b")),
        ({"day": "2026-11-21"}, "day", "Dagen kan ikke være fram i tid."),
        ({"day": "1066-11-20"}, "day", "Sjekk årstallet."),
        ({"day": "i går"}, "day", "Skriv en dato, for eksempel 31.12.2027."),
        ({"day": ""}, "day", "Velg en dag."),
        ({"note": "x" * 200_000}, "note", "Teksten er 200000 tegn. Den kan være på høyst 2000."),
    ],
)
async def test_a_measurement_that_cannot_be(
    coordinator: Visitor, ip: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    goal = await measured(coordinator, ip)
    page = await coordinator.send(
        await coordinator.get(f"{goal}/measurements/new"), **{"value": "3", "note": "Stille vann"} | typed
    )
    assert (page.status, page.error(field)) == (400, sentence)
    assert page.typed().items() >= ({"note": "Stille vann"} | typed).items()


async def test_words_are_shown_as_words(coordinator: Visitor, ip: str) -> None:
    goal = await measured(coordinator, ip, measure=MARKUP)
    await measure(coordinator, goal, "3", note=MARKUP)
    page = await coordinator.get(goal)
    assert block(page).count(MARKUP) >= 3


async def test_sent_twice_it_is_measured_once(coordinator: Visitor, ip: str) -> None:
    goal = await measured(coordinator, ip)
    form = await coordinator.get(f"{goal}/measurements/new")
    for _ in range(2):
        assert (await coordinator.send(form, value="3")).status == 303
    assert len((await coordinator.get(goal)).all("//svg[@role='img']//circle")) == 1


async def test_whoever_is_named_measures_and_changes_nothing_else(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    goal = await goal_of(coordinator, ip, SEA)
    form = await coordinator.get(f"{goal.url}/measure")
    (chosen,) = [one.get("value") for one in form.all("//option") if "Andre" in words(one)]
    await coordinator.send(form, **TRIPS, measured_by_id=chosen)
    assistant = await sign_in("assistent")
    page = await assistant.get(goal.url)
    assert (await measure(assistant, goal.url, "2")).status == 303
    assert "Endre det dere måler" not in page.words
    assert (await assistant.get(f"{goal.url}/measure")).status == 403
    assert (await assistant.get(f"{goal.url}/check-in")).status == 403


@pytest.mark.feature("F85")
@pytest.mark.parametrize("name", ["assistent", "planeier"])
async def test_who_may_only_read_measures_nothing(coordinator: Visitor, sign_in: SignIn, ip: str, name: str) -> None:
    goal = await measured(coordinator, ip)
    visitor = await sign_in(name)
    assert "Ny måling" not in (await visitor.get(goal)).words
    for ending in ("measure", "measurements/new"):
        assert (await visitor.get(f"{goal}/{ending}")).status == 403
        assert (await visitor.post(f"{goal}/{ending}", TRIPS | {"value": "3", "day": "2026-11-20"})).status == 403


@pytest.mark.feature("F77")
async def test_a_hidden_goal_has_no_measurements(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    goal = await measured(coordinator, ip, WALK)
    await measure(coordinator, goal, "3")
    made = (await coordinator.get(goal)).link("Endre 3,")
    assistant = await sign_in("assistent")
    for address in (f"{goal}/measure", f"{goal}/measurements/new", f"{goal}/check-in", made):
        assert (await assistant.get(address)).status == 404, address
        assert (await assistant.post(address, {"value": "3"})).status == 404, address


async def test_a_measurement_is_not_found_under_another_goal_or_plan(coordinator: Visitor, ip: str, relay: str) -> None:
    goal = await measured(coordinator, ip)
    await measure(coordinator, goal, "3")
    made = (await coordinator.get(goal)).link("Endre 3,").split("/")[-2]
    other = (await goal_of(coordinator, ip, WALK)).url
    elsewhere = (await goal_of(coordinator, relay, MORNINGS)).url
    for place in (other, elsewhere, goal.replace(ip, relay)):
        for deed in ("change", "remove"):
            assert (await coordinator.get(f"{place}/measurements/{made}/{deed}")).status == 404


async def test_another_municipality_finds_nothing(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    goal = await measured(coordinator, ip)
    stranger = await sign_in("koordinator@dalen.example")
    for ending in ("measure", "measurements/new", "check-in"):
        assert (await stranger.get(f"{goal}/{ending}")).status == 404
        assert (await stranger.post(f"{goal}/{ending}", {"value": "3"})).status == 404


async def test_the_consent_that_ended_closes_it(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    goal = await measured(coordinator, ip)
    expired = await sign_in("utlopt")
    assert (await expired.get(f"{goal}/measurements/new")).status == 403
    assert (await expired.post(f"{goal}/check-in", {"value": "3"})).status == 403


@pytest.mark.feature("F73")
async def test_its_author_changes_and_deletes_a_measurement_and_undoes_it(coordinator: Visitor, ip: str) -> None:
    goal = await measured(coordinator, ip)
    await measure(coordinator, goal, "3")
    form = await coordinator.get((await coordinator.get(goal)).link("Endre 3,"))
    assert form.typed().items() >= {"value": "3", "day": "2026-11-20", "note": ""}.items()
    page = await coordinator.follow(await coordinator.send(form, value="5,25"))
    assert "5,25" in block(page)
    asked = await coordinator.get(page.link("Slett 5,25"))
    assert "Vil du slette målingen?" in asked.words
    gone = await coordinator.follow(await coordinator.send(asked))
    assert "5,25" not in block(gone)
    undo = gone.one("//div[@role='status']//form").get("action")
    assert "5,25" in block(await coordinator.follow(await coordinator.post(undo)))


async def test_two_who_change_the_same_measurement_are_told(coordinator: Visitor, ip: str) -> None:
    goal = await measured(coordinator, ip)
    await measure(coordinator, goal, "3")
    first = await coordinator.get((await coordinator.get(goal)).link("Endre 3,"))
    await coordinator.send(first, value="4", note="Først")
    late = await coordinator.send(first, value="5", note="Sist")
    assert late.status == 409
    assert (late.typed()["note"], late.typed()["value"]) == ("Sist", "5")
    assert "Først" in late.words


async def test_the_owner_says_how_it_goes_with_one_press(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    goal = await goal_of(owner, ip, SEA)
    answers = [words(one) for one in goal.all("//form[contains(@action, '/check-in')]//button")]
    assert answers == ["Går veldig bra", "Går bra", "Går sånn passe", "Går dårlig", "Går veldig dårlig"]
    page = await owner.follow(await owner.post(f"{goal.url}/check-in", {"value": "4"}))
    assert "Svaret ditt i dag Går bra" in block(page)
    assert not page.has("//form[contains(@action, '/check-in')]")
    more = await owner.get(page.link("Si noe mer, eller endre svaret"))
    said = await owner.follow(await owner.send(more, note="Vannet var stille."))
    assert "Vannet var stille." in block(said)
    assert said.has("//svg[@role='img']//svg[@class='trend__face']")


async def test_others_see_what_the_owner_said(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    goal = (await goal_of(owner, ip, SEA)).url
    await owner.post(f"{goal}/check-in", {"value": "2", "note": "Det blåste."})
    said = block(await coordinator.get(goal))
    assert "Siste svar på hvordan det går Går dårlig I dag" in said
    assert "Planeier Det blåste." in said
    assert "på vegne av" not in said
    assert "Endre" not in said.split("Går dårlig")[1].split("Vis tallene")[0]


async def test_a_guardian_answers_on_behalf_and_it_is_said_who(
    coordinator: Visitor, guardian: Visitor, relay: str
) -> None:
    goal = await goal_of(guardian, relay, MORNINGS)
    assert "Du svarer i ditt eget navn, på vegne av" in block(goal)
    await guardian.post(f"{goal.url}/check-in", {"value": "5"})
    said = block(await coordinator.get(goal.url))
    assert "Går veldig bra" in said
    assert "Foresatt/pårørende, på vegne av" in said


@pytest.mark.parametrize("value", ["", "0", "6", "3,5", "bra", "-1", MARKUP])
async def test_an_answer_is_one_of_five(sign_in: SignIn, ip: str, value: str) -> None:
    owner = await sign_in("planeier")
    goal = await goal_of(owner, ip, SEA)
    page = await owner.post(f"{goal.url}/check-in", {"value": value, "note": "Mine ord"})
    assert (page.status, page.error("value")) == (400, "Velg noe fra listen.")
    assert page.typed()["note"] == "Mine ord"


@pytest.mark.parametrize("name", ["koordinator", "tjenesteyter", "assistent"])
async def test_nobody_else_answers_for_the_owner(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    goal = await goal_of(visitor, ip, SEA)
    assert not goal.has("//form[contains(@action, '/check-in')]")
    assert (await visitor.get(f"{goal.url}/check-in")).status == 403
    assert (await visitor.post(f"{goal.url}/check-in", {"value": "5"})).status == 403


@pytest.mark.feature("F74")
async def test_in_history_everything_is_read_and_nothing_offered(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    goal = await measured(coordinator, ip)
    await measure(coordinator, goal, "3")
    made = (await coordinator.get(goal)).link("Endre 3,")
    owner = await sign_in("planeier")
    await coordinator.send(await coordinator.get(f"{goal}/history"))
    page = await coordinator.get(goal)
    assert "Sist målt 3" in block(page)
    assert not any(word in block(page) for word in ("Ny måling", "Endre", "Slett"))
    assert not (await owner.get(goal)).has("//form[contains(@action, '/check-in')]")
    for address in (f"{goal}/measure", f"{goal}/measurements/new", made):
        assert (await coordinator.get(address)).status == 403, address
    assert (await owner.post(f"{goal}/check-in", {"value": "3"})).status == 403
