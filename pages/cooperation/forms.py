"""What is written of contributions and of other services."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from models.i18n import N_
from models.labels import label
from models.plans.operations.cooperation import CooperationContent
from models.plans.rules.cooperation import CONTACT, CONTRIBUTION, PURPOSE
from models.plans.rules.goals import TITLE
from models.plans.rules.words import CooperationState
from pages.forms import HouseForm


class ContributionForm(HouseForm):
    text = TextAreaField(
        N_("Hva er bidraget?"),
        [InputRequired(N_("Skriv hva som er bidraget."))],
        description=N_(
            "For eksempel «Jeg følger til trening hver tirsdag» eller «Skolen har møte med hjemmet hver måned»."
        ),
        render_kw={"rows": 6, "maxlength": CONTRIBUTION},
    )


class CooperationForm(HouseForm):
    title = StringField(
        N_("Hvilken tjeneste gjelder det?"),
        [InputRequired(N_("Skriv hvilken tjeneste det gjelder."))],
        description=N_("For eksempel «NAV», «Habiliteringstjenesten» eller «Fysioterapi»."),
        render_kw={"maxlength": TITLE},
    )
    state = RadioField(N_("Er samarbeidet i gang?"), coerce=CooperationState, default=CooperationState.ESTABLISHED)
    purpose = TextAreaField(N_("Hva skal dere samarbeide om?"), render_kw={"rows": 4, "maxlength": PURPOSE})
    contact = TextAreaField(
        N_("Kontakt"),
        description=N_("Navn, og telefon eller e-post."),
        render_kw={"rows": 3, "maxlength": CONTACT},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [(state.value, label(state)) for state in CooperationState]

    def content(self) -> CooperationContent:
        return CooperationContent(
            title=self.title.data or "",
            state=self.state.data,
            purpose=self.purpose.data or "",
            contact=self.contact.data or "",
        )
