"""What happened, as lines on a page: names and addresses added to what the queries found."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from models.clock import local_day
from models.i18n import N_, _
from models.labels import inside, label
from models.log.rules import Event
from models.plans.proof import OpenPlan
from models.plans.queries.people import Somebody
from models.plans.queries.timeline import Deadline, Happening
from models.plans.rules.words import PlanState
from models.plans.tables.kinds import ABOUT, CONTRIBUTION, COOPERATION, GOAL, LIFE_AREA, MEASUREMENT, Kind
from pages.plans.room import address, goal_address

KINDS = {
    "about.changed": (N_("«Om meg selv» er endret"), "person"),
    "journal.added": (N_("«Sist jeg var her»"), "heart"),
    "journal.changed": (N_("«Sist jeg var her» er endret"), "heart"),
    "life_area.added": (N_("Livsområde kartlagt"), "house"),
    "life_area.changed": (N_("Livsområde endret"), "house"),
    "goal.added": (N_("Nytt mål"), "goal"),
    "goal.changed": (N_("Mål endret"), "goal"),
    "goal.to_history": (N_("Mål flyttet til historikken"), "goal"),
    "goal.from_history": (N_("Mål hentet fram fra historikken"), "goal"),
    "activity.added": (N_("Ny aktivitet"), "activity"),
    "activity.changed": (N_("Aktivitet endret"), "activity"),
    "activity.missed": (N_("Aktivitet ikke gjort som avtalt"), "warning"),
    "activity.due": (N_("Frist for aktivitet"), "activity"),
    "comment.added": (N_("Kommentar"), "comment"),
    "comment.changed": (N_("Kommentar endret"), "comment"),
    "measurement.added": (N_("Ny måling"), "chart"),
    "measurement.changed": (N_("Måling endret"), "chart"),
    "evaluation.added": (N_("Ny evaluering"), "chart"),
    "evaluation.changed": (N_("Evaluering endret"), "chart"),
    "subject_plan.added": (N_("Ny fagplan"), "book"),
    "subject_plan.changed": (N_("Fagplan endret"), "book"),
    "contribution.added": (N_("Nytt bidrag til planen"), "people"),
    "contribution.changed": (N_("Bidrag til planen endret"), "people"),
    "cooperation.added": (N_("Nytt samarbeid"), "people"),
    "cooperation.changed": (N_("Samarbeid endret"), "people"),
    "plan.created": (N_("Planen ble opprettet"), "plan"),
    "plan.revised": (N_("Planen er gjennomgått"), "plan"),
    "plan.state_changed": (N_("Planens tilstand er endret"), "plan"),
    "plan.begun": (N_("Planen er tatt i bruk"), "check"),
    "plan.ended": (N_("Planen er avsluttet"), "cancelled"),
    "plan.reopened": (N_("Planen er åpnet igjen"), "redo"),
    "plan.unfinished": (N_("Planen er et utkast igjen"), "pencil"),
    "plan.awaits": (N_("Planen venter på signaturer"), "hourglass"),
    "plan.kind_changed": (N_("Planen har fått en annen plantype"), "order"),
    "handover.accepted": (N_("Har sagt ja til å koordinere planen"), "people"),
    "coordinator.appointed": (N_("Kommunen har bestemt hvem som koordinerer planen"), "people"),
    "substitute.chosen": (N_("Det er valgt en vikar til å koordinere planen"), "people"),
    "participant.added": (N_("Ny deltaker"), "people"),
    "consent.recorded": (N_("Samtykke gitt"), "consent"),
    "consent.withdrawn": (N_("Samtykke trukket tilbake"), "consent"),
    "consent.ends": (N_("Samtykket går ut"), "consent"),
}
"""What a line says and shows: the values of the events on the timeline, what a plan became, and the two kinds that are
to come."""

STATES = {
    PlanState.ACTIVE: "plan.begun",
    PlanState.INACTIVE: "plan.ended",
    PlanState.DRAFT: "plan.unfinished",
    PlanState.AWAITING_SIGNATURES: "plan.awaits",
}

SHOWN_IN = {CONTRIBUTION: COOPERATION.room}
"""Kinds that are shown in another kind's room."""

MARKS = {ABOUT: "", GOAL: "", MEASUREMENT: "#measured", CONTRIBUTION: "#contributions"}
"""Kinds that are the whole page they are shown on, or that are not told apart on it by their own ids."""


