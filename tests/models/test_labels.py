"""Every word of access has a name on the screen, and every refusal a sentence."""

from enum import Enum

import pytest

from models.i18n import LANGUAGES, speaking
from models.labels import LABELS, THE_ROLE, label, plan_words, role_label, the_role
from models.notices.rules import Channel, DeliveryState
from models.organisation.rules import UnitKind
from models.people.rules import Gender
from models.plans.rules.words import (
    ActivityStatus,
    Basis,
    ConsentMethod,
    CooperationState,
    EvaluationKind,
    HomeBlock,
    MeasureKind,
    Mood,
    PlanState,
)
from models.refusals import SENTENCES, Reason
from models.rights import Assurance, Duty, Element, Level, PlanKind, Profile, Role
from models.templates.rules import TextKind
from tests.hamlet import role_rows

PLANS: tuple[type[Enum], ...] = (PlanKind, PlanState, Role, Element, Level, Basis, ConsentMethod, ActivityStatus)
WRITING: tuple[type[Enum], ...] = (CooperationState, EvaluationKind, HomeBlock, MeasureKind, Mood)
OTHERS: tuple[type[Enum], ...] = (Assurance, Channel, DeliveryState, Duty, Gender, Profile, TextKind, UnitKind)

IN_A_SENTENCE = {
    PlanKind.IP: ("planeieren", "koordinatoren", "tjenesteyteren"),
    PlanKind.IOP: ("eleven", "koordinatoren", "læreren"),
    PlanKind.IUP: ("barnet", "koordinatoren", "pedagogen"),
    PlanKind.SL: ("planeieren", "stafettholderen", "tjenesteyteren"),
}


@pytest.mark.parametrize("kind", PLANS + WRITING + OTHERS)
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


@pytest.mark.feature("F122")
@pytest.mark.parametrize("kind", list(PlanKind))
def test_people_are_called_what_they_are_called_in_their_kind_of_plan(kind: PlanKind) -> None:
    assert tuple(plan_words(kind).values()) == IN_A_SENTENCE[kind]
    assert set(plan_words(kind)) == {"owner", "coordinator", "provider"}


@pytest.mark.parametrize("role", list(THE_ROLE))
@pytest.mark.parametrize("kind", list(PlanKind))
def test_the_word_in_a_sentence_is_the_word_on_the_tag(kind: PlanKind, role: Role) -> None:
    """Elev, eleven; Lærer, læreren."""
    assert the_role(kind, role).startswith(role_label(kind, role).lower())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_word(language: str) -> None:
    with speaking(language):
        assert all(plan_words(kind)[role.value].strip() for kind in PlanKind for role in THE_ROLE)
