"""The two forms of signing in. The browser is told what the fields are, so that it can help."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from models.i18n import N_
from pages.forms import HouseForm


class LoginForm(HouseForm):
    username = StringField(
        N_("Brukernavn"),
        [InputRequired(N_("Skriv brukernavnet ditt."))],
        description=N_("Ofte e-postadressen din."),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": 200},
    )
    password = PasswordField(
        N_("Passord"),
        [InputRequired(N_("Skriv passordet ditt."))],
        render_kw={"autocomplete": "current-password", "maxlength": 200},
    )

    def typed(self) -> tuple[str, str]:
        return self.username.data or "", self.password.data or ""


class CodeForm(HouseForm):
    code = StringField(
        N_("Engangskode"),
        [InputRequired(N_("Skriv koden du fikk."))],
        description=N_("Seks sifre."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12},
    )

    def typed(self) -> str:
        return self.code.data or ""
