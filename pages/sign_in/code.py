"""The second step: the one-time code, from the mail, the phone or the app (F10-F12)."""

from datetime import datetime
from math import ceil

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.rules import CodeChannel
from models.i18n import N_, _
from pages.demonstration import is_demonstration
from pages.forms import posted
from pages.rendering import go, render
from pages.sign_in.cookies import code_name, let_in, set_cookie
from pages.sign_in.forms import AppCodeForm, CodeForm, LoginForm
from pages.sign_in.linking import detour
from pages.sign_in.login_page import again_in, enough_words, login_page, no_way_words, wait_words
from pages.sign_in.next_page import landing, login_url
from permissions.request import session_token
from permissions.sign_in import one_time_codes, sessions
from permissions.sign_in.attempts import Locked
from permissions.sign_in.ceilings import TooMany, has_had_enough, stop
from permissions.sign_in.failures import Step, log_failure
from permissions.sign_in.lifetimes import CODE_LIVES
from permissions.sign_in.one_time_codes import Passed, TooSoon, Waiting
from permissions.sign_in.ways import NoWay
from permissions.whence import came, client_address

router = APIRouter(prefix="/login/code")
MINUTES = int(CODE_LIVES.total_seconds() // 60)
DEAD = N_("Koden gjelder ikke lenger. Logg på en gang til, så får du en ny.")


def set_code(request: Request, answer: Response, token: str) -> None:
    """Let this browser, and no other, type the code."""
    set_cookie(request, answer, code_name(request), token, MINUTES)


@router.get("")
async def show_code(request: Request) -> Response:
    if (waiting := await _waiting(request)) is None:
        return go(login_url(request.query_params.get("next")))
    return await _code_page(request, waiting, _form(waiting))


@router.post("")
async def enter_code(request: Request) -> Response:
    typed, waiting = await posted(request), await _waiting(request)
    if waiting is None:
        return await _wrong_code(request, CodeForm(typed))
    form = _form(waiting, typed)
    if not form.validate():
        return await _code_page(request, waiting, form, 400)
    try:
        where = request.app.state.database, _token(request)
        passed = await one_time_codes.check_code(*where, form.typed(), client_address(request))
    except Locked as locked:
        form.form_errors.append(wait_words(request, locked))
        return await _code_page(request, waiting, form, 429)
    return await _wrong_code(request, form) if passed is None else await _come_in(request, passed)


async def _come_in(request: Request, passed: Passed) -> Response:
    """A new session, also when this browser had one: then that has ended."""
    async with request.app.state.database.writing() as session:
        if old := session_token(request):
            await sessions.end(session, old)
        begun = await sessions.begin(session, passed.account_id, passed.method, came(request))
        onward = await landing(session, passed.account_id, request.query_params.get("next"))
    answer = go(await detour(request, onward))
    let_in(request, answer, begun)
    answer.delete_cookie(code_name(request), path="/", secure=request.app.state.https)
    return answer


@router.post("/resend")
async def send_another(request: Request) -> Response:
    """Not before a minute has gone, and never more than a day's ceiling."""
    here, waiting = login_url(request.query_params.get("next"), "/login/code"), await _waiting(request)
    if waiting is None:
        return go(login_url(request.query_params.get("next")))
    form, status = _form(waiting), 429
    try:
        async with request.app.state.database.writing() as session:
            sent = await one_time_codes.send_another(session, _token(request))
        request.app.state.wake()
        answer = go(here, "code-sent" if sent else None)
        if sent:
            set_code(request, answer, sent)
        return answer
    except TooSoon:
        form.form_errors.append(_("Vi har nettopp sendt en kode.") + " " + again_in(_left(request, waiting)))
    except TooMany:
        await _stop(request)
        form.form_errors.append(enough_words())
    except NoWay as no_way:
        form.form_errors.append(no_way_words(no_way))
        status = 403
    return await _code_page(request, waiting, form, status)


async def _stop(request: Request) -> None:
    async with request.app.state.database.writing() as session:
        if owner := await one_time_codes.owner_of(session, _token(request)):
            await stop(session, owner)
    request.app.state.wake()


async def _wrong_code(request: Request, form: CodeForm) -> Response:
    token = _token(request)
    async with request.app.state.database.writing() as session:
        owner = await one_time_codes.owner_of(session, token)
        if owner:
            log_failure(session, Step.CODE, owner, client_address(request))
        waiting = await one_time_codes.waiting(session, token)
        if owner and not waiting and await has_had_enough(session, owner):
            await stop(session, owner)
    request.app.state.wake()
    if waiting is None:
        begin_again = LoginForm()
        begin_again.form_errors.append(_(DEAD))
        return await login_page(request, begin_again, 401)
    form.code.errors = [_("Koden er feil. Sjekk at du bruker den siste du fikk.")]
    return await _code_page(request, waiting, form, 401)


async def _code_page(request: Request, waiting: Waiting, form: CodeForm, status: int = 200) -> Response:
    wanted, shown = request.query_params.get("next"), None
    if is_demonstration(request):
        async with request.app.state.database.reading() as session:
            shown = await one_time_codes.demonstrated_code(session, _token(request))
    facts = {"channel": waiting.channel, "target": waiting.target, "minutes": MINUTES, "demo_code": shown}
    facts |= {"action": login_url(wanted, "/login/code"), "resend_url": login_url(wanted, "/login/code/resend")}
    facts |= {"again_url": login_url(wanted), "wait": _left(request, waiting)}
    return render(request, "sign_in/code.html", status=status, form=form, **facts)


def _form(waiting: Waiting, typed: object = None) -> CodeForm:
    return AppCodeForm(typed) if waiting.channel is CodeChannel.APP else CodeForm(typed)


def _token(request: Request) -> str:
    return request.cookies.get(code_name(request), "")


async def _waiting(request: Request) -> Waiting | None:
    async with request.app.state.database.reading() as session:
        return await one_time_codes.waiting(session, _token(request))


def _left(request: Request, waiting: Waiting) -> int:
    """Seconds until another code may be sent."""
    now: datetime = request.app.state.database.clock.now()
    return max(0, ceil((waiting.resend_at - now).total_seconds()))
