"""A forgotten password (F15): who asks gets the same answer whether there is such a user or not."""

import asyncio
import secrets

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from models.refusals import Invalid
from pages.forms import posted
from pages.rendering import go, render
from pages.sign_in.forms import ForgottenForm, ResetForm
from pages.sign_in.login_page import wait_words
from pages.sign_in.spent_link import spent_reset
from permissions.sign_in import forgotten
from permissions.sign_in.attempts import Locked
from permissions.whence import client_address

router = APIRouter(prefix="/forgot-password")
SETTLE = 2.0
"""Seconds at the most before the letter is written; nobody is kept waiting by it."""


@router.get("")
async def show_forgotten(request: Request) -> Response:
    return render(request, "sign_in/forgotten.html", form=ForgottenForm())


@router.post("")
async def ask_for_link(request: Request) -> Response:
    """The link is made after the answer is given: how long that takes tells nothing either."""
    form, status = ForgottenForm(await posted(request)), 400
    if form.validate():
        try:
            await forgotten.count_ask(request.app.state.database, client_address(request))
        except Locked as locked:
            form.form_errors.append(wait_words(request, locked))
            status = 429
        else:
            answer = go("/forgot-password/sent")
            answer.background = BackgroundTask(_mail_link, request, form.username.data or "")
            return answer
    return render(request, "sign_in/forgotten.html", status=status, form=form)


async def _mail_link(request: Request, user_name: str) -> None:
    """After a while of chance: what is written for a name that exists keeps others waiting, and they could tell."""
    state = request.app.state
    await asyncio.sleep(SETTLE * secrets.randbelow(1_000) / 1_000)
    await forgotten.mail_link(state.database, user_name, state.settings.base_url)
    state.wake()


@router.get("/sent")
async def show_sent(request: Request) -> Response:
    return render(request, "sign_in/forgotten_sent.html")


@router.get("/{token}")
async def show_reset(request: Request, token: str) -> Response:
    async with request.app.state.database.reading() as session:
        if not await forgotten.is_open(session, token):
            return spent_reset(request)
    return _reset_page(request, ResetForm(rule=request.app.state.passwords.rule))


@router.post("/{token}")
async def choose_again(request: Request, token: str) -> Response:
    state = request.app.state
    async with state.database.reading() as session:
        if not await forgotten.is_open(session, token):
            return spent_reset(request)
    form, status = ResetForm(await posted(request), rule=state.passwords.rule), 400
    if form.validate():
        typed = form.username.data or "", *form.chosen(), client_address(request)
        try:
            await forgotten.choose_again(state.database, state.passwords, token, *typed)
            state.wake()
            return go("/login", "password-chosen")
        except Invalid as invalid:
            form.refuse(invalid)
        except Locked as locked:
            form.form_errors.append(wait_words(request, locked))
            status = 429
    return _reset_page(request, form, status)


def _reset_page(request: Request, form: ResetForm, status: int = 200) -> Response:
    return render(request, "sign_in/forgotten_new.html", status=status, form=form)
