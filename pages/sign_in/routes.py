"""Signing in with password and one-time code (F10, F11, F13), and signing out (F27)."""

from math import ceil

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.rules import SignInMethod
from models.database import Database
from models.i18n import LANGUAGES, _, ngettext
from pages.demonstration import is_demonstration
from pages.forms import posted
from pages.rendering import go, render
from pages.sign_in.forms import CodeForm, LoginForm
from pages.sign_in.next_page import is_ours, login_url, safe_next
from permissions.request import cookie_name, session_token
from permissions.sign_in import one_time_codes, sessions
from permissions.sign_in.passwords import Locked, account_named, check_password

router = APIRouter()
CODE_COOKIE = "medvirk_code"
A_YEAR = 525_600


@router.get("/login")
async def show_login(request: Request) -> Response:
    return _login_page(request, LoginForm(), 200)


@router.post("/login")
async def log_in(request: Request) -> Response:
    form = LoginForm(await posted(request))
    if not form.validate():
        return _login_page(request, form, 400)
    state = request.app.state
    try:
        account_id = await check_password(state.database, state.passwords, *form.typed())
    except Locked as locked:
        return await _refused_login(request, form, 429, _wait_words(state.database, locked))
    if account_id is None:
        return await _refused_login(request, form, 401, _("Brukernavnet eller passordet er feil."))
    try:
        async with state.database.writing() as session:
            token, _code = await one_time_codes.send_code(session, account_id)
    except one_time_codes.TooMany:
        enough = _("Det har vært for mange forsøk i dag. Prøv igjen i morgen, eller be kommunen om hjelp.")
        return await _refused_login(request, form, 429, enough)
    state.wake()
    answer = go(login_url(request.query_params.get("next"), "/login/code"))
    _set_cookie(request, answer, CODE_COOKIE, token, minutes=10)
    return answer


@router.get("/login/code")
async def show_code(request: Request) -> Response:
    token = request.cookies.get(CODE_COOKIE, "")
    async with request.app.state.database.reading() as session:
        if not await one_time_codes.is_living(session, token):
            return go(login_url(request.query_params.get("next")))
    return await _code_page(request, CodeForm(), 200)


@router.post("/login/code")
async def enter_code(request: Request) -> Response:
    form, database = CodeForm(await posted(request)), request.app.state.database
    if not form.validate():
        return await _code_page(request, form, 400)
    token = request.cookies.get(CODE_COOKIE, "")
    account_id = await one_time_codes.check_code(database, token, form.typed())
    if account_id is None:
        return await _wrong_code(request, form, token)
    async with database.writing() as session:
        begun = await sessions.begin(session, account_id, SignInMethod.EMAIL)
    answer = go(safe_next(request.query_params.get("next")))
    _set_cookie(request, answer, cookie_name(request), begun.token)
    _set_cookie(request, answer, "language", begun.language, minutes=A_YEAR)
    answer.delete_cookie(CODE_COOKIE)
    return answer


@router.post("/logout")
async def log_out(request: Request) -> Response:
    if token := session_token(request):
        async with request.app.state.database.writing() as session:
            await sessions.end(session, token)
    answer = go("/login", "signed-out")
    answer.delete_cookie(cookie_name(request), path="/", secure=request.app.state.https)
    return answer


@router.post("/language")
async def choose_language(request: Request) -> Response:
    """Remembered in the browser, and on the account when somebody is signed in (F30)."""
    data = await posted(request)
    language, back = str(data.get("language", "")), str(data.get("back", ""))
    answer = go(back if is_ours(back) else "/")
    if language in LANGUAGES:
        _set_cookie(request, answer, "language", language, minutes=A_YEAR)
        if token := session_token(request):
            async with request.app.state.database.writing() as session:
                await sessions.remember_language(session, token, language)
    return answer


async def _refused_login(request: Request, form: LoginForm, status: int, sentence: str) -> Response:
    async with request.app.state.database.writing() as session:
        account_id = await account_named(session, form.typed()[0])
        await one_time_codes.log_failure(session, "locked" if status == 429 else "password", account_id)
    form.form_errors.append(sentence)
    return _login_page(request, form, status)


async def _wrong_code(request: Request, form: CodeForm, token: str) -> Response:
    async with request.app.state.database.writing() as session:
        await one_time_codes.log_failure(session, "code", await one_time_codes.owner_of(session, token))
        living = await one_time_codes.is_living(session, token)
    if not living:
        begin_again = LoginForm()
        begin_again.form_errors.append(_("Koden gjelder ikke lenger. Logg på en gang til, så får du en ny."))
        return _login_page(request, begin_again, 401)
    form.code.errors = [_("Koden er feil. Sjekk at du bruker den siste du fikk.")]
    return await _code_page(request, form, 401)


def _login_page(request: Request, form: LoginForm, status: int) -> Response:
    """Sends its form to the first step, also when it is shown after the second."""
    here = login_url(request.query_params.get("next"))
    return render(request, "sign_in/login.html", status=status, form=form, action=here)


async def _code_page(request: Request, form: CodeForm, status: int) -> Response:
    shown = None
    if is_demonstration(request):
        async with request.app.state.database.reading() as session:
            shown = await one_time_codes.demonstrated_code(session, request.cookies.get(CODE_COOKIE, ""))
    facts = {"sent_to": _("e-post"), "minutes": 10, "demo_code": shown}
    again = login_url(request.query_params.get("next"))
    return render(request, "sign_in/code.html", status=status, form=form, again_url=again, **facts)


def _wait_words(database: Database, locked: Locked) -> str:
    left = max(1, ceil((locked.until - database.clock.now()).total_seconds()))
    return ngettext(
        "For mange forsøk. Prøv igjen om %(count)s sekund.", "For mange forsøk. Prøv igjen om %(count)s sekunder.", left
    ) % {"count": left}


def _set_cookie(request: Request, answer: Response, name: str, value: str, minutes: int | None = None) -> None:
    age = minutes * 60 if minutes else None
    answer.set_cookie(name, value, max_age=age, path="/", secure=request.app.state.https, httponly=True, samesite="lax")
