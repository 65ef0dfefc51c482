"""The authenticator app, and the recovery codes of who loses it (F12)."""

import segno
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenProfile
from models.refusals import Invalid, NotFound
from pages.forms import posted
from pages.me.security.forms import ConfirmAppForm, OnceMoreForm
from pages.me.security.once_more import HOME, moved_on, say_above, tried, with_new_token
from pages.rendering import go, render
from pages.sign_in.forms import CodeForm
from permissions.request import opened_profile
from permissions.sign_in import apps
from permissions.sign_in.own_account import own_account
from permissions.sign_in.own_sessions import end_others
from permissions.sign_in.step_up import has_password

router = APIRouter(prefix=f"{HOME}/app")


@router.get("")
async def show_beginning(request: Request) -> Response:
    me = await opened_profile(request)
    return await _page(request, me, "app_begin", OnceMoreForm(asks=await has_password(me)))


@router.post("")
async def begin(request: Request) -> Response:
    data, me = await posted(request), await opened_profile(request)
    form = OnceMoreForm(data, asks=await has_password(me))
    if status := await tried(request, form, apps.begin_app):
        return await _page(request, await opened_profile(request), "app_begin", form, status)
    return await moved_on(request, f"{HOME}/app/confirm")


@router.get("/confirm")
async def show_confirmation(request: Request) -> Response:
    return await _confirmation(request, await opened_profile(request), ConfirmAppForm())


@router.post("/confirm")
async def confirm(request: Request) -> Response:
    """The recovery codes are shown in the answer itself, and never again."""
    form, me = ConfirmAppForm(await posted(request)), await opened_profile(request)
    if not form.validate():
        return await _confirmation(request, me, form, 400)
    try:
        codes = await apps.confirm_app(me, form.typed())
    except Invalid as invalid:
        form.refuse(invalid)
        return await _confirmation(request, me, form, 400)
    await end_others(me)
    return await with_new_token(request, _codes_page(request, codes))


@router.get("/remove")
async def show_removal(request: Request) -> Response:
    me = await _with_app(request)
    return await _page(request, me, "app_remove", OnceMoreForm(asks=await has_password(me)))


@router.post("/remove")
async def remove(request: Request) -> Response:
    data, me = await posted(request), await _with_app(request)
    form = OnceMoreForm(data, asks=await has_password(me))
    if status := await tried(request, form, apps.remove_app):
        return await _page(request, await opened_profile(request), "app_remove", form, status)
    return await moved_on(request, done="app-removed")


@router.get("/recovery-codes")
async def show_new_codes(request: Request) -> Response:
    me = await _with_app(request)
    return await _page(request, me, "recovery_codes_new", OnceMoreForm(asks=await has_password(me)))


@router.post("/recovery-codes")
async def make_new_codes(request: Request) -> Response:
    data, me = await posted(request), await _with_app(request)
    form, codes = OnceMoreForm(data, asks=await has_password(me)), list[str]()

    async def make(mine: OpenProfile) -> None:
        codes.extend(await apps.new_recovery_codes(mine))

    if status := await tried(request, form, make):
        return await _page(request, await opened_profile(request), "recovery_codes_new", form, status)
    return await with_new_token(request, _codes_page(request, codes))


async def _with_app(request: Request) -> OpenProfile:
    me = await opened_profile(request)
    if not (await own_account(me)).has_app:
        raise NotFound
    return me


def _codes_page(request: Request, codes: list[str]) -> Response:
    return render(request, "me/security/recovery_codes.html", codes=codes)


async def _confirmation(request: Request, me: OpenProfile, form: CodeForm, status: int = 200) -> Response:
    """Back to the overview when nothing is being set up, unless something is to be said about it."""
    enrolment = await apps.pending_app(me)
    if enrolment is None and status == 200:
        return go(HOME)
    if enrolment is None:
        say_above(form)
    picture = segno.make(enrolment.uri, error="m").svg_inline(scale=5, light="#fff") if enrolment else ""
    facts = {"enrolment": enrolment, "picture": picture}
    return render(request, "me/security/app_confirm.html", status=status, form=form, **facts)


async def _page(request: Request, me: OpenProfile, name: str, form: OnceMoreForm, status: int = 200) -> Response:
    account = await own_account(me)
    return render(request, f"me/security/{name}.html", status=status, form=form, account=account)
