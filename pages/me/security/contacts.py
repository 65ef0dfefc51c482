"""Where one's codes go (F12): a new address, the code that proves it, and the way that is used."""

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenProfile
from models.base import HouseSession
from models.i18n import _
from models.refusals import Invalid
from pages.demonstration import is_demonstration
from pages.forms import posted
from pages.me.security.forms import ChannelForm, EmailForm, MobileForm, OnceMoreForm
from pages.me.security.once_more import HOME, moved_on, say_above, tried
from pages.rendering import go, render
from pages.sign_in.forms import CodeForm
from permissions.request import begin_anew, opened_profile, unit_of_work
from permissions.sign_in import contact_codes, own_contacts
from permissions.sign_in.failures import Step, log_failure
from permissions.sign_in.own_account import own_account
from permissions.sign_in.step_up import has_password
from permissions.whence import client_address

router = APIRouter(prefix=HOME)
FORMS: dict[str, type[OnceMoreForm]] = {"email": EmailForm, "mobile": MobileForm}
CODE = f"{HOME}/contacts/code"
Column = Literal["email", "mobile"]


@router.get("/contacts/code")
async def show_code(request: Request) -> Response:
    me = await opened_profile(request)
    return await _code_page(request, me, CodeForm())


@router.post("/contacts/code")
async def enter_code(request: Request) -> Response:
    form, me = CodeForm(await posted(request)), await opened_profile(request)
    if not form.validate():
        return await _code_page(request, me, form, 400)
    await begin_anew(request)
    counted = await contact_codes.count_try(request.app.state.database, me.actor_id)
    me = await opened_profile(request)
    try:
        column = await own_contacts.confirm_contact(me, counted, form.typed())
    except Invalid as invalid:
        form.refuse(invalid)
        if counted:
            _log_wrong(request, me)
        return await _code_page(request, me, form, 400)
    return await moved_on(request, done=f"{column}-changed")


@router.post("/contacts/code/resend")
async def send_another(request: Request) -> Response:
    form, me = CodeForm(), await opened_profile(request)
    try:
        await contact_codes.send_another(me)
    except Invalid as invalid:
        form.refuse(invalid)
        return await _code_page(request, me, form, 429)
    request.app.state.wake()
    return go(CODE, "code-sent")


@router.get("/contacts/{column}")
async def show_contact(request: Request, column: Column) -> Response:
    me = await opened_profile(request)
    return await _contact_page(request, me, column, FORMS[column](asks=await has_password(me)))


@router.post("/contacts/{column}")
async def change_contact(request: Request, column: Column) -> Response:
    """Nothing is changed yet: a code goes to the new address first."""
    data, me = await posted(request), await opened_profile(request)
    form = FORMS[column](data, asks=await has_password(me))

    async def send(mine: OpenProfile) -> None:
        await contact_codes.send_contact_code(mine, column, str(form[column].data or ""))

    if status := await tried(request, form, send):
        return await _contact_page(request, await opened_profile(request), column, form, status)
    return await moved_on(request, CODE)


@router.get("/contacts/{column}/remove")
async def show_removal(request: Request, column: Column) -> Response:
    me = await opened_profile(request)
    return await _removal_page(request, me, column, OnceMoreForm(asks=await has_password(me)))


@router.post("/contacts/{column}/remove")
async def remove_contact(request: Request, column: Column) -> Response:
    data, me = await posted(request), await opened_profile(request)
    form = OnceMoreForm(data, asks=await has_password(me))

    async def remove(mine: OpenProfile) -> None:
        await own_contacts.remove_contact(mine, column)

    if status := await tried(request, form, remove):
        return await _removal_page(request, await opened_profile(request), column, form, status)
    return await moved_on(request, done=f"{column}-removed")


@router.get("/channel")
async def show_channel(request: Request) -> Response:
    me = await opened_profile(request)
    account = await own_account(me)
    form = ChannelForm(account=account, data={"channel": account.ways[0].value if account.ways else ""})
    return await _channel_page(request, me, form)


@router.post("/channel")
async def choose_channel(request: Request) -> Response:
    data, me = await posted(request), await opened_profile(request)
    form = ChannelForm(data, account=await own_account(me))

    async def choose(mine: OpenProfile) -> None:
        chosen = form.chosen()
        if chosen is None:
            raise Invalid(channel=_("Velg noe fra listen."))
        await own_contacts.choose_channel(mine, chosen)

    if status := await tried(request, form, choose):
        return await _channel_page(request, await opened_profile(request), form, status)
    return await moved_on(request, done="channel-chosen")


def _log_wrong(request: Request, me: OpenProfile) -> None:
    account_id, address = me.actor_id, client_address(request)

    async def log(session: HouseSession) -> None:
        log_failure(session, Step.CONTACT_CODE, account_id, address)

    unit_of_work(request).afterwards.append(log)


async def _contact_page(
    request: Request, me: OpenProfile, column: Column, form: OnceMoreForm, status: int = 200
) -> Response:
    facts = {"account": await own_account(me), "column": column, "field_": form[column]}
    return render(request, "me/security/contact.html", status=status, form=form, **facts)


async def _code_page(request: Request, me: OpenProfile, form: CodeForm, status: int = 200) -> Response:
    """Back to the overview when there is no longer anything to prove, unless something is to be said about it."""
    waiting = await contact_codes.unproved(me)
    if waiting is None and status == 200:
        return go(HOME)
    if waiting is None:
        say_above(form)
    left = (waiting.resend_at - me.session.clock.now()).total_seconds() if waiting else 0
    code = await contact_codes.demonstrated_code(me) if is_demonstration(request) else None
    facts = {"waiting": waiting, "seconds": max(0, int(left)), "demo_code": code}
    return render(request, "me/security/contact_code.html", status=status, form=form, **facts)


async def _removal_page(
    request: Request, me: OpenProfile, column: Column, form: OnceMoreForm, status: int = 200
) -> Response:
    facts = {"account": await own_account(me), "column": column}
    return render(request, "me/security/contact_remove.html", status=status, form=form, **facts)


async def _channel_page(request: Request, me: OpenProfile, form: ChannelForm, status: int = 200) -> Response:
    account = await own_account(me)
    return render(request, "me/security/channel.html", status=status, form=form, account=account)
