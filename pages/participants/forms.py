"""What is asked about those who take part. The rules are the operations'; here is only how they are asked."""

from collections.abc import Iterable

from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from models.i18n import N_, _
from models.labels import label
from models.people.rules import LONGEST_EMAIL, Card
from models.plans.operations.proposals import REMARK
from models.plans.proof import OpenPlan
from models.plans.queries.candidates import Sought
from models.plans.queries.proposals import Wish
from models.plans.rules.participants import LONGEST
from models.plans.rules.words import ConsentMethod
from models.rights import Role
from pages.forms import HouseForm, Sometimes

CHOOSE = N_("Velg noe fra listen.")
ENDS = N_("La feltet stå tomt for så lenge samtykket eller grunnlaget for planen gjelder.")
NAME = {"maxlength": LONGEST, "autocomplete": "off"}


class SearchForm(HouseForm):
    name = StringField(
        N_("Navn"),
        [Sometimes()],
        description=N_("Minst tre bokstaver, for eksempel «Kari Nor»."),
        render_kw={"maxlength": 200, "autocomplete": "off"},
    )
    birth_date = DateField(N_("Fødselsdato"), [Optional(), Sometimes()])
    national_id = StringField(
        N_("Fødselsnummer eller D-nummer"),
        [Sometimes()],
        description=N_("11 sifre. Da trenger du ikke å fylle ut resten."),
        render_kw={"maxlength": 20, "inputmode": "numeric", "autocomplete": "off"},
    )

    def sought(self) -> Sought:
        number = "".join((self.national_id.data or "").split())
        return Sought(number, self.name.data or "", self.birth_date.data)


class _Role(HouseForm):
    role = RadioField(N_("Rolle i planen"), [InputRequired(CHOOSE)], coerce=str)

    def offer_roles(self, plan: OpenPlan, roles: Iterable[Role]) -> None:
        self.role.choices = [(role.value, plan.role_name(role)) for role in roles]

    def chosen(self) -> Role:
        return Role(self.role.data)


class _Work(HouseForm):
    position = StringField(
        N_("Stilling"),
        [Length(max=LONGEST, message=N_("Bruk høyst 100 tegn."))],
        description=N_("For eksempel «Fysioterapeut» eller «Støttekontakt»."),
        render_kw=NAME,
    )
    workplace = StringField(
        N_("Arbeidssted"), [Length(max=LONGEST, message=N_("Bruk høyst 100 tegn."))], render_kw=NAME
    )


class _Days(HouseForm):
    begins = DateField(N_("Tilgang fra"), [InputRequired(N_("Velg en dag."))])
    last = DateField(N_("Tilgang til og med"), [Optional()], description=ENDS)


class AddForm(_Role, _Work, _Days):
    """Somebody whom the municipality knows."""

    signs_in = BooleanField(N_("Skal logge på selv"), description=N_("Da kan du invitere personen i neste steg."))


class NewPersonForm(AddForm):
    """Somebody new: the first fields are the person's own, in all plans."""

    first = ("given_name", "family_name", "birth_date", "email", "mobile")
    given_name = StringField(N_("Fornavn"), [InputRequired(N_("Skriv fornavnet."))], render_kw=NAME)
    family_name = StringField(N_("Etternavn"), [InputRequired(N_("Skriv etternavnet."))], render_kw=NAME)
    birth_date = DateField(N_("Fødselsdato"), [Optional()])
    email = StringField(N_("E-post"), render_kw={"type": "email", "autocomplete": "off", "maxlength": LONGEST_EMAIL})
    mobile = StringField(
        N_("Mobil"),
        description=N_("La feltet stå tomt hvis du ikke har et nummer."),
        render_kw={"type": "tel", "autocomplete": "off", "maxlength": 20},
    )

    def card(self) -> Card:
        return Card(
            given_name=(self.given_name.data or "").strip(),
            family_name=(self.family_name.data or "").strip(),
            birth_date=self.birth_date.data,
            email=(self.email.data or "").strip() or None,
            mobile=(self.mobile.data or "").strip() or None,
        )


class UnitForm(_Role, _Days):
    unit_id = SelectField(
        N_("Enhet"),
        [InputRequired(CHOOSE)],
        description=N_("Alle som arbeider der, deltar gjennom enheten. Administratorene sier hvem det er."),
    )


class ChangeForm(_Work):
    """What is said of somebody in this plan; the day they begin stays."""

    last = DateField(N_("Tilgang til og med"), [Optional()], description=ENDS)
    seen = HiddenField()


class RoleForm(_Role):
    seen = HiddenField()


class LeavingForm(HouseForm):
    how = RadioField(N_("Hva skal skje?"), [InputRequired(CHOOSE)], default="remove")


class WishForm(_Role):
    name = StringField(N_("Navn"), [InputRequired(N_("Skriv navnet."))], render_kw=NAME)
    relation = StringField(
        N_("Hvem er det?"), description=N_("For eksempel «bestemor», «nabo» eller «trener»."), render_kw=NAME
    )
    contact = StringField(
        N_("Telefon eller e-post"), description=N_("Så den som koordinerer planen, kan ta kontakt."), render_kw=NAME
    )

    def wish(self) -> Wish:
        told = [(field.data or "").strip() for field in (self.relation, self.contact)]
        return Wish((self.name.data or "").strip(), self.chosen(), *told)


class RefusalForm(HouseForm):
    """Why a wish cannot be carried out."""

    reason = TextAreaField(
        N_("Hvorfor går det ikke?"),
        description=N_("Dette leser de som ønsket det. For eksempel «Berit er spurt, og har ikke tid nå»."),
        render_kw={"rows": 3, "maxlength": REMARK},
    )


class AnswerForm(HouseForm):
    """An answer that was given outside Medvirk."""

    answer = RadioField(N_("Hva var svaret?"), [InputRequired(N_("Velg ja eller nei."))])
    method = RadioField(
        N_("Hvordan ble det gitt?"), [InputRequired(N_("Velg hvordan svaret ble gitt."))], coerce=ConsentMethod
    )
    remark = TextAreaField(
        N_("Hvem svarte, og når?"),
        [InputRequired(N_("Skriv hvem som svarte, og når."))],
        description=N_("For eksempel «Rolf sa ja på møtet 12. november. Til stede: Marte og Torleif»."),
        render_kw={"rows": 3, "maxlength": REMARK},
    )

    def offer(self) -> None:
        self.answer.choices = [("yes", _("Ja")), ("no", _("Nei"))]
        outside = (ConsentMethod.PAPER, ConsentMethod.ORAL)
        self.method.choices = [(one.value, label(one)) for one in outside]
