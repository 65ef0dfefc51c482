"""Changing one's own password (F18) and user name (F19)."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenProfile
from models.i18n import _
from models.refusals import Invalid
from pages.forms import posted
from pages.me.security.forms import ChangePasswordForm, UserNameForm
from pages.me.security.once_more import HOME, moved_on, tried
from pages.rendering import render
from permissions.request import opened_profile
from permissions.sign_in import own_account
from permissions.sign_in.step_up import has_password

router = APIRouter(prefix=HOME)


@router.get("/password")
async def show_password(request: Request) -> Response:
    me = await opened_profile(request)
    return await _password_page(request, me, await _password_form(request, me))


@router.post("/password")
async def change_password(request: Request) -> Response:
    data, me = await posted(request), await opened_profile(request)
    form, passwords = await _password_form(request, me, data), request.app.state.passwords
    about = (await own_account.own_account(me)).user_name, me.viewer.name
    hashed: list[str] = []

    async def choose() -> None:
        typed = form.chosen()
        await passwords.check_new(*typed, about)
        if typed[0] == form.typed_again():
            raise Invalid(password=_("Velg et annet passord enn det du har."))
        hashed.append(await passwords.hash(typed[0]))

    async def keep(mine: OpenProfile) -> None:
        await own_account.change_password(mine, hashed[0])

    if status := await tried(request, form, keep, choose):
        return await _password_page(request, await opened_profile(request), form, status)
    return await moved_on(request, done="password-changed")


@router.get("/user-name")
async def show_user_name(request: Request) -> Response:
    me = await opened_profile(request)
    return await _user_name_page(request, me, UserNameForm(asks=await has_password(me)))


@router.post("/user-name")
async def change_user_name(request: Request) -> Response:
    data, me = await posted(request), await opened_profile(request)
    form = UserNameForm(data, asks=await has_password(me))

    async def keep(mine: OpenProfile) -> None:
        await own_account.change_user_name(mine, form.user_name.data or "")

    if status := await tried(request, form, keep):
        return await _user_name_page(request, await opened_profile(request), form, status)
    return await moved_on(request, done="user-name-changed")


async def _password_form(request: Request, me: OpenProfile, *data: object) -> ChangePasswordForm:
    return ChangePasswordForm(*data, rule=request.app.state.passwords.rule, asks=await has_password(me))


async def _password_page(request: Request, me: OpenProfile, form: ChangePasswordForm, status: int = 200) -> Response:
    account = await own_account.own_account(me)
    return render(request, "me/security/password.html", status=status, form=form, account=account)


async def _user_name_page(request: Request, me: OpenProfile, form: UserNameForm, status: int = 200) -> Response:
    account = await own_account.own_account(me)
    return render(request, "me/security/user_name.html", status=status, form=form, account=account)
