"""Sikkerhet (F41): the account at a glance, who is signed in with it, and stopping what others have asked for."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenProfile
from models.labels import label
from pages.me.security.once_more import HOME
from pages.me.security.views import shown_sign_in
from pages.rendering import go, render
from permissions.request import opened_profile
from permissions.sign_in import changes, own_sessions
from permissions.sign_in.id_porten import identities
from permissions.sign_in.own_account import own_account

router = APIRouter(prefix=HOME)
FEW = 3
"""Sign-ins shown on the first page; all of them have a page of their own."""


@router.get("")
async def show_security(request: Request) -> Response:
    me = await opened_profile(request)
    account = await own_account(me)
    facts: dict[str, Any] = {
        "account": account,
        "ways": [(way.value, label(way)) for way in account.ways],
        "change": await _change(me),
        "sessions": await own_sessions.living_sessions(me),
        "sign_ins": [shown_sign_in(one) for one in (await own_sessions.sign_ins(me, size=FEW))[0]],
        "may_link": await _may_link(request, me),
    }
    return render(request, "me/security/overview.html", **facts)


@router.get("/sign-ins")
async def show_sign_ins(request: Request) -> Response:
    me, asked = await opened_profile(request), request.query_params.get("page", "1")
    page = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    found, count = await own_sessions.sign_ins(me, page)
    pager = {"number": page, "count": count, "base": f"{HOME}/sign-ins?page="}
    return render(request, "me/security/sign_ins.html", sign_ins=[shown_sign_in(one) for one in found], pager=pager)


@router.post("/sessions/end")
async def end_other_sessions(request: Request) -> Response:
    await own_sessions.end_others(await opened_profile(request))
    return go(HOME, "others-signed-out")


@router.post("/sessions/{session_id}/end")
async def end_session(request: Request, session_id: UUID) -> Response:
    await own_sessions.end_one(await opened_profile(request), session_id)
    return go(HOME, "one-signed-out")


@router.post("/change/stop")
async def stop_change(request: Request) -> Response:
    await changes.stop(await opened_profile(request))
    return go(HOME, "change-stopped")


async def _change(me: OpenProfile) -> dict[str, Any] | None:
    change = await changes.standing_for(me.session, me.actor_id)
    return {"kind": change.kind.value, "effective_at": change.effective_at} if change else None


async def _may_link(request: Request, me: OpenProfile) -> bool:
    """Where ID-porten is in use."""
    return request.app.state.id_porten is not None and await identities.is_offered(me.session)
