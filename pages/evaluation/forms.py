"""How a look back is asked for: few questions, in plain words."""

from typing import Any, ClassVar

from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from models.i18n import N_, _
from models.plans.rules.evaluations import RATINGS, EvaluationContent
from models.plans.rules.words import EvaluationKind
from models.templates.rules import TextKind
from pages.forms import HouseForm, RichTextField

NOT_CHOSEN = "0"


def _rating(text: str) -> int | None:
    return None if text in ("", NOT_CHOSEN) else int(text)


def _day(label: str) -> DateField:
    return DateField(label, [InputRequired(N_("Skriv en dato, for eksempel 31.12.2027."))])


class PeriodForm(HouseForm):
    """The days, which are proposed and mostly right. Of the other fields, each sort of look back has its own."""

    period_from = _day(N_("Fra og med"))
    period_to = _day(N_("Til og med"))

    def content(self) -> EvaluationContent:
        told: dict[str, Any] = self.data
        return EvaluationContent(
            period_from=told["period_from"],
            period_to=told["period_to"],
            rating=told.get("rating"),
            text=told["text"] or "",
            expectations=told.get("expectations") or "",
        )


class _RatedForm(PeriodForm):
    rating = RadioField(N_("Hvordan har det gått?"), coerce=_rating)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rating.choices = [
            *((str(value), _(words)) for value, words in RATINGS.items()),
            (NOT_CHOSEN, _("Vil ikke velge")),
        ]


class ReflectionForm(_RatedForm):
    first: ClassVar = ("rating", "text", "expectations")
    text = TextAreaField(
        N_("Hva har vært bra, og hva har vært vanskelig?"),
        description=N_("Tenk på det vi har gjort sammen, og hvordan det er å arbeide med planen. Noen få ord er nok."),
        render_kw={"rows": 5},
    )
    expectations = TextAreaField(
        N_("Hva er viktig framover?"),
        description=N_("Hva skal fortsette, og hva bør bli annerledes?"),
        render_kw={"rows": 5},
    )


class GoalForm(_RatedForm):
    first: ClassVar = ("rating", "text", "expectations")
    templates: ClassVar = TextKind.REPORT
    text = RichTextField(
        N_("Hva er gjort, og hva førte det til?"),
        [InputRequired(N_("Skriv hvordan det har gått med målet."))],
        render_kw={"rows": 6},
    )
    expectations = RichTextField(
        N_("Veien videre"),
        description=N_("Fortsetter dere, endrer dere noe, eller er målet nådd?"),
        render_kw={"rows": 4},
    )


class YearlyForm(PeriodForm):
    templates: ClassVar = TextKind.REPORT
    text = RichTextField(N_("Rapport"), [InputRequired(N_("Skriv rapporten."))], render_kw={"rows": 16})


FORMS: dict[EvaluationKind, type[PeriodForm]] = {
    EvaluationKind.REFLECTION: ReflectionForm,
    EvaluationKind.GOAL: GoalForm,
    EvaluationKind.YEARLY: YearlyForm,
}
