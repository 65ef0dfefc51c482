"""What is typed on the security pages: each form asks for the password again, for who has one."""

from typing import Any

from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired

from models.accounts.rules import CodeChannel
from models.i18n import N_
from models.labels import label
from models.people.rules import LONGEST_EMAIL
from pages.forms import HouseForm
from pages.sign_in.forms import CODE, NAME, NAME_TOO_LONG, PASSWORD_TOO_LONG, CodeForm, NewPasswordForm
from permissions.sign_in.own_account import OwnAccount
from permissions.sign_in.password_rule import LONGEST

NOW = {"autocomplete": "current-password", "maxlength": LONGEST}


def now(words: str = N_("Passordet ditt")) -> PasswordField:
    return PasswordField(words, [InputRequired(N_("Skriv passordet ditt.")), PASSWORD_TOO_LONG], render_kw=NOW)


class OnceMoreForm(HouseForm):
    """`asks` is False for who has no password, and came by ID-porten."""

    current = now()

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.current

    def typed_again(self) -> str:
        return (self.current.data or "") if "current" in self else ""


class ChangePasswordForm(OnceMoreForm, NewPasswordForm):
    first = ("current",)
    current = now(N_("Passordet du har nå"))


class UserNameForm(OnceMoreForm):
    first = ("user_name",)
    user_name = StringField(
        N_("Nytt brukernavn"),
        [InputRequired(N_("Skriv et brukernavn.")), NAME_TOO_LONG],
        description=N_("Du kan bruke e-postadressen din."),
        render_kw=NAME,
    )


class EmailForm(OnceMoreForm):
    first = ("email",)
    email = StringField(
        N_("Ny e-postadresse"),
        [InputRequired(N_("Skriv e-postadressen."))],
        description=N_("Bruk en adresse som bare du leser."),
        render_kw={"type": "email", "autocomplete": "email", "maxlength": LONGEST_EMAIL},
    )


class MobileForm(OnceMoreForm):
    first = ("mobile",)
    mobile = StringField(
        N_("Nytt mobilnummer"),
        [InputRequired(N_("Skriv mobilnummeret."))],
        description=N_("Åtte sifre, eller med landkode foran."),
        render_kw={"type": "tel", "autocomplete": "tel", "maxlength": 20},
    )


class ChannelForm(OnceMoreForm):
    first = ("channel",)
    channel = RadioField(N_("Hvordan vil du få engangskoder?"), validate_choice=False)

    def __init__(self, *args: Any, account: OwnAccount, **kwargs: Any) -> None:
        super().__init__(*args, asks=account.has_password, **kwargs)
        where = {CodeChannel.EMAIL: account.email, CodeChannel.SMS: account.mobile}
        offered = sorted(account.ways, key=list(CodeChannel).index)
        self.channel.choices = [(way.value, ": ".join(filter(None, (label(way), where.get(way))))) for way in offered]

    def chosen(self) -> CodeChannel | None:
        return CodeChannel(self.channel.data) if self.channel.data in list(CodeChannel) else None


class ConfirmAppForm(CodeForm):
    """The first code that a new app shows; there are no recovery codes yet."""

    code = StringField(
        N_("Kode fra appen"),
        [InputRequired(N_("Skriv koden som appen viser."))],
        description=N_("Seks sifre."),
        render_kw=CODE,
    )
