"""`access.csv` is the policy as a lawyer reads it, in the words of the screen; this file reads it aloud to `judge`.

A ledger is written in the order it was recorded, parted by «, så». «nivå» is the participant's own level on what is
asked for, and «overstyrt» what goes before it. Days not given: begun long ago, no end. A local administrator is one who
does not take part, and has opened the administration.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

import pytest

from models.labels import LABELS
from models.plans.proof import OpenPlan, Standing
from models.plans.rules.access import BasisEntry, ConsentEntry, Facts, judge
from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.refusals import SENTENCES, Reason
from models.rights import Element, Level, PlanKind, Role
from permissions import administering

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
    "venter på planeieren": {"approved": False},
}
ADMINISTRATOR = "Lokal administrator"
OFF, AS_ANOTHER, HIDDEN = "delen er ikke i bruk", "ser planen som en annen", "det punktet ligger under, er skjult"
ITEM = "punktet er satt til: "
NOT_COMPLETE = ("mangler signatur", "foreløpig", "avlyst")
PLACE, ABOVE = uuid4(), uuid4()
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
                signed=not words.startswith(NOT_COMPLETE),
                own="for deltakeren" in words,
            )
            for number, words, first, last in entries(row["samtykke"])
        ),
    }
    asked: dict[str, Any] = {
        "role": member(Role, row["rolle"]),
        "state": member(PlanState, row["plan"]),
        "today": TODAY,
    }
    return Facts(**asked | known | OTHERWISE[row["ellers"]])


def opening(row: dict[str, str]) -> tuple[str, Reason]:
    verdict = judge(facts(row))
    if verdict.narrowed:
        return "bare administrasjon", verdict.narrowed
    return "ja" if verdict.reason is Reason.OPEN else "nei", verdict.reason


def doing(row: dict[str, str], verb: str, part: str) -> tuple[str, Reason]:
    """What an opened plan answers; the door's refusal when it does not open."""
    element = member(Element, part)
    standing = administrator(row, element) if row["rolle"] == ADMINISTRATOR else opened(row, element)
    if isinstance(standing, Reason):
        return "nei", standing
    plan = OpenPlan(
        session=cast(Any, None),
        viewer=cast(Any, None),
        vault=cast(Any, None),
        plan_id=uuid4(),
        municipality_id=uuid4(),
        short_name="AB",
        kind=PlanKind.IP,
        state=member(PlanState, row["plan"]),
        unit_id=None,
        elements=frozenset(Element) - ({element} if row["overstyrt"] == OFF else set()),
        standings=(standing,),
        today=TODAY,
        looking_as="Kari" if row["overstyrt"] == AS_ANOTHER else None,
    )
    reason = plan.why(element, VERBS[verb], thing(row, element))
    return "ja" if reason is Reason.OPEN else "nei", reason


def opened(row: dict[str, str], element: Element) -> Standing | Reason:
    """What the participation amounts to once inside; the door's refusal when it does not open."""
    verdict, levels = judge(facts(row)), {element: member(Level, row["nivå"])}
    if verdict.reason is not Reason.OPEN:
        return verdict.reason
    items = {(Element.GOALS, ABOVE): Level.NONE} if row["overstyrt"] == HIDDEN else {}
    if is_item(row):
        items[element, PLACE] = member(Level, row["overstyrt"].removeprefix(ITEM))
    return Standing(uuid4(), facts(row).role, {Element.GOALS: Level.READ} | levels, items, verdict.narrowed)


def administrator(row: dict[str, str], element: Element) -> Standing:
    """The level that is written is the one they have."""
    mine = administering.standing()
    assert mine.level(element) is member(Level, row["nivå"])
    return mine


def is_item(row: dict[str, str]) -> bool:
    return row["overstyrt"].startswith(ITEM)


@dataclass(frozen=True)
class Thing:
    """A single goal, say; or an activity under one."""

    chain: tuple[tuple[Element, UUID], ...]
    id: UUID = PLACE

    def guarded_by(self) -> tuple[tuple[Element, UUID], ...]:
        return self.chain


def thing(row: dict[str, str], element: Element) -> Thing | None:
    if row["overstyrt"] == HIDDEN:
        return Thing(((element, PLACE), (Element.GOALS, ABOVE)))
    return Thing(((element, PLACE),)) if is_item(row) else None


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
    rows = [row for row in ROWS if row["rolle"] != ADMINISTRATOR]
    asked = {(member(Role, row["rolle"]), member(PlanState, row["plan"])) for row in rows}
    assert asked == {(role, state) for role in Role for state in PlanState if state is not PlanState.DELETED}


def test_every_reason_has_a_case() -> None:
    of_accounts = {
        *(Reason.OWN_ACCOUNT, Reason.SAME_PERSON, Reason.ADMINISTRATORS_ACCOUNT, Reason.OPERATOR_ONLY),
        Reason.KNOWN_ELSEWHERE,
    }
    of_items = {Reason.NOT_YOURS, Reason.IN_HISTORY, Reason.COORDINATOR_ONLY}
    of_an_hour = {Reason.ADMINISTRATION_CLOSED, Reason.TAKES_PART}
    elsewhere = {Reason.NO_RIGHT, *of_items, *of_accounts, *of_an_hour}
    assert {row["begrunnelse"] for row in ROWS} == {SENTENCES[reason] for reason in set(Reason) - elsewhere}
