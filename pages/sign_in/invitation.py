"""The page behind an invitation's link: choose your first password (F16)."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.refusals import Invalid, NotFound
from pages.forms import posted
from pages.rendering import go, render
from pages.sign_in import joining
from pages.sign_in.forms import NewPasswordForm
from pages.sign_in.spent_link import not_ready, spent_link
from permissions.sign_in import invitations
from permissions.sign_in.invitations import Invited

router = APIRouter(prefix="/invitation")


@router.get("/{token}")
async def show_invitation(request: Request, token: str) -> Response:
    if link := await joining.join_link(request, token):
        return await joining.show_join(request, link)
    try:
        who = await _invited(request, token)
    except NotFound:
        return spent_link(request)
    return _page(request, who, NewPasswordForm(rule=request.app.state.passwords.rule))


@router.post("/{token}")
async def accept_invitation(request: Request, token: str) -> Response:
    if link := await joining.join_link(request, token):
        return await joining.begin_join(request, link)
    state = request.app.state
    form = NewPasswordForm(await posted(request), rule=state.passwords.rule)
    try:
        who = await _invited(request, token)
        if who.is_ready and form.validate():
            await invitations.accept(state.database, state.passwords, token, *form.chosen())
            return go("/login", "password-chosen")
    except NotFound:
        return spent_link(request)
    except Invalid as invalid:
        form.refuse(invalid)
    return _page(request, who, form, 400)


async def _invited(request: Request, token: str) -> Invited:
    async with request.app.state.database.reading() as session:
        return await invitations.invited(session, token)


def _page(request: Request, who: Invited, form: NewPasswordForm, status: int = 200) -> Response:
    if not who.is_ready:
        return not_ready(request)
    return render(request, "sign_in/invitation.html", status=status, form=form, user_name=who.user_name)
