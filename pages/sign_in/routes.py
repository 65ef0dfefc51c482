"""Signing in with the password, the first of two steps (F10, F13), and signing out (F27)."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import LANGUAGES, _
from pages.forms import posted
from pages.rendering import go
from pages.sign_in.code import set_code
from pages.sign_in.cookies import A_YEAR, CHOICE_LASTS, set_cookie, with_own_eyes
from pages.sign_in.forms import LoginForm
from pages.sign_in.leaving import way_out
from pages.sign_in.login_page import enough_words, login_page, no_way_words, wait_words
from pages.sign_in.next_page import is_ours, login_url
from permissions.request import cookie_name, session_token
from permissions.sign_in import one_time_codes, sessions
from permissions.sign_in.attempts import Locked
from permissions.sign_in.ceilings import TooMany, stop
from permissions.sign_in.failures import Step, log_failure
from permissions.sign_in.passwords import account_named, check_password
from permissions.sign_in.ways import NoWay
from permissions.whence import CHOSEN, client_address

router = APIRouter()
STEPS = {401: Step.PASSWORD, 403: Step.WAY}


@router.get("/login")
async def show_login(request: Request) -> Response:
    return await login_page(request, LoginForm())


@router.post("/login")
async def log_in(request: Request) -> Response:
    form, state = LoginForm(await posted(request)), request.app.state
    if not form.validate():
        return await login_page(request, form, 400)
    try:
        typed = *form.typed(), client_address(request)
        account_id = await check_password(state.database, state.passwords, *typed)
    except Locked as locked:
        form.form_errors.append(wait_words(request, locked))
        return await login_page(request, form, 429)
    if account_id is None:
        request.app.state.wake()
        return await _refused(request, form, 401, _("Brukernavnet eller passordet er feil."))
    return await _send_code(request, form, account_id)


async def _send_code(request: Request, form: LoginForm, account_id: UUID) -> Response:
    """On to the second step."""
    database = request.app.state.database
    try:
        async with database.writing() as session:
            token = await one_time_codes.send_code(session, account_id)
    except TooMany:
        async with database.writing() as session:
            await stop(session, account_id)
        request.app.state.wake()
        form.form_errors.append(enough_words())
        return await login_page(request, form, 429)
    except NoWay as no_way:
        return await _refused(request, form, 403, no_way_words(no_way))
    request.app.state.wake()
    answer = go(login_url(request.query_params.get("next"), "/login/code"))
    set_code(request, answer, token)
    return answer


@router.post("/logout")
async def log_out(request: Request) -> Response:
    """Here, and at ID-porten too for who came from there."""
    onward = await way_out(request)
    if token := session_token(request):
        async with request.app.state.database.writing() as session:
            await sessions.end(session, token)
    answer = go(onward) if onward else go("/login", "signed-out")
    answer.delete_cookie(cookie_name(request), path="/", secure=request.app.state.https)
    with_own_eyes(request, answer)
    return answer


@router.post("/language")
async def choose_language(request: Request) -> Response:
    """Remembered in the browser, and on the account of whoever is signed in, or soon will be (F30)."""
    data = await posted(request)
    language, back = str(data.get("language", "")), str(data.get("back", ""))
    answer = go(back if is_ours(back) else "/")
    if language in LANGUAGES:
        set_cookie(request, answer, "language", language, A_YEAR)
        if token := session_token(request):
            async with request.app.state.database.writing() as session:
                await sessions.remember_language(session, token, language)
        else:
            set_cookie(request, answer, CHOSEN, language, CHOICE_LASTS)
    return answer


async def _refused(request: Request, form: LoginForm, status: int, sentence: str) -> Response:
    async with request.app.state.database.writing() as session:
        account_id = await account_named(session, form.typed()[0])
        log_failure(session, STEPS[status], account_id, client_address(request))
    form.form_errors.append(sentence)
    return await login_page(request, form, status)
