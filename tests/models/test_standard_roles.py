"""The roles are called what the manual calls them, and give what each of those people needs (F122, F130)."""

import pytest

from models.labels import label, role_label
from models.rights import LIFE_AREAS, Element, Level, PlanKind, Role
from tests.hamlet import role_rows, standard_levels

CALLED = {
    PlanKind.IP: ["Planeier", "Koordinator", "Tjenesteyter", "Foresatt/pårørende", "Andre"],
    PlanKind.IOP: ["Elev", "Koordinator", "Lærer", "Foresatt/pårørende", "Andre"],
    PlanKind.SL: ["Planeier", "Stafettholder", "Tjenesteyter", "Foresatt/pårørende", "Andre"],
    PlanKind.IUP: ["Barn", "Koordinator", "Pedagog", "Foresatt/pårørende", "Andre"],
}
MAPPED = {
    ("rektor", PlanKind.IOP): Role.COORDINATOR,
    ("kontaktlærer", PlanKind.IOP): Role.COORDINATOR,
    ("faglærer", PlanKind.IOP): Role.PROVIDER,
    ("helsesykepleier", PlanKind.IOP): Role.OTHER,
    ("foresatt", PlanKind.IOP): Role.GUARDIAN,
    ("elev", PlanKind.IOP): Role.OWNER,
    ("styrer", PlanKind.IUP): Role.COORDINATOR,
    ("støttepedagog", PlanKind.IUP): Role.PROVIDER,
}
WRITTEN = (Element.GOALS, Element.ACTIVITIES, *LIFE_AREAS, Element.SUBJECT_PLANS)


@pytest.mark.feature("F122")
@pytest.mark.parametrize("kind", list(PlanKind))
def test_each_kind_has_its_five_roles_by_name(kind: PlanKind) -> None:
    seeded = {row["role"]: row["label"] for row in role_rows() if row["kind"] == kind}
    assert [seeded[role] for role in Role] == CALLED[kind]
    assert [role_label(kind, role) for role in Role] == CALLED[kind]


@pytest.mark.feature("F123")
def test_there_are_five_levels_by_name() -> None:
    words = ["Ingen tilgang", "Les", "Les, endre", "Les, endre, ny", "Les, endre, ny, slette"]
    assert [label(level) for level in Level] == words


@pytest.mark.feature("F130")
@pytest.mark.parametrize(("who", "kind"), list(MAPPED))
def test_the_people_of_schools_and_kindergartens_get_what_their_role_gives(who: str, kind: PlanKind) -> None:
    levels = standard_levels(kind, MAPPED[who, kind])
    steers = MAPPED[who, kind] is Role.COORDINATOR
    assert (levels[Element.PARTICIPANTS] >= Level.NEW) is steers
    assert (levels[Element.GOALS] is Level.DELETE) is steers
    assert levels[Element.ABOUT] >= Level.READ


@pytest.mark.feature("F84")
@pytest.mark.parametrize("kind", list(PlanKind))
def test_guardians_read_comment_and_write_messages(kind: PlanKind) -> None:
    levels = standard_levels(kind, Role.GUARDIAN)
    assert {levels[element] for element in WRITTEN} == {Level.READ}
    assert levels[Element.COMMENTS] >= Level.NEW
    assert levels[Element.MESSAGES] >= Level.NEW


@pytest.mark.feature("F85")
@pytest.mark.parametrize("kind", list(PlanKind))
def test_others_read_at_most_and_no_life_areas(kind: PlanKind) -> None:
    levels = standard_levels(kind, Role.OTHER)
    assert max(levels[element] for element in WRITTEN) is Level.READ
    assert {levels[area] for area in LIFE_AREAS} == {Level.NONE}


@pytest.mark.feature("F129")
@pytest.mark.parametrize("kind", list(PlanKind))
def test_print_is_for_the_owner_and_the_coordinator_unless_they_decide_otherwise(kind: PlanKind) -> None:
    assert standard_levels(kind, Role.COORDINATOR)[Element.PRINT] >= Level.READ
    assert standard_levels(kind, Role.OWNER)[Element.PRINT] >= Level.READ
    for role in (Role.PROVIDER, Role.OTHER):
        assert standard_levels(kind, role)[Element.PRINT] is Level.NONE
