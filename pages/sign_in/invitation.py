"""The page behind an invitation's link: choose your first password."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from wtforms import PasswordField
from wtforms.validators import InputRequired

from models.i18n import N_
from models.refusals import Invalid, NotFound
from pages.forms import HouseForm, posted
from pages.rendering import go, render
from permissions.sign_in import invitations

router = APIRouter(prefix="/invitation")
NEW = {"autocomplete": "new-password", "maxlength": 200}


class PasswordForm(HouseForm):
    password = PasswordField(
        N_("Nytt passord"),
        [InputRequired(N_("Skriv et passord."))],
        description=N_("Minst 12 tegn, med både små og store bokstaver og tall. Gjerne noen ord etter hverandre."),
        render_kw=NEW,
    )
    again = PasswordField(
        N_("Passordet en gang til"), [InputRequired(N_("Skriv passordet en gang til."))], render_kw=NEW
    )


@router.get("/{token}")
async def show_invitation(request: Request, token: str) -> Response:
    async with request.app.state.database.reading() as session:
        if not await invitations.is_open(session, token):
            raise NotFound
    return render(request, "sign_in/invitation.html", form=PasswordForm())


@router.post("/{token}")
async def accept_invitation(request: Request, token: str) -> Response:
    form, state = PasswordForm(await posted(request)), request.app.state
    if form.validate():
        try:
            typed = form.password.data or "", form.again.data or ""
            await invitations.accept(state.database, state.passwords, token, *typed)
            return go("/login", "password-chosen")
        except Invalid as invalid:
            form.refuse(invalid)
    return render(request, "sign_in/invitation.html", status=400, form=form)
