"""Every cell of the published matrix says what `access_rules.csv` says: the rules in words, read from the top, of which
the first that fits decides. Nothing here asks the policy.

«alle» in the matrix is any value: a rule fits it only when it fits any value, and no earlier one may fit some of them.
«|» parts values. (innhold) is every part but the administration; (kan velges bort) what a plan can be made without.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from models.labels import LABELS
from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.refusals import SENTENCES, Reason
from models.rights import Element, Level, Role
from permissions.access_matrix import ADMINISTRATOR, ALL, OPEN_THE_PLAN, VERBS, Cell, cells
from permissions.situations import BASES, CONSENTS, OTHERWISE, RESTING

NOT_CONTENT = {"Administrer plan", "Deltakere", "Samtykke", "Rettigheter"}
IN_EVERY_PLAN = NOT_CONTENT | {"Om meg selv", "Samarbeid", "Utskrift", "Arkivering"}
PARTS = set(LABELS[Element].values())
GROUPS = {"(innhold)": PARTS - NOT_CONTENT, "(kan velges bort)": PARTS - IN_EVERY_PLAN}

with (Path(__file__).parent / "access_rules.csv").open(newline="", encoding="utf-8") as file:
    HEAD, *RULES = csv.reader(file, delimiter=";", quoting=csv.QUOTE_NONE)


@pytest.fixture(scope="module")
def matrix() -> list[Cell]:
    return list(cells())


@cache
def values(text: str) -> frozenset[str]:
    found: set[str] = set()
    for word in text.split(" | "):
        found |= GROUPS.get(word, {word})
    return frozenset(found)


def fits(rule: str, said: str) -> bool:
    return rule == "*" or said in values(rule)


def may_fit(rule: str, said: str) -> bool:
    return said == ALL or fits(rule, said)


def answer(cell: Cell) -> tuple[str, str]:
    """By the rules in words."""
    asked = cell[:-2]
    for *rule, said, why in RULES:
        if all(map(fits, rule, asked)):
            return said, why
        if all(map(may_fit, rule, asked)):
            return "«alle»", f"is not one thing: {rule}"
    raise AssertionError(f"no rule is about {cell}")


@pytest.mark.feature("N25")
@pytest.mark.feature("F6")
def test_every_cell_says_what_the_rules_in_words_say(matrix: list[Cell]) -> None:
    wrong = [(cell, answer(cell)) for cell in matrix if (cell.answer, cell.reason) != answer(cell)]
    assert wrong[:3] == []


@pytest.mark.feature("N25")
def test_every_rule_in_words_is_needed(matrix: list[Cell]) -> None:
    used: Counter[int] = Counter()
    for cell in matrix:
        used[next(n for n, rule in enumerate(RULES) if all(map(fits, rule, cell[:-2])))] += 1
    assert [RULES[n] for n in range(len(RULES)) if not used[n]] == []


@pytest.mark.feature("N25")
def test_no_question_is_asked_twice(matrix: list[Cell]) -> None:
    asked = Counter(cell[:-2] for cell in matrix)
    assert [question for question, times in asked.items() if times > 1] == []


@pytest.mark.feature("N25")
@pytest.mark.feature("F122")
@pytest.mark.feature("F123")
def test_every_role_is_asked_about_every_part_at_every_level_with_every_verb(matrix: list[Cell]) -> None:
    asked = {(cell.role, cell.element, cell.level, cell.asked) for cell in matrix}
    assert asked >= set(product_of_words())


def product_of_words() -> Iterator[tuple[str, str, str, str]]:
    for role in LABELS[Role].values():
        for part in PARTS:
            for level in LABELS[Level].values():
                for verb in VERBS:
                    yield role, part, level, verb


@pytest.mark.feature("N25")
@pytest.mark.feature("F7")
@pytest.mark.feature("N1")
def test_every_role_knocks_whatever_the_plan_rests_on(matrix: list[Cell]) -> None:
    knocked = {(c.role, c.state, c.basis, c.consent) for c in matrix if c.asked == OPEN_THE_PLAN and not c.otherwise}
    assert len(knocked) == len(Role) * (len(PlanState) - 1) * len(BASES) * len(CONSENTS)
    assert len(RESTING) + len(OTHERWISE) == len([c for c in matrix if c.asked == OPEN_THE_PLAN]) / len(Role)


def test_every_basis_and_every_act_of_consent_is_among_what_is_asked() -> None:
    assert {entry.basis for ledger in BASES.values() for entry in ledger} == set(Basis)
    assert {entry.act for ledger in CONSENTS.values() for entry in ledger} == set(ConsentAct)


@pytest.mark.feature("N25")
def test_every_reason_of_the_policy_is_given(matrix: list[Cell]) -> None:
    """Those of accounts, of single words and of an administrator's hour are given by other doors."""
    elsewhere = {
        *(Reason.NO_RIGHT, Reason.OWN_ACCOUNT, Reason.SAME_PERSON, Reason.ADMINISTRATORS_ACCOUNT),
        *(Reason.KNOWN_ELSEWHERE, Reason.OPERATOR_ONLY, Reason.NOT_YOURS, Reason.IN_HISTORY, Reason.COORDINATOR_ONLY),
        *(Reason.ADMINISTRATION_CLOSED, Reason.TAKES_PART),
    }
    assert {cell.reason for cell in matrix} == {SENTENCES[reason] for reason in set(Reason) - elsewhere}


@pytest.mark.feature("F194")
def test_an_administrator_from_outside_has_nothing_but_participants_and_consent(matrix: list[Cell]) -> None:
    may = {cell.element for cell in matrix if cell.role == ADMINISTRATOR and cell.answer == "ja"}
    assert may == {"Deltakere", "Samtykke", "Rettigheter"}


@pytest.mark.feature("N25")
def test_the_matrix_is_the_same_every_time(matrix: list[Cell]) -> None:
    assert list(cells()) == matrix


def test_a_wrong_cell_is_found(matrix: list[Cell]) -> None:
    cell = next(cell for cell in matrix if cell.answer == "nei")
    assert answer(cell) != ("ja", cell.reason)
