"""Reports: the list, their dictionary, each as a page and as a file (F204-F206). Every reading is logged."""

from datetime import date
from functools import partial
from typing import Any

from anyio import to_thread
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenMunicipality
from models.base import HouseSession
from models.clock import local_day
from models.i18n import _, day_text
from models.log.operations import record
from models.log.rules import Event
from models.refusals import Invalid, NotFound
from models.rights import Right
from pages.rendering import render
from pages.reports.forms import PeriodForm, asked_kinds
from permissions.door import open_municipality
from permissions.proofs import House
from permissions.request import current_session, current_viewer, unit_of_work
from reports.statistics import REPORTS, csv
from reports.statistics.period import Period, parse
from reports.statistics.report import Report, Sheet, sheet

router = APIRouter(prefix="/reports")


@router.get("")
async def show_list(request: Request) -> Response:
    await _proof(request)
    listed = [
        {"title": _(one.title), "about": _(one.about), "url": f"/reports/{name}"} for name, one in REPORTS.items()
    ]
    return render(request, "reports/index.html", reports=listed)


@router.get("/dictionary")
async def show_dictionary(request: Request) -> Response:
    await _proof(request)
    return render(request, "reports/dictionary.html", reports=[_explained(report) for report in REPORTS.values()])


@router.get("/{name}.csv")
async def download(request: Request, name: str) -> Response:
    proof, report = await _proof(request), _report(name)
    try:
        period = _period(request, proof)
    except Invalid as invalid:
        return _unusable(request, proof, report, invalid)
    frame = await report.produce(proof, period)
    content = await to_thread.run_sync(partial(csv.write, frame, report.titles()))
    _log(request, proof, report, "csv")
    file_name = f"{report.name}-{period.first}-{period.last}.csv"
    attached = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=attached)


@router.get("/{name}")
async def show(request: Request, name: str) -> Response:
    proof, report = await _proof(request), _report(name)
    try:
        period = _period(request, proof)
    except Invalid as invalid:
        return _unusable(request, proof, report, invalid)
    frame = await report.produce(proof, period)
    shown = await to_thread.run_sync(partial(sheet, report, frame))
    _log(request, proof, report, "page")
    form = PeriodForm(request.query_params, proof.kinds, period)
    return render(request, "reports/report.html", form=form, report=_view(report, period, shown))


async def _proof(request: Request) -> OpenMunicipality:
    session, viewer = await current_session(request), await current_viewer(request)
    return await open_municipality(session, viewer, Right.REPORTS_READ)


def _report(name: str) -> Report:
    if name not in REPORTS:
        raise NotFound
    return REPORTS[name]


def _period(request: Request, proof: OpenMunicipality) -> Period:
    asked = request.query_params
    first, last, group_by = (asked.get(name, "") for name in ("from", "to", "group_by"))
    today = local_day(proof.session.clock.now())
    return parse(first, last, group_by, asked_kinds(asked), today=today, allowed=proof.kinds)


def _unusable(request: Request, proof: OpenMunicipality, report: Report, invalid: Invalid) -> Response:
    """The form again, with what was typed and a sentence beside what cannot be used."""
    form = PeriodForm(request.query_params, proof.kinds, None)
    form.refuse(invalid)
    return render(request, "reports/report.html", status=400, form=form, report=_explained(report))


def _explained(report: Report) -> dict[str, Any]:
    """What a report is and what its numbers mean."""
    return {
        "title": _(report.title),
        "about": _(report.about),
        "url": f"/reports/{report.name}",
        "method": [_(sentence) for sentence in report.method],
        "meanings": [(_(column.title), _(column.meaning)) for column in report.columns],
        "rows": [],
    }


def _view(report: Report, period: Period, shown: Sheet) -> dict[str, Any]:
    return _explained(report) | {
        "csv_url": f"/reports/{report.name}.csv?{period.query()}",
        "note": _note(report, period),
        "columns": shown.columns,
        "rows": shown.rows,
        "total": shown.total,
        "bars": shown.bars,
        "unit": _(report.unit) if len(shown.bars) == len(shown.rows) else _(report.unit_of_longest),
    }


def _note(report: Report, period: Period) -> str:
    if period.group_by:
        return _("Hver linje viser hvordan det var den siste dagen i en del av perioden. CSV-filen har flere detaljer.")
    return _("Tallene viser hvordan det var %(day)s.") % {"day": day_text(period.last, date.min)}


def _log(request: Request, proof: OpenMunicipality, report: Report, form: str) -> None:
    """In a short write of its own, since a reading cannot write."""
    house = proof.municipality_id, None, proof.actor_id

    async def log_reading(session: HouseSession) -> None:
        record(House(session, *house), Event.REPORT_READ, report=report.name, format=form)

    unit_of_work(request).afterwards.append(log_reading)
