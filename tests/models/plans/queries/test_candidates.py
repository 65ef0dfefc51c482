"""Finding whom to add: search first, and nobody is listed (F100, F101)."""

from datetime import date

import pytest

from models.people.queries import NATIONAL_ID
from models.people.tables import KeptApart
from models.plans.queries.candidates import Sought, candidate, find, units_to_add
from models.refusals import Invalid, NotFound, Reason
from models.rights import Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here

BORN = date(1980, 5, 17)


async def names(here: Here, sought: Sought, by: str = "Kari") -> list[str]:
    return [one.name for one in await find(await here.opened_by(by), sought)]


@pytest.fixture
async def anne(here: Here) -> Here:
    """Anne-Åse works somewhere, and is in no plan."""
    person = await here.hamlet.person(here.municipality, "Anne-Åse")
    person.birth_date = BORN
    here.people["Anne"] = person
    return here


@pytest.mark.feature("F100")
@pytest.mark.parametrize("said", ["anne", "ANNE", "åse", "Hans Ann", "anne-å hansen", "  Hansen   Anne-Åse "])
async def test_names_are_found_by_the_beginnings_of_their_words(anne: Here, said: str) -> None:
    assert await names(anne, Sought(name=said)) == ["Anne-Åse Hansen"]


@pytest.mark.feature("F100")
async def test_a_birth_date_narrows_a_name_and_is_enough_alone(anne: Here) -> None:
    assert await names(anne, Sought(birth_date=BORN)) == ["Anne-Åse Hansen"]
    assert await names(anne, Sought(name="Hansen", birth_date=BORN)) == ["Anne-Åse Hansen"]
    assert await names(anne, Sought(name="Olsen", birth_date=BORN)) == []


@pytest.mark.parametrize("sought", [Sought(), Sought(name="an"), Sought(name="a b"), Sought(name="  ")])
async def test_too_little_to_go_by_is_refused(anne: Here, sought: Sought) -> None:
    with pytest.raises(Invalid):
        await find(await anne.opened_by("Kari"), sought)


async def test_signs_that_mean_something_elsewhere_mean_nothing_here(anne: Here) -> None:
    for said in ("%%%", "___", "' OR 1=1 --", "<script>", "x" * 200_000):
        assert await names(anne, Sought(name=said)) == []


async def test_too_many_are_not_listed(here: Here) -> None:
    for number in range(21):
        await here.hamlet.person(here.municipality, f"Mange{number}")
    with pytest.raises(Invalid):
        await find(await here.opened_by("Kari"), Sought(name="mange"))


@pytest.mark.feature("F101")
async def test_who_only_owns_a_plan_is_not_found_by_name(here: Here) -> None:
    person = await here.hamlet.person(here.municipality, "Unni")
    other = await here.hamlet.plan(here.municipality)
    await here.hamlet.participant(other, person, Role.OWNER)
    assert await names(here, Sought(name="unni")) == []
    third = await here.hamlet.plan(here.municipality)
    await here.hamlet.participant(third, person, Role.GUARDIAN)
    assert await names(here, Sought(name="unni")) == ["Unni Hansen"]


async def test_the_number_finds_its_person_and_no_other(here: Here) -> None:
    person = await here.hamlet.person(here.municipality, "Unni")
    await here.hamlet.participant(await here.hamlet.plan(here.municipality), person, Role.OWNER)
    number = "1" * 11
    person.national_id_index = here.session.keys.blind_indexes(NATIONAL_ID, number)[0]
    assert await names(here, Sought(national_id=number)) == ["Unni Hansen"]
    assert await names(here, Sought(national_id="2" * 11)) == []


@pytest.mark.feature("N15")
async def test_a_blocked_address_hides_from_names_and_who_is_kept_apart_from_all(anne: Here) -> None:
    anne.people["Anne"].blocked_address = True
    assert await names(anne, Sought(name="anne")) == []
    anne.people["Anne"].blocked_address = False
    await anne.hamlet.put(
        KeptApart(
            municipality_id=anne.municipality.id,
            first_id=anne.people["Kari"].id,
            second_id=anne.people["Anne"].id,
            made_at=anne.session.clock.now(),
            made_by=anne.plan.id,
        )
    )
    assert await names(anne, Sought(name="anne")) == []
    with pytest.raises(NotFound):
        await candidate(await anne.opened_by("Kari"), anne.people["Anne"].id)


async def test_another_municipalitys_people_are_not_found(here: Here) -> None:
    odd = await here.hamlet.person(await here.hamlet.municipality("Li"), "Oddvar")
    assert await names(here, Sought(name="oddvar")) == []
    with pytest.raises(NotFound):
        await candidate(await here.opened_by("Kari"), odd.id)


async def test_who_is_in_the_plan_is_marked(here: Here) -> None:
    found = await find(await here.opened_by("Kari"), Sought(name="pål"))
    assert [(one.name, one.works, one.is_in) for one in found] == [("Pål Hansen", ("Påls arbeidsplass",), True)]


@pytest.mark.parametrize("name", ["Pål", "Gro", "Ola", "Else"])
async def test_only_who_adds_participants_may_search(here: Here, name: str) -> None:
    plan = await here.opened_by(name)
    for asks in (find(plan, Sought(name="hansen")), candidate(plan, here.people["Pål"].id), units_to_add(plan)):
        assert await refused(asks) is Reason.LEVEL_TOO_LOW
