"""The page on which somebody is searched for, and appointed: for a plan that nobody coordinates, or for a family."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.labels import inside, plan_label
from models.plans.proof import OpenPlan
from models.rights import Role
from pages.coordination.forms import AppointForm, SearchForm
from pages.rendering import render


def appoint_page(
    request: Request, found: Sequence[Any], name: str, form: AppointForm | None, status: int, **told: Any
) -> Response:
    """`found` are those the search gave; `told`: heading, about, action, back_url, back_words and consequences."""
    search = SearchForm(request.query_params)
    return render(
        *(request, "coordination/appoint.html"),
        status=status,
        search=search,
        sought=search.sought,
        form=form or AppointForm(found),
        there_is_somebody=bool(found),
        query=urlencode({"name": name}),
        **told,
    )


def for_plan(plan: OpenPlan, consequence: str) -> dict[str, Any]:
    """What is told of appointing somebody to coordinate the plan."""
    told = {"name": plan.short_name, "role": inside(plan.role_name(Role.COORDINATOR))}
    return {
        "heading": _("Gi planen %(name)s en %(role)s") % told,
        "about": plan_label(plan.kind, plan.elements),
        "consequences": [
            _("Den du velger, koordinerer planen fra i dag, og ser det en %(role)s ser.") % told,
            consequence,
        ],
    }
