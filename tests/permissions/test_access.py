"""`access.csv` is the policy as a lawyer reads it, in the words of the screen; this file reads it aloud to `judge`.

A ledger is written in the order it was recorded, parted by «, så». «nivå» is the participant's own level on what is
asked for. Days not given: begun long ago, no end.
"""

import csv
import re
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import uuid4

import pytest

from models.labels import LABELS
from models.plans.proof import OpenPlan, Standing
from models.plans.rules.access import BasisEntry, ConsentEntry, Facts, judge
from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.refusals import SENTENCES, Reason
from models.rights import Element, Level, PlanKind, Role

TODAY = date(2026, 11, 20)
LONG_AGO = TODAY - timedelta(days=100)
DAYS = {"i går": TODAY - timedelta(days=1), "i dag": TODAY, "i morgen": TODAY + timedelta(days=1)}
VERBS = {"lese": Level.READ, "endre": Level.CHANGE, "opprette": Level.NEW, "slette": Level.DELETE}
OTHERWISE: dict[str, dict[str, Any]] = {
    "": {},
    "annen kommune": {"same_municipality": False},
    "annen profil": {"same_profile": False},
    "for lavt sikkerhetsnivå": {"assured": False},
    "under 15, og planen er lukket for barn": {"age_reason": Reason.TOO_YOUNG},
    "under 15, og ingen foresatt har godtatt det": {"age_reason": Reason.GUARDIAN_MUST_APPROVE},
    "deltar fra i morgen": {"joined": DAYS["i morgen"]},
    "sluttet i dag": {"left": TODAY},
    "slutter i morgen": {"left": DAYS["i morgen"]},
    "delen er ikke i bruk": {},
}
E = TypeVar("E", bound=Enum)

with (Path(__file__).parent / "access.csv").open(newline="", encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file, delimiter=";", quoting=csv.QUOTE_NONE))


def member(kind: type[E], text: str) -> E:
    return next(word for word in kind if LABELS[kind][word] == text)


def entries(ledger: str) -> list[tuple[int, str, date, date | None]]:
    """(number, words, first day, last day) of each entry that concerns the participant."""
    found = []
    for number, entry in enumerate(ledger.split(", så "), 1):
        first, last = (re.search(rf"\b{word} (i \w+)", entry) for word in ("fra", "til"))
        days = DAYS[first[1]] if first else LONG_AGO, DAYS[last[1]] if last else None
        if entry != "ingen" and "en annen deltaker" not in entry:
            found.append((number, entry, *days))
    return found


def basis(words: str) -> Basis:
    return next(kind for kind in Basis if words.startswith(LABELS[Basis][kind]))


def facts(row: dict[str, str]) -> Facts:
    known: dict[str, Any] = {
        "same_municipality": True,
        "same_profile": True,
        "assured": True,
        "joined": LONG_AGO,
        "left": None,
        "bases": tuple(
            BasisEntry(number, basis(words), first, last, own="bare for deltakeren" in words)
            for number, words, first, last in entries(row["grunnlag"])
        ),
        "consents": tuple(
            ConsentEntry(
                number,
                ConsentAct.WITHDRAWN if words.startswith("trukket") else ConsentAct.GIVEN,
                first,
                last,
                signed=not words.startswith("mangler signatur"),
                own="for deltakeren" in words,
            )
            for number, words, first, last in entries(row["samtykke"])
        ),
    }
    asked = {"role": member(Role, row["rolle"]), "state": member(PlanState, row["plan"]), "today": TODAY}
    return Facts(**asked | known | OTHERWISE[row["ellers"]])


def opening(row: dict[str, str]) -> tuple[str, Reason]:
    verdict = judge(facts(row))
    if verdict.narrowed:
        return "bare administrasjon", verdict.narrowed
    return "ja" if verdict.reason is Reason.OPEN else "nei", verdict.reason


def doing(row: dict[str, str], verb: str, part: str) -> tuple[str, Reason]:
    """What an opened plan answers; the door's refusal when it does not open."""
    verdict, known, element = judge(facts(row)), facts(row), member(Element, part)
    if verdict.reason is not Reason.OPEN:
        return "nei", verdict.reason
    levels = {element: member(Level, row["nivå"])}
    plan = OpenPlan(
        session=cast(Any, None),
        viewer=cast(Any, None),
        vault=cast(Any, None),
        plan_id=uuid4(),
        municipality_id=uuid4(),
        short_name="AB",
        kind=PlanKind.IP,
        state=known.state,
        unit_id=None,
        elements=frozenset(Element) - ({element} if row["ellers"] == "delen er ikke i bruk" else set()),
        standings=(Standing(uuid4(), known.role, levels, narrowed=verdict.narrowed),),
        today=TODAY,
        consent_until=None,
    )
    reason = plan.why(element, VERBS[verb])
    return "ja" if reason is Reason.OPEN else "nei", reason


@pytest.mark.feature("F6")
@pytest.mark.feature("F7")
@pytest.mark.feature("F111")
@pytest.mark.feature("F123")
@pytest.mark.feature("N1")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: " · ".join(word for word in row.values() if word)[:110])
def test_the_policy_answers_as_written(row: dict[str, str]) -> None:
    verb, part = row["spør om"].split(" ", 1)
    answer, reason = opening(row) if verb == "åpne" else doing(row, verb, part)
    assert (answer, SENTENCES[reason]) == (row["svar"], row["begrunnelse"])


def test_no_case_is_written_twice() -> None:
    asked = [tuple(row.values())[:-2] for row in ROWS]
    assert len(asked) == len(set(asked))


def test_every_role_is_asked_in_every_state_of_a_plan() -> None:
    asked = {(member(Role, row["rolle"]), member(PlanState, row["plan"])) for row in ROWS}
    assert asked == {(role, state) for role in Role for state in PlanState if state is not PlanState.DELETED}


def test_every_reason_has_a_case() -> None:
    of_accounts = {
        *(Reason.OWN_ACCOUNT, Reason.SAME_PERSON, Reason.ADMINISTRATORS_ACCOUNT, Reason.KNOWN_ELSEWHERE),
    }
    of_items = {Reason.NOT_YOURS, Reason.IN_HISTORY, Reason.COORDINATOR_ONLY}
    elsewhere = {Reason.NO_RIGHT, *of_items, *of_accounts}
    assert {row["begrunnelse"] for row in ROWS} == {SENTENCES[reason] for reason in set(Reason) - elsewhere}
