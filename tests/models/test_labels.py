"""Every word of access has a name on the screen, and every refusal a sentence."""

from enum import Enum

import pytest

from models.labels import LABELS, label, role_label
from models.notices.rules import Channel, DeliveryState
from models.organisation.rules import UnitKind
from models.people.rules import Gender
from models.plans.rules.words import ActivityStatus, Basis, ConsentMethod, PlanState
from models.refusals import SENTENCES, Reason
from models.rights import Assurance, Duty, Element, Level, PlanKind, Profile, Role
from models.templates.rules import TextKind
from tests.hamlet import role_rows

PLANS: tuple[type[Enum], ...] = (PlanKind, PlanState, Role, Element, Level, Basis, ConsentMethod, ActivityStatus)
OTHERS: tuple[type[Enum], ...] = (Assurance, Channel, DeliveryState, Duty, Gender, Profile, TextKind, UnitKind)


@pytest.mark.parametrize("kind", PLANS + OTHERS)
def test_every_member_has_a_label(kind: type[Enum]) -> None:
    assert LABELS[kind].keys() == set(kind)
    assert len({label(member) for member in kind}) == len(kind)


def test_every_reason_has_a_sentence() -> None:
    assert SENTENCES.keys() == set(Reason)
    assert [sentence for sentence in SENTENCES.values() if not sentence.endswith(".")] == []


@pytest.mark.feature("F122")
def test_a_role_is_called_what_its_kind_of_plan_calls_it() -> None:
    names = {(row["kind"], row["role"]): row["label"] for row in role_rows()}
    assert names == {(kind, role): role_label(kind, role) for kind in PlanKind for role in Role}


@pytest.mark.feature("F123")
def test_the_five_levels_are_written_as_they_always_were() -> None:
    assert [label(level) for level in Level] == [
        "Ingen tilgang",
        "Les",
        "Les, endre",
        "Les, endre, ny",
        "Les, endre, ny, slette",
    ]
