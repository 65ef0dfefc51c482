"""The plans that are told by hand in `cast.toml`, with the named people in them."""

from collections.abc import Iterator, Mapping
from typing import Any

from models.plans.rules.words import ActivityStatus, Basis, EvaluationKind, MeasureKind, Mood, PlanState
from models.rights import Element, PlanKind, Role
from seed.cast import script
from seed.people import Place
from seed.rows import Rows
from seed.told import (
    YESTERDAY,
    Human,
    Part,
    ToldActivity,
    ToldArea,
    ToldBasis,
    ToldComment,
    ToldConsent,
    ToldEvaluation,
    ToldGoal,
    ToldJournalEntry,
    ToldMeasure,
    ToldPlan,
    ToldPoint,
    ToldSubjectPlan,
    yearly,
)

STATUSES = {
    "planned": ActivityStatus.PLANNED,
    "ongoing": ActivityStatus.UNDER_WAY,
    "done": ActivityStatus.DONE,
}


def hand_written(rows: Rows, places: Mapping[str, Place], cast: Mapping[tuple[str, str], Human]) -> Iterator[ToldPlan]:
    """Every plan in the script; `cast` has the humans by municipality and key."""
    for told in script()["plans"]:
        yield _plan(rows, told, places[told["municipality"]], cast)


def _plan(rows: Rows, told: dict[str, Any], place: Place, cast: Mapping[tuple[str, str], Human]) -> ToldPlan:
    basis = Basis(told["legal_basis"])
    parts = {line["who"]: _part(rows, line, cast[place.name, line["who"]], basis) for line in told["participants"]}
    until = {parts[line["who"]]: line["to"] for line in told["participants"]}
    made, (first, last) = told["made"], told["period"]
    return ToldPlan(
        municipality_id=place.municipality_id,
        kind=PlanKind(told["kind"]),
        unit_id=place.units[told["unit"]].id,
        short_name=told["short_name"],
        about=told["about"].strip(),
        made=made,
        period=(first, last),
        states=_states(made, basis),
        parts=list(parts.values()),
        bases=[ToldBasis(basis, made, last, made)],
        consents=_consents(parts, until) if basis is Basis.CONSENT else (),
        goals=[_goal(line, parts) for line in told["goals"]],
        areas=[ToldArea(Element(line["area"]), line["day"], line["text"]) for line in told["life_areas"]],
        journal=[ToldJournalEntry(line["day"], Mood(line["mood"]), line["text"]) for line in told["journal"]],
        subject_plans=[_subject_plan(line, parts) for line in told["subject_plans"]],
        evaluations=[_evaluation(line, parts) for line in told.get("evaluations", ())],
        revision=told["revision"],
    )


def _states(made: int, basis: Basis) -> list[tuple[PlanState, int]]:
    if basis is Basis.CONSENT:
        return [(PlanState.DRAFT, made), (PlanState.AWAITING_SIGNATURES, made + 2), (PlanState.ACTIVE, made + 4)]
    return [(PlanState.DRAFT, made), (PlanState.ACTIVE, made + 3)]


def _part(rows: Rows, line: dict[str, Any], human: Human, basis: Basis) -> Part:
    needs_consent = basis is Basis.CONSENT and line["role"] != Role.OWNER
    return Part(
        id=rows.new_id(),
        role=Role(line["role"]),
        joined=line["from"],
        human=human,
        only_goal=line.get("only_goal", ""),
        sees_to=min(YESTERDAY, line["to"]) if needs_consent else YESTERDAY,
        contributes=line["contributes"],
    )


def _consents(parts: Mapping[str, Part], until: Mapping[Part, int]) -> list[ToldConsent]:
    """One for each of the others, renewed every year; signed by the owner, or by those who speak for a child."""
    owner = next(part for part in parts.values() if part.role is Role.OWNER)
    guardians = tuple(part for part in parts.values() if part.role is Role.GUARDIAN)
    signers = (owner,) if owner.account_id else guardians
    entries = [
        ToldConsent(first, last, max(part.joined, first - 10), part, signers=signers)
        for part in until
        if part is not owner
        for first, last in yearly(part.joined, until[part])
    ]
    return sorted(entries, key=lambda entry: entry.recorded)


def _goal(line: dict[str, Any], parts: Mapping[str, Part]) -> ToldGoal:
    return ToldGoal(
        key=line["key"],
        title=line["title"],
        description=line["description"],
        area=Element(line["area"]),
        day=line["day"],
        progress=line["progress"],
        activities=[_activity(each, parts) for each in line["activities"]],
        comments=[_comment(each, parts) for each in line["comments"]],
        history=line["history"] or None,
        measure=_measure(line["measure"], parts) if "measure" in line else None,
        points=[_point(each, parts) for each in line.get("points", ())],
    )


def _comment(line: dict[str, Any], parts: Mapping[str, Part]) -> ToldComment:
    return ToldComment(parts[line["by"]], line["day"], line["text"])


def _measure(line: dict[str, Any], parts: Mapping[str, Part]) -> ToldMeasure:
    return ToldMeasure(**line | {"by": parts[line["by"]]})


def _point(line: dict[str, Any], parts: Mapping[str, Part]) -> ToldPoint:
    return ToldPoint(**line | {"by": parts[line["by"]], "kind": MeasureKind(line["kind"])})


def _evaluation(line: dict[str, Any], parts: Mapping[str, Part]) -> ToldEvaluation:
    return ToldEvaluation(**line | {"by": parts[line["by"]], "kind": EvaluationKind(line["kind"])})


def _subject_plan(line: dict[str, Any], parts: Mapping[str, Part]) -> ToldSubjectPlan:
    return ToldSubjectPlan(
        title=line["title"],
        established=line["established"],
        contact=parts[line["contact"]] if "contact" in line else None,
        outside=line.get("outside", ""),
        may_contact=line.get("may_contact", False),
        note=line.get("note", ""),
    )


def _activity(line: dict[str, Any], parts: Mapping[str, Part]) -> ToldActivity:
    return ToldActivity(
        title=line["title"],
        description=line["description"],
        extent=line["extent"],
        responsible=parts[line["responsible"]],
        status=STATUSES[line["status"]],
        day=line["day"],
        due=line["deadline"],
        missed=_comment(line["missed"], parts) if "missed" in line else None,
    )
