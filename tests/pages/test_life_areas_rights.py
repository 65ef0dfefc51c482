"""Life areas: each of the six has its own rights, and nothing is told of one that may not be read."""

import pytest
from sqlmodel import col, update

from models.database import Database
from models.plans.rules.words import PlanState
from models.plans.tables.plan import PlanSpan
from models.rights import LIFE_AREAS, Element, Level
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.life import NAMES, WORDS, let, living, offered, open_one, section, titles


@pytest.mark.feature("F66")
async def test_an_area_one_may_not_read_is_not_named(sign_in: SignIn, ip: str, town: Database) -> None:
    await let(town, ip, "Vikan", Level.NONE, Element.ECONOMY)
    page = await (await sign_in("tjenesteyter")).get(f"{ip}/life-areas")
    assert titles(page) == [name for name in NAMES if name != "Økonomi"]
    assert "Økonomi" not in page.text


@pytest.mark.feature("F66")
async def test_an_unmapped_area_is_named_only_to_who_may_map_it(sign_in: SignIn, relay: str, town: Database) -> None:
    nurse = await sign_in("helsesykepleier")
    assert titles(await nurse.get(f"{relay}/life-areas")) == [NAMES[1], NAMES[3]]
    await let(town, relay, "Elvestad", Level.NEW, Element.HEALTH)
    assert titles(await nurse.get(f"{relay}/life-areas")) == [NAMES[1], NAMES[2], NAMES[3]]
    assert offered(await nurse.get(f"{relay}/life-areas/new")) == ["Helse"]


@pytest.mark.feature("F66")
async def test_one_hidden_mapping_is_not_given_away_by_what_is_offered(
    sign_in: SignIn, ip: str, town: Database
) -> None:
    await let(town, ip, "Vikan", Level.DELETE, *LIFE_AREAS)
    [economy] = await living(town, ip, Element.ECONOMY)
    await open_one(town, ip, "Vikan", economy, Level.NONE)
    provider = await sign_in("tjenesteyter")
    page = await provider.get(f"{ip}/life-areas")
    assert "Økonomi" not in page.text
    assert "utbetalt" not in page.text
    for ending in ("change", "remove"):
        assert (await provider.get(f"{ip}/life-areas/{economy.id}/{ending}")).status == 404
        assert (await provider.post(f"{ip}/life-areas/{economy.id}/{ending}", {"text": WORDS})).status == 404
    refused = await provider.post(f"{ip}/life-areas/new", {"area": "economy", "text": WORDS})
    assert refused.status == 400
    assert refused.error("area") == "Velg noe fra listen."


@pytest.mark.feature("F66")
async def test_one_mapping_may_be_opened_alone(sign_in: SignIn, ip: str, town: Database) -> None:
    assistant = await sign_in("assistent")
    assert (await assistant.get(f"{ip}/life-areas")).status == 403
    [leisure] = await living(town, ip, Element.LEISURE)
    await open_one(town, ip, "Nguyen", leisure, Level.READ)
    page = await assistant.get(f"{ip}/life-areas")
    assert titles(page) == ["Fritid"]
    assert "Ut på sjøen igjen" in section(page, "leisure")
    assert "Endre" not in page.words
    assert (await assistant.get(f"{ip}/life-areas/{leisure.id}/change")).status == 403


@pytest.mark.feature("F68")
async def test_goals_one_may_not_read_are_not_shown_on_their_area(sign_in: SignIn, ip: str, town: Database) -> None:
    for area in (Element.HOUSING, Element.LEISURE):
        [mapped] = await living(town, ip, area)
        await open_one(town, ip, "Nguyen", mapped, Level.READ)
    page = await (await sign_in("assistent")).get(f"{ip}/life-areas")
    assert "Mål på dette området" not in section(page, "housing")
    assert "Ut på sjøen igjen" in section(page, "leisure")


@pytest.mark.feature("F66")
@pytest.mark.parametrize("name", ["planeier", "tjenesteyter", "spesialist@helse.example"])
async def test_only_those_with_the_right_map_or_delete(sign_in: SignIn, ip: str, name: str, town: Database) -> None:
    visitor = await sign_in(name)
    [social] = await living(town, ip, Element.SOCIAL)
    assert (await visitor.get(f"{ip}/life-areas/new")).status == 403
    assert (await visitor.post(f"{ip}/life-areas/new", {"area": "social", "text": WORDS})).status == 403
    assert (await visitor.get(f"{ip}/life-areas/{social.id}/remove")).status == 403
    assert (await visitor.post(f"{ip}/life-areas/{social.id}/remove", {"seen": "1"})).status == 403


async def test_another_plans_area_is_not_found_here(
    coordinator: Visitor, sign_in: SignIn, ip: str, relay: str, town: Database
) -> None:
    [social] = await living(town, ip, Element.SOCIAL)
    for ending in ("change", "remove"):
        assert (await coordinator.get(f"{relay}/life-areas/{social.id}/{ending}")).status == 404
        assert (await coordinator.post(f"{relay}/life-areas/{social.id}/{ending}", {"text": WORDS})).status == 404
    stranger = await sign_in("koordinator@dalen.example")
    assert (await stranger.get(f"{ip}/life-areas")).status == 404
    assert (await stranger.post(f"{ip}/life-areas/new", {"area": "social", "text": WORDS})).status == 404


@pytest.mark.parametrize("id_", ["0", "tull", "00000000-0000-0000-0000-000000000000"])
async def test_odd_ids_are_nothing(coordinator: Visitor, ip: str, id_: str) -> None:
    assert (await coordinator.get(f"{ip}/life-areas/{id_}/change")).status == 404
    assert (await coordinator.post(f"{ip}/life-areas/{id_}/remove")).status == 404


async def test_who_has_lost_their_consent_sees_nothing(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("utlopt")).get(f"{ip}/life-areas")
    assert page.status == 403
    assert "Trettheten" not in page.text


async def test_an_ended_plan_is_read_and_not_changed(coordinator: Visitor, relay: str, town: Database) -> None:
    [daytime] = await living(town, relay, Element.DAYTIME)
    async with town.writing() as session:
        mine = col(PlanSpan.plan_id) == daytime.plan_id, col(PlanSpan.state) == PlanState.ACTIVE
        await session.execute(update(PlanSpan).where(*mine).values(state=PlanState.INACTIVE))
    page = await coordinator.get(f"{relay}/life-areas")
    assert titles(page) == [NAMES[1], NAMES[3]]
    assert not any(word in page.words for word in ("Endre", "Slett", "Nytt livsområde", "Kartlegg "))
    assert (await coordinator.get(f"{relay}/life-areas/new")).status == 403
    assert (await coordinator.post(f"{relay}/life-areas/{daytime.id}/change", {"text": WORDS})).status == 403


async def test_a_plan_without_life_areas_says_so(sign_in: SignIn, iop: str) -> None:
    page = await (await sign_in("rektor")).get(f"{iop}/life-areas")
    assert page.status == 403
    assert "Denne delen er ikke i bruk i planen." in page.words


async def test_who_may_read_nothing_that_is_there_is_told_no_more(sign_in: SignIn, relay: str, town: Database) -> None:
    await let(town, relay, "Elvestad", Level.NONE, Element.DAYTIME, Element.SOCIAL)
    page = await (await sign_in("helsesykepleier")).get(f"{relay}/life-areas")
    assert titles(page) == []
    assert "Her er det ingenting å lese ennå" in page.words
    assert "Spør stafettholderen hvis du savner noe." in page.words
