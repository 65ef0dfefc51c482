"""The forms of signing in. The browser is told what the fields are, so that it can help."""

from typing import Any

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from models.i18n import N_
from pages.forms import HouseForm
from permissions.sign_in.password_rule import LONGEST, PasswordRule

NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": LONGEST}
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20}
NEW = {"autocomplete": "new-password", "maxlength": LONGEST}
NAME_TOO_LONG = Length(max=LONGEST, message=N_("Brukernavnet kan være på høyst 200 tegn."))
PASSWORD_TOO_LONG = Length(max=LONGEST, message=N_("Passordet kan være på høyst 200 tegn."))


class LoginForm(HouseForm):
    username = StringField(
        N_("Brukernavn"),
        [InputRequired(N_("Skriv brukernavnet ditt.")), NAME_TOO_LONG],
        description=N_("Ofte e-postadressen din."),
        render_kw=NAME,
    )
    password = PasswordField(
        N_("Passord"),
        [InputRequired(N_("Skriv passordet ditt.")), PASSWORD_TOO_LONG],
        render_kw={"autocomplete": "current-password", "maxlength": LONGEST},
    )

    def typed(self) -> tuple[str, str]:
        return self.username.data or "", self.password.data or ""


class CodeForm(HouseForm):
    code = StringField(
        N_("Engangskode"),
        [InputRequired(N_("Skriv koden du fikk."))],
        description=N_("Seks sifre."),
        render_kw=CODE,
    )

    def typed(self) -> str:
        return self.code.data or ""


class AppCodeForm(CodeForm):
    code = StringField(
        N_("Kode fra appen"),
        [InputRequired(N_("Skriv koden som appen viser."))],
        description=N_("Seks sifre. Har du ikke telefonen, så skriv en av reservekodene dine."),
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "maxlength": 20},
    )


class NewPasswordForm(HouseForm):
    """Choosing a password, here and wherever else it is done: `rule` is `app.state.passwords.rule`."""

    password = PasswordField(N_("Nytt passord"), [InputRequired(N_("Skriv et passord."))], render_kw=NEW)
    again = PasswordField(
        N_("Passordet en gang til"), [InputRequired(N_("Skriv passordet en gang til."))], render_kw=NEW
    )

    def __init__(self, *args: Any, rule: PasswordRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = rule.in_words()

    def chosen(self) -> tuple[str, str]:
        return self.password.data or "", self.again.data or ""


class ResetForm(NewPasswordForm):
    """A forgotten password (F15): the user name too, which the link does not tell."""

    first = ("username",)

    username = StringField(
        N_("Brukernavn"), [InputRequired(N_("Skriv brukernavnet ditt.")), NAME_TOO_LONG], render_kw=NAME
    )


class ForgottenForm(HouseForm):
    username = StringField(
        N_("Brukernavn"),
        [InputRequired(N_("Skriv brukernavnet ditt.")), NAME_TOO_LONG],
        description=N_("Ofte e-postadressen din."),
        render_kw=NAME,
    )
