"""What is written of goals, activities and comments. The rules are the operations'; here is only how they are asked."""

from typing import Any

from wtforms import DateField, IntegerRangeField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from models.i18n import N_, _
from models.labels import label
from models.plans.operations.activities import ActivityContent
from models.plans.queries.people import Somebody
from models.plans.rules.goals import REASON, SHORT, TITLE
from models.plans.rules.words import ActivityStatus
from models.rights import LIFE_AREAS, Element
from models.templates.rules import TextKind
from pages.forms import HouseForm, RichTextField
from pages.plans.choosing import ParticipantField

LONG = {"rows": 8}


def _element(text: str) -> Element | None:
    return Element(text) if text else None


class NewGoalForm(HouseForm):
    templates = TextKind.GOALS
    title = StringField(
        N_("Tittel"),
        [InputRequired(N_("Skriv en tittel."))],
        description=N_("Kort, og med vanlige ord."),
        render_kw={"maxlength": TITLE},
    )
    life_area = SelectField(N_("Livsområde"), coerce=_element)
    description = RichTextField(N_("Beskrivelse"), description=N_("Hva er viktig, og hvorfor?"), render_kw=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.life_area.choices = [("", _("Ikke knyttet til et livsområde"))] + [(a.value, label(a)) for a in LIFE_AREAS]

    def values(self) -> dict[str, Any]:
        return {
            "title": self.title.data or "",
            "life_area": self.life_area.data,
            "description": self.description.data or "",
        }


class GoalForm(NewGoalForm):
    progress = IntegerRangeField(
        N_("Framdrift i prosent"), [InputRequired(N_("Skriv et tall fra 0 til 100."))], render_kw={"min": 0, "max": 100}
    )

    def values(self) -> dict[str, Any]:
        return super().values() | {"progress": self.progress.data}


class ActivityForm(HouseForm):
    templates = TextKind.GOALS
    title = StringField(
        N_("Hva skal gjøres?"), [InputRequired(N_("Skriv hva som skal gjøres."))], render_kw={"maxlength": TITLE}
    )
    description = RichTextField(N_("Beskrivelse"), render_kw=LONG)
    extent = StringField(N_("Omfang"), description=N_("For eksempel «2 timer i uka»."), render_kw={"maxlength": SHORT})
    responsible_id = ParticipantField(N_("Ansvarlig"))
    status = SelectField(N_("Status"), coerce=ActivityStatus)
    cancel_reason = StringField(
        N_("Hvorfor er den avlyst?"),
        description=N_("Fyll ut bare hvis aktiviteten er avlyst."),
        render_kw={"maxlength": REASON},
    )
    starts_on = DateField(N_("Begynner"), [Optional()])
    due_on = DateField(N_("Frist"), [Optional()])

    def __init__(self, everybody: list[Somebody], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.responsible_id.offer([one for one in everybody if one.taking_part], _("Ikke bestemt"))
        self.status.choices = [(status.value, label(status)) for status in ActivityStatus]

    def content(self) -> ActivityContent:
        return ActivityContent(
            title=self.title.data or "",
            description=self.description.data or "",
            extent=self.extent.data or "",
            status=self.status.data,
            responsible_id=self.responsible_id.data,
            starts_on=self.starts_on.data,
            due_on=self.due_on.data,
            cancel_reason=self.data.get("cancel_reason") or "",
        )


class NewActivityForm(ActivityForm):
    """Nothing is called off before it is planned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.cancel_reason
        offered = (each for each in ActivityStatus if each is not ActivityStatus.CANCELLED)
        self.status.choices = [(status.value, label(status)) for status in offered]


class ProgressForm(HouseForm):
    """On the goal's own page (F78)."""

    progress = IntegerRangeField(
        N_("Ny framdrift"), [InputRequired(N_("Skriv et tall fra 0 til 100."))], render_kw={"min": 0, "max": 100}
    )


class CancelForm(HouseForm):
    cancel_reason = StringField(
        N_("Hvorfor er den avlyst?"),
        [InputRequired(N_("Skriv hvorfor aktiviteten er avlyst."))],
        description=N_("De andre i planen ser det du skriver."),
        render_kw={"maxlength": REASON},
    )


class CommentForm(HouseForm):
    text = TextAreaField(N_("Skriv en kommentar"), [InputRequired(N_("Skriv en kommentar."))], render_kw={"rows": 4})
