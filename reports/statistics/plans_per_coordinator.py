"""Planer per koordinator, sorted by workplace (F204, F205): how many plans each coordinator had on a day.

Coordinators are named, as employees are, but for those the reader is kept apart from (N15); neither plan owners nor
short names are ever read.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd
from anyio import to_thread
from sqlalchemy import Select, and_, case, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.accounts.proof import OpenMunicipality
from models.base import holds, pick
from models.clock import OSLO
from models.i18n import N_, _
from models.organisation.tables import Unit
from models.people.queries import is_kept_from, works
from models.people.rules import full_name
from models.people.tables import Person, UnitMembership
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import Right, Role
from permissions.scopes import grounds
from reports.statistics.period import Part, Period
from reports.statistics.report import Column, Report

COUNTED = ("active", "total", "fresh", "draft")
UNFINISHED = (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES)


async def produce(proof: OpenMunicipality, period: Period) -> pd.DataFrame:
    """A row for each coordinator on the last day of the period, or of each part of a divided one."""
    proof.demand(Right.REPORTS_READ)
    counted = [(part.name, await _coordinators(proof, period, part)) for part in period.parts()]
    frame = await to_thread.run_sync(_shape, counted)
    return frame if period.group_by else frame.drop(columns="period")


async def _coordinators(proof: OpenMunicipality, period: Period, part: Part) -> Sequence[Any]:
    """What each coordinator's plans came to, with the names that are shown."""
    plans = _plans(proof, period, part).subquery()
    counts = (
        pick(plans.c.person_id, plans.c.unit_id, *(func.sum(plans.c[name]).label(name) for name in COUNTED))
        .group_by(plans.c.person_id, plans.c.unit_id)
        .subquery()
    )
    named = (
        pick(
            *(Person.given_name, Person.family_name, col(Unit.name).label("unit_name")),
            _workplace(counts.c.person_id, part.last).label("workplace"),
            is_kept_from(counts.c.person_id, proof.readers).label("is_hidden"),
            *(counts.c[name] for name in COUNTED),
        )
        .select_from(counts)
        .outerjoin(Person, col(Person.id) == counts.c.person_id)
        .outerjoin(Unit, col(Unit.id) == counts.c.unit_id)
    )
    rows: Sequence[Any] = (await proof.session.execute(named)).all()
    return rows


def _plans(proof: OpenMunicipality, period: Period, part: Part) -> Select[Any]:
    """Whose each plan was on the part's last day, and what it counts as: a 1 or 0 for each of COUNTED."""
    unfinished = col(PlanSpan.state).in_(UNFINISHED)
    ones = {
        "active": case((and_(col(PlanSpan.state) == PlanState.ACTIVE, grounds(part.last)), 1), else_=0),
        "total": case((unfinished, 0), else_=1),
        "fresh": case((col(Plan.made_at) >= _midnight(part.first), 1), else_=0),
        "draft": case((unfinished, 1), else_=0),
    }
    return (
        pick(Participant.person_id, Participant.unit_id, *(ones[name].label(name) for name in COUNTED))
        .select_from(Plan)
        .join(
            PlanSpan, and_(col(PlanSpan.plan_id) == Plan.id, holds(PlanSpan.valid_from, PlanSpan.valid_to, part.last))
        )
        .outerjoin(Participant, col(Participant.id) == _coordinating(part.last))
        .where(
            col(Plan.municipality_id) == proof.municipality_id,
            col(Plan.made_at) < _midnight(part.last + timedelta(days=1)),
            col(PlanSpan.kind).in_(period.kinds & proof.kinds),
            col(PlanSpan.state) != PlanState.DELETED,
        )
    )


def _coordinating(day: date) -> Any:
    """The participant who coordinated the plan that day; of several, the one who came last."""
    one = aliased(Participant)
    return (
        pick(one.id)
        .join(RoleSpan, col(RoleSpan.participant_id) == one.id)
        .where(
            col(one.plan_id) == Plan.id,
            col(RoleSpan.role) == Role.COORDINATOR,
            holds(RoleSpan.valid_from, RoleSpan.valid_to, day),
            holds(one.valid_from, one.valid_to, day),
        )
        .order_by(col(RoleSpan.valid_from).desc(), col(one.id))
        .limit(1)
        .correlate(Plan)
        .scalar_subquery()
    )


