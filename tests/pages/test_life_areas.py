"""Life areas: how things are, mapping them, and that nothing is lost when two write at once."""

import pytest

from models.database import Database
from models.rights import LIFE_AREAS, Element, Level
from tests.client import Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.life import NAMES, WORDS, let, living, offered, section, titles


@pytest.mark.feature("F63")
async def test_the_six_are_always_in_the_same_order(coordinator: Visitor, ip: str, relay: str) -> None:
    for plan in (ip, relay):
        assert titles(await coordinator.get(f"{plan}/life-areas")) == NAMES


@pytest.mark.feature("F67")
async def test_the_overview_says_how_it_is_who_wrote_it_and_when(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/life-areas")
    housing = section(page, "housing")
    assert "Ressurser: Jeg bor i eget hus på én etasje" in housing
    assert "av Marte Sørdal, Koordinator" in housing
    assert "Skrevet lørdag 30. november 2024 kl." in housing
    assert (await coordinator.get(page.link("Tidligere versjoner av Bolig"))).status == 200


@pytest.mark.feature("F68")
async def test_an_area_shows_its_goals_with_progress_and_what_is_under_way(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/life-areas")
    leisure = section(page, "leisure")
    assert "Ut på sjøen igjen" in leisure
    assert "3 aktiviteter pågår" in leisure
    assert "Følge til båthuset" in leisure
    bar = page.one("//section[@id='leisure']//progress")
    assert (bar.get("value"), bar.get("aria-label")) == ("30", "Framdrift for Ut på sjøen igjen")
    assert "Ut på sjøen igjen" not in section(page, "housing")


@pytest.mark.feature("F68")
async def test_a_new_goal_in_an_area_begins_with_the_area_chosen(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/life-areas")
    form = await coordinator.get(page.link("Nytt mål under Økonomi"))
    assert form.typed()["life_area"] == "economy"
    await coordinator.send(form, title="Vite hva jeg får utbetalt")
    assert "Vite hva jeg får utbetalt" in section(await coordinator.get(f"{ip}/life-areas"), "economy")


@pytest.mark.parametrize("area", ["goals", "plan", "tull", "<script>"])
async def test_a_new_goal_takes_no_other_area_from_its_address(coordinator: Visitor, ip: str, area: str) -> None:
    form = await coordinator.get(f"{ip}/goals/new", params={"life_area": area})
    assert (form.status, form.typed()["life_area"]) == (200, "")


@pytest.mark.feature("F64")
async def test_only_areas_that_are_not_mapped_are_offered(coordinator: Visitor, relay: str) -> None:
    overview = await coordinator.get(f"{relay}/life-areas")
    assert "Ikke kartlagt ennå." in section(overview, "health")
    assert "Ikke kartlagt ennå." not in section(overview, "daytime")
    form = await coordinator.get(overview.link("Nytt livsområde"))
    assert offered(form) == ["Bolig", "Helse", "Økonomi", "Fritid"]


@pytest.mark.feature("F64")
async def test_mapping_an_area_shows_it_at_once(coordinator: Visitor, relay: str) -> None:
    overview = await coordinator.get(f"{relay}/life-areas")
    form = await coordinator.get(overview.link("Kartlegg Bolig"))
    assert form.typed()["area"] == "housing"
    page = await coordinator.follow(await coordinator.send(form, text=WORDS))
    assert page.words.startswith("Lagt til.")
    assert WORDS in section(page, "housing")
    assert offered(await coordinator.get(f"{relay}/life-areas/new")) == ["Helse", "Økonomi", "Fritid"]


async def test_when_all_are_mapped_there_is_nothing_to_add(coordinator: Visitor, ip: str) -> None:
    assert "Nytt livsområde" not in (await coordinator.get(f"{ip}/life-areas")).words
    page = await coordinator.get(f"{ip}/life-areas/new")
    assert (page.status, page.goes_to) == (303, f"{ip}/life-areas")


@pytest.mark.feature("F63")
@pytest.mark.parametrize("area", LIFE_AREAS)
async def test_each_area_has_guiding_words_about_resources_needs_and_adaptation(
    coordinator: Visitor, ip: str, area: Element, town: Database
) -> None:
    [mapped] = await living(town, ip, area)
    page = await coordinator.get(f"{ip}/life-areas/{mapped.id}/change")
    assert [words(each) for each in page.all("//dl[@class='asked']/dt")] == ["Ressurser", "Behov", "Tilrettelegging"]
    assert all(words(each).endswith("?") for each in page.all("//dl[@class='asked']/dd"))


async def test_the_form_for_any_area_guides_to_each_that_is_offered(coordinator: Visitor, relay: str) -> None:
    page = await coordinator.get(f"{relay}/life-areas/new")
    assert [words(each) for each in page.all("//details[.//dl]/summary")] == [
        f"Hva kan stå under {name}?" for name in ("Bolig", "Helse", "Økonomi", "Fritid")
    ]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"area": "", "text": WORDS}, "area", "Velg et livsområde."),
        ({"area": "goals", "text": WORDS}, "area", "Velg noe fra listen."),
        ({"area": "tull", "text": WORDS}, "area", "Velg noe fra listen."),
        ({"area": "housing", "text": "  "}, "text", "Skriv noe om livsområdet."),
        ({"area": "housing", "text": "<p> </p>"}, "text", "Skriv noe om livsområdet."),
        ({"area": "housing", "text": "a" * 200_000}, "text", "Teksten er 200000 tegn. Den kan være på høyst 20000."),
    ],
)
async def test_what_cannot_be_saved_is_said_beside_the_field_and_kept(
    coordinator: Visitor, relay: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    page = await coordinator.post(f"{relay}/life-areas/new", typed)
    assert (page.status, page.error(field)) == (400, sentence)
    assert page.typed()["text"].strip() == typed["text"].strip() or not typed["text"].strip("<p> /")


async def test_a_script_in_the_text_is_words_or_nothing(coordinator: Visitor, relay: str) -> None:
    form = await coordinator.get(f"{relay}/life-areas/new?area=health")
    await coordinator.send(form, text="<ul><li onclick=x()>Sover<script>alert(1)</script></li></ul>")
    page = await coordinator.get(f"{relay}/life-areas")
    assert [words(each) for each in page.all("//section[@id='health']//div[@class='rich']//li")] == ["Sover"]
    assert not page.has("//section[@id='health']//script")


@pytest.mark.feature("F65")
async def test_the_municipalitys_texts_for_life_areas_can_be_put_in(coordinator: Visitor, relay: str) -> None:
    texts = await coordinator.get(f"{relay}/texts/life_area")
    assert "Livsområde: Bolig" in texts.words
    assert "/texts/life_area" in (await coordinator.get(f"{relay}/life-areas/new")).text


async def test_sending_the_form_twice_maps_the_area_once(coordinator: Visitor, relay: str, town: Database) -> None:
    form = await coordinator.get(f"{relay}/life-areas/new?area=housing")
    for _ in range(2):
        assert (await coordinator.send(form, text=WORDS)).status == 303
    assert [one.revision for one in await living(town, relay, Element.HOUSING)] == [1]


@pytest.mark.feature("N11")
async def test_two_who_map_the_same_area_lose_nothing(
    coordinator: Visitor, sign_in: SignIn, relay: str, town: Database
) -> None:
    await let(town, relay, "Elvestad", Level.NEW, Element.HOUSING)
    nurse = await sign_in("helsesykepleier")
    form = await nurse.get(f"{relay}/life-areas/new?area=housing")
    await coordinator.send(await coordinator.get(form.url), text="Rommet er delt med søsteren.")
    second = await nurse.send(form, text=WORDS)
    assert (second.status, second.typed()["text"], second.typed()["area"]) == (409, WORDS, "housing")
    assert "Noen andre lagret mens du skrev" in second.words
    assert "Rommet er delt med søsteren." in second.words
    both = "Rommet er delt med søsteren. " + WORDS
    page = await nurse.follow(await nurse.send(second, text=both))
    assert both in section(page, "housing")
    assert [one.revision for one in await living(town, relay, Element.HOUSING)] == [2]


async def test_a_draft_of_an_area_that_was_mapped_meanwhile_is_shown_beside_it(
    coordinator: Visitor, sign_in: SignIn, relay: str, town: Database
) -> None:
    await let(town, relay, "Elvestad", Level.NEW, Element.HOUSING, Element.HEALTH)
    nurse = await sign_in("helsesykepleier")
    kept = {"place": "/life-areas/new", "fields": {"area": "housing", "text": WORDS}}
    await nurse.ask("POST", f"{relay}/draft", json=kept, headers={"accept": "application/json"})
    await coordinator.send(await coordinator.get(f"{relay}/life-areas/new?area=housing"), text="Delt rom.")
    page = await nurse.get(f"{relay}/life-areas/new")
    assert "Vi fant et utkast" in page.words
    assert "Delt rom." in page.words
    form = page.one("//form[@data-draft]")
    assert {name: value.strip() for name, value in form.form_values() if name in ("area", "text")} == {
        "area": "housing",
        "text": WORDS,
    }


@pytest.mark.feature("N11")
async def test_who_saves_over_anothers_change_sees_both_texts(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    provider = await sign_in("tjenesteyter")
    [social] = await living(town, ip, Element.SOCIAL)
    form = await provider.get(f"{ip}/life-areas/{social.id}/change")
    await coordinator.send(await coordinator.get(form.url), text="Naboen er flyttet.")
    stale = await provider.send(form, text=WORDS)
    assert (stale.status, stale.typed()["text"]) == (409, WORDS)
    assert "Naboen er flyttet." in stale.words


async def test_saving_without_a_change_changes_nothing(coordinator: Visitor, ip: str, town: Database) -> None:
    [health] = await living(town, ip, Element.HEALTH)
    form = await coordinator.get(f"{ip}/life-areas/{health.id}/change")
    assert (await coordinator.send(form)).status == 303
    assert [one.revision for one in await living(town, ip, Element.HEALTH)] == [1]


@pytest.mark.feature("N11")
async def test_deleting_says_what_will_happen_and_can_be_undone(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/life-areas")
    asked = await coordinator.get(page.link("Slett kartleggingen av Helse"))
    assert "Vil du slette kartleggingen?" in asked.words
    assert "Mål på området blir stående." in asked.words
    gone = await coordinator.follow(await coordinator.send(asked))
    assert "Trettheten styrer dagen" not in gone.words
    assert "Gå trygt ute i all slags vær" in section(gone, "health")
    undo = gone.one("//div[@role='status']//form")
    fields = dict(undo.form_values())
    back = await coordinator.follow(await coordinator.post(undo.get("action"), fields))
    assert "Trettheten styrer dagen" in section(back, "health")


@pytest.mark.feature("N11")
async def test_what_was_deleted_does_not_come_back_over_a_new_mapping(
    coordinator: Visitor, ip: str, town: Database
) -> None:
    page = await coordinator.get(f"{ip}/life-areas")
    gone = await coordinator.follow(
        await coordinator.send(await coordinator.get(page.link("Slett kartleggingen av Helse")))
    )
    undo = gone.one("//div[@role='status']//form")
    await coordinator.send(await coordinator.get(f"{ip}/life-areas/new?area=health"), text=WORDS)
    answer = await coordinator.post(undo.get("action"), dict(undo.form_values()))
    said = answer if answer.status >= 400 else await coordinator.follow(answer)
    assert "Livsområdet er kartlagt på nytt siden." in said.words
    [health] = await living(town, ip, Element.HEALTH)
    assert WORDS in section(await coordinator.get(f"{ip}/life-areas"), "health")
    assert health.revision == 1


async def test_what_somebody_changed_meanwhile_is_not_deleted_unseen(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    [social] = await living(town, ip, Element.SOCIAL)
    asked = await coordinator.get(f"{ip}/life-areas/{social.id}/remove")
    provider = await sign_in("tjenesteyter")
    await provider.send(await provider.get(f"{ip}/life-areas/{social.id}/change"), text="Naboen er flyttet.")
    answer = await coordinator.send(asked)
    assert answer.status == 409
    assert "Naboen er flyttet." in answer.words
    assert len(await living(town, ip, Element.SOCIAL)) == 1


async def test_what_another_wrote_since_last_time_is_marked_as_new(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    [health] = await living(town, ip, Element.HEALTH)
    await coordinator.send(await coordinator.get(f"{ip}/life-areas/{health.id}/change"), text="Ny medisin.")
    page = await (await sign_in("tjenesteyter")).get(f"{ip}/life-areas")
    assert "Helse Nytt" in section(page, "health")
    assert "Nytt" not in section(await coordinator.get(f"{ip}/life-areas"), "health").split("Nytt mål")[0]
