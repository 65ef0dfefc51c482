"""Changing one's own account: the password is asked for again, counted as when signing in, and the session gets a new
token. What is slow or counted is done before the change begins, so that no transaction waits for it."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenProfile
from models.refusals import Invalid
from pages.me.security.forms import OnceMoreForm
from pages.rendering import go
from pages.sign_in.cookies import set_cookie
from pages.sign_in.forms import CodeForm
from pages.sign_in.login_page import wait_words
from permissions.request import begin_anew, cookie_name, opened_profile
from permissions.sign_in.attempts import Locked
from permissions.sign_in.step_up import rotate, show_again
from permissions.whence import client_address

HOME = "/me/security"
Deed = Callable[[OpenProfile], Awaitable[object]]


async def tried(
    request: Request, form: OnceMoreForm, deed: Deed, before: Callable[[], Awaitable[None]] | None = None
) -> int:
    """Do it for whoever shows once more who they are; 0 when it is done, else the status of the page that says why not.

    `before` comes after the password and before the transaction.
    """
    if not form.validate():
        return 400
    state, viewer = request.app.state, (await opened_profile(request)).viewer
    await begin_anew(request)
    try:
        address = client_address(request)
        await show_again(state.database, state.passwords, viewer, form.typed_again(), address)
        if before:
            await before()
        await deed(await opened_profile(request))
    except Locked as locked:
        form.form_errors.append(wait_words(request, locked))
        return 429
    except Invalid as invalid:
        form.refuse(invalid)
        return 400
    return 0


async def moved_on(request: Request, to: str = HOME, done: str | None = None) -> Response:
    """After a change: onwards, with a new token."""
    return await with_new_token(request, go(to, done))


async def with_new_token(request: Request, answer: Response) -> Response:
    token = await rotate(await opened_profile(request))
    set_cookie(request, answer, cookie_name(request), token)
    request.app.state.wake()
    return answer


def say_above(form: CodeForm) -> None:
    """What was wrong with the code, on a page that no longer asks for one."""
    form.form_errors.extend(form.code.errors)
    form.code.errors = []
