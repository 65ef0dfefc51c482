"""What happened, as lines on a page: names and addresses added to what the queries found."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.clock import local_day
from models.i18n import N_, _
from models.plans.proof import OpenPlan
from models.plans.queries.people import Somebody
from models.plans.queries.timeline import Deadline, Happening
from pages.plans.room import address, goal_address

KINDS = {
    "goal.added": (N_("Nytt mål"), "goal"),
    "goal.changed": (N_("Mål endret"), "goal"),
    "activity.added": (N_("Ny aktivitet"), "activity"),
    "activity.changed": (N_("Aktivitet endret"), "activity"),
    "activity.due": (N_("Frist for aktivitet"), "activity"),
    "comment.added": (N_("Kommentar"), "comment"),
    "comment.changed": (N_("Kommentar endret"), "comment"),
    "plan.created": (N_("Planen ble opprettet"), "plan"),
    "participant.added": (N_("Ny deltaker"), "people"),
    "consent.recorded": (N_("Samtykke gitt"), "consent"),
    "consent.withdrawn": (N_("Samtykke trukket tilbake"), "consent"),
    "consent.ends": (N_("Samtykket går ut"), "consent"),
}
"""What a line says and shows: the values of the events on the timeline, and the two kinds that are to come."""


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
        one.event.value,
        title=one.title or plan.short_name,
        url=_place(plan, one),
        at=one.at,
        all_day=False,
        name=who.name if who else None,
        role=who.role if who else None,
        excerpt=one.text,
        new=bool(since and one.at > since and one.actor_id != plan.actor_id),
    )


def _place(plan: OpenPlan, one: Happening) -> str:
    """Where the line leads (F158)."""
    if not one.goal_id:
        return address(plan)
    if one.comment_id:
        return f"{goal_address(plan, one.goal_id)}#comment-{one.comment_id}"
    if one.activity_id:
        return _activity_address(plan, one.goal_id, one.activity_id)
    return goal_address(plan, one.goal_id)


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