def _workplace(person_id: Any, day: date) -> Any:
    """Where the person worked that day; of several units, the one they came to last."""
    place = aliased(Unit)
    return (
        pick(place.name)
        .join(UnitMembership, col(UnitMembership.unit_id) == place.id)
        .where(col(UnitMembership.person_id) == person_id, works(day))
        .order_by(col(UnitMembership.valid_from).desc(), col(place.name))
        .limit(1)
        .scalar_subquery()
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OSLO)


def _shape(counted: list[tuple[str, Sequence[Any]]]) -> pd.DataFrame:
    """Sorted by part, workplace and name, those without a workplace last."""
    cells = [(part, *_named(row), *row[-len(COUNTED) :]) for part, rows in counted for row in rows]
    frame = pd.DataFrame(cells, columns=["period", "workplace", "coordinator", *COUNTED])
    frame["period"] = pd.Categorical(frame["period"], [part for part, _rows in counted], ordered=True)
    frame["nowhere"] = frame["workplace"] == ""
    frame = frame.sort_values(["period", "nowhere", "workplace", "coordinator"], key=_alphabetical, kind="stable")
    frame["workplace"] = frame["workplace"].where(~frame["nowhere"], _("Uten arbeidssted"))
    frame["passive"] = frame["total"] - frame["active"]
    return frame[[column.key for column in REPORT.columns]]


def _named(row: Any) -> tuple[str, str]:
    """Workplace and coordinator; a unit that coordinates is its own workplace. A workplace tells who it is, too."""
    if row.is_hidden:
        return _("Vises ikke"), _("En annen koordinator")
    if row.unit_name:
        return row.unit_name, row.unit_name
    if row.family_name is None:
        return "", _("Uten koordinator")
    return row.workplace or "", full_name(row.given_name, row.family_name)


def _alphabetical(values: pd.Series) -> pd.Series:
    """æ, ø and å come after z in that order, which Unicode does not know."""
    if values.name not in ("workplace", "coordinator"):
        return values
    return values.str.casefold().str.translate(str.maketrans("æøå", "{|}"))


REPORT = Report(
    name="plans-per-coordinator",
    title=N_("Planer per koordinator"),
    about=N_("Hvor mange planer hver koordinator har, sortert på arbeidssted."),
    method=(
        N_("Vi teller planene slik de var den siste dagen i perioden, også når dagen er passert for lenge siden."),
        N_("Deler du inn i år, måneder, uker eller dager, teller vi slik det var den siste dagen i hver del."),
        N_("Hver plan telles én gang. Har den flere koordinatorer, telles den hos den som fikk oppgaven sist."),
        N_("Planer som er slettet, og planer som er opprettet etter siste dag, er ikke med."),
    ),
    columns=(
        Column("period", N_("Del av perioden"), N_("Året, måneden, uka eller dagen som linjen gjelder.")),
        Column(
            "workplace",
            N_("Arbeidssted"),
            N_("Stedet der koordinatoren arbeidet den dagen vi teller. Har koordinatoren flere, bruker vi det nyeste."),
        ),
        Column("coordinator", N_("Koordinator"), N_("Den som hadde rollen koordinator den dagen vi teller.")),
        Column(
            "active",
            N_("Aktive"),
            N_("Planer i bruk der samtykket, vedtaket eller den lovpålagte oppgaven gjaldt for koordinatoren."),
            numeric=True,
        ),
        Column(
            "passive",
            N_("Passive"),
            N_("Planer som er avsluttet, eller der samtykket eller et annet grunnlag manglet eller var gått ut."),
            numeric=True,
        ),
        Column("total", N_("Totalt"), N_("Aktive og passive planer til sammen."), numeric=True),
        Column(
            "fresh",
            N_("Nye i perioden"),
            N_("Planer som er opprettet i perioden, eller i den delen linjen gjelder. Utkast er med."),
            numeric=True,
        ),
        Column(
            "draft",
            N_("Utkast"),
            N_("Planer som ikke er tatt i bruk ennå: utkast, og planer som venter på signatur. Ikke med i «Totalt»."),
            numeric=True,
        ),
    ),
    bar_name="coordinator",
    bar_value="total",
    unit=N_("Søylene viser antall planer totalt"),
    unit_of_longest=N_("Søylene viser antall planer totalt hos de koordinatorene som har flest"),
    produce=produce,
)