def _line(kind: str, **facts: Any) -> dict[str, Any]:
    words, drawing = KINDS[kind]
    nobody = {"all_day": True, "name": None, "role": None, "excerpt": None, "new": False}
    return nobody | {"kind": kind, "words": _(words), "drawing": drawing} | facts


def entries(
    plan: OpenPlan, happenings: Sequence[Happening], everybody: Sequence[Somebody], since: datetime | None
) -> list[dict[str, Any]]:
    """One line each; `new` when somebody else did it since the viewer was last here (F44)."""
    by_account = {one.account_id: one for one in everybody if one.account_id}
    return [_entry(plan, one, by_account, since) for one in happenings]


def _entry(plan: OpenPlan, one: Happening, people: dict[UUID, Somebody], since: datetime | None) -> dict[str, Any]:
    who = people.get(one.actor_id) if one.actor_id else None
    return _line(
        _kind(one),
        title=_title(plan, one),
        url=_place(plan, one),
        at=one.at,
        all_day=False,
        name=who.name if who else None,
        role=who.role if who else None,
        excerpt=one.text,
        new=bool(since and one.at > since and one.actor_id != plan.actor_id),
    )


def _kind(one: Happening) -> str:
    if one.event is not Event.PLAN_STATE_CHANGED or not one.became:
        return one.event.value
    before, after = one.became
    is_again = before is PlanState.INACTIVE and after is PlanState.ACTIVE
    return "plan.reopened" if is_again else STATES.get(cast(PlanState, after), one.event.value)


def _title(plan: OpenPlan, one: Happening) -> str:
    """What it is about; empty where the line's own words say that already."""
    if one.event is Event.PLAN_KIND_CHANGED and one.became:
        before, after = (label(each) for each in one.became)
        return _("Fra %(before)s til %(after)s") % {"before": inside(before), "after": inside(after)}
    if one.kind is None:
        return plan.short_name
    return one.title or (label(one.sort) if one.sort else "")


def _place(plan: OpenPlan, one: Happening) -> str:
    """Where the line leads (F158)."""
    if one.kind is None:
        return address(plan)
    room = f"{address(plan)}/{SHOWN_IN.get(one.kind, one.kind.room)}"
    return (room if one.kind.room else goal_address(plan, cast(UUID, one.goal_id))) + _mark(one.kind, one)


def _mark(kind: Kind, one: Happening) -> str:
    """Where on that page it stands; life areas by their names."""
    if kind is LIFE_AREA and one.sort:
        return f"#{one.sort.value}"
    return MARKS.get(kind, f"#{kind.name}-{one.item_id}")


def deadlines(plan: OpenPlan, coming: Sequence[Deadline]) -> list[dict[str, Any]]:
    return [
        _line("activity.due", title=one.title, url=_activity_address(plan, one.goal_id, one.activity_id), at=one.day)
        for one in coming
    ]


def _activity_address(plan: OpenPlan, goal_id: UUID, activity_id: UUID) -> str:
    return f"{goal_address(plan, goal_id)}#activity-{activity_id}"


def consent_end(plan: OpenPlan) -> list[dict[str, Any]]:
    """The viewer's own consent running out is something to come, too."""
    if not plan.consent_until or plan.consent_until < plan.today:
        return []
    return [_line("consent.ends", title=plan.short_name, url=address(plan), at=plan.consent_until)]


def with_days(lines: Sequence[dict[str, Any]], today: date, last_visit: datetime | None) -> list[dict[str, Any]]:
    """Newest first, a head for each day, and the two dotted lines (F157): today, and the viewer's last visit."""
    rows: list[dict[str, Any]] = []
    marks: list[tuple[str, Any]] = [("today", today)] + ([("last_visit", last_visit)] if last_visit else [])
    day: date | None = None
    for line in lines:
        while marks and _is_past(marks[0], line):
            rows.append({"kind": marks[0][0], "at": marks.pop(0)[1]})
            day = None
        if _day(line["at"]) != day:
            day = _day(line["at"])
            rows.append({"kind": "day", "at": day})
        rows.append(line)
    return rows + [{"kind": kind, "at": at} for kind, at in marks]


def _is_past(mark: tuple[str, Any], line: dict[str, Any]) -> bool:
    """Whether the line lies below the mark: what happened is below today, and what was seen below the last visit."""
    kind, at = mark
    if kind == "today":
        return not line["all_day"]
    return not line["all_day"] and line["at"] <= at


def _day(at: datetime | date) -> date:
    return local_day(at) if isinstance(at, datetime) else at
