"""What is written of a life area."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField
from wtforms.validators import InputRequired

from models.i18n import N_, _
from models.labels import label
from models.rights import Element
from models.templates.rules import TextKind
from pages.forms import HouseForm, RichTextField


def _element(text: str) -> Element | None:
    return Element(text) if text else None


class AreaForm(HouseForm):
    templates = TextKind.LIFE_AREA
    offered: Sequence[Element] = ()
    text = RichTextField(
        N_("Beskrivelse"),
        [InputRequired(N_("Skriv noe om livsområdet."))],
        description=N_("Hva fungerer, hva trengs, og hva kan legges til rette?"),
        render_kw={"rows": 12},
    )

    def values(self) -> dict[str, Any]:
        return {"text": self.text.data or ""}

    def chosen(self) -> Element | None:
        """The area that the form is about, when it has been chosen among those offered."""
        return None


class NewAreaForm(AreaForm):
    """`offered` are the areas to choose among."""

    first = ("area",)
    area = SelectField(N_("Livsområde"), [InputRequired(N_("Velg et livsområde."))], coerce=_element)

    def __init__(self, offered: Sequence[Element], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.area.choices = [("", _("Velg livsområde")), *((area.value, label(area)) for area in offered)]

    def values(self) -> dict[str, Any]:
        return super().values() | {"area": self.area.data}

    def chosen(self) -> Element | None:
        return self.area.data if self.area.data in self.offered else None
