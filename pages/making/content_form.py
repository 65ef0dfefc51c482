"""The form of a plan's content: what it is made with, and as many rows for goals as are asked for (F182, F183)."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Optional

from models.i18n import N_, _
from models.labels import LABELS, label
from models.plans.queries.plan_templates import Offered
from models.plans.rules.goals import TITLE, check_texts
from models.plans.rules.life_areas import check_area_text
from models.plans.rules.making import GoalText, Part, Start, Texts, offered, period_problem, problem
from models.refusals import Invalid
from models.rich_text import plain
from models.rights import LIFE_AREAS, Element
from models.texts import says_something
from pages.forms import HouseForm, RichTextField
from pages.making.cards import SaneYear


def _uuid(text: str) -> UUID | None:
    return UUID(text) if text else None


class ContentForm(HouseForm):
    """`rows` are the numbers of the goals that can be written; see `content_form`.

    Goals and life areas that the plan is made without, are kept as they were written, and not looked at.
    """

    rows: range
    template = SelectField(N_("Planmal"), coerce=_uuid)
    parts = SelectMultipleField(
        N_("Hva planen skal inneholde"), coerce=Part, description=N_("Vi har krysset av for det som er vanlig.")
    )
    period_from = DateField(N_("Planperioden begynner"), [Optional(), SaneYear()])
    period_to = DateField(
        N_("Planperioden slutter"),
        [Optional(), SaneYear()],
        description=N_("Planen blir ikke avsluttet av seg selv når perioden er over."),
    )

    def offer(self, start: Start, templates: Iterable[Offered]) -> None:
        self.parts.choices = [(part.value, label(part)) for part in offered(start)]
        self.template.choices = [("", _("Ingen mal")), *((str(one.id), one.name) for one in templates)]

    def check(self, start: Start) -> None:
        """Raises Invalid with a sentence beside each field."""
        chosen = self.chosen()
        found = {
            "parts": problem(start, chosen),
            "period_to": period_problem(self.period_from.data, self.period_to.data),
        }
        wrong = {field: sentence for field, sentence in found.items() if sentence}
        if Part.GOALS in chosen:
            wrong |= self._wrong_goals()
        if Part.LIFE_AREAS in chosen:
            wrong |= self._wrong_areas()
        if wrong:
            raise Invalid(**wrong)

    def chosen(self) -> frozenset[Part]:
        return frozenset(self.parts.data or [])

    def texts(self) -> Texts:
        """What the plan is prefilled with, of the parts it is made with."""
        chosen = self.chosen()
        goals = [GoalText(self.said(f"goal_{row}_title"), self.said(f"goal_{row}_text")) for row in self.rows]
        areas = {area: self.said(area.value) for area in LIFE_AREAS}
        return Texts(
            tuple(goal for goal in goals if goal.title.strip()) if Part.GOALS in chosen else (),
            {area: text for area, text in areas.items() if _says(text)} if Part.LIFE_AREAS in chosen else {},
        )

    def said(self, name: str) -> str:
        return self[name].data or ""

    def goals(self) -> list[tuple[Any, Any, int]]:
        """The two fields of each goal, and its number on the page."""
        return [(self[f"goal_{row}_title"], self[f"goal_{row}_text"], row + 1) for row in self.rows]

    def areas(self) -> list[Any]:
        return [self[area.value] for area in LIFE_AREAS]

    def _wrong_goals(self) -> dict[str, str]:
        wrong: dict[str, str] = {}
        for row in self.rows:
            title, text = self.said(f"goal_{row}_title"), self.said(f"goal_{row}_text")
            if not title.strip() and not _says(text):
                continue
            try:
                check_texts(title=title, description=text)
            except Invalid as invalid:
                names = {"title": f"goal_{row}_title", "description": f"goal_{row}_text"}
                wrong |= {names[field]: sentence for field, sentence in invalid.fields.items()}
        return wrong

    def _wrong_areas(self) -> dict[str, str]:
        wrong: dict[str, str] = {}
        for area in LIFE_AREAS:
            try:
                if _says(self.said(area.value)):
                    check_area_text(self.said(area.value))
            except Invalid as invalid:
                wrong[area.value] = invalid.fields["text"]
        return wrong


def _says(text: str) -> bool:
    return says_something(plain(text))


def content_form(rows: int) -> type[ContentForm]:
    """With so many rows for goals, and a text for each life area."""
    fields: dict[str, Any] = {"rows": range(rows)}
    for row in range(rows):
        fields[f"goal_{row}_title"] = StringField(N_("Tittel"), render_kw={"maxlength": TITLE})
        fields[f"goal_{row}_text"] = RichTextField(N_("Beskrivelse"), render_kw={"rows": 4})
    for area in LIFE_AREAS:
        fields[area.value] = RichTextField(LABELS[Element][area], render_kw={"rows": 4})
    return type("ContentFormWithRows", (ContentForm,), fields)


def prefilled(kept: Mapping[str, list[str]], parts: Iterable[Part], texts: Texts) -> dict[str, list[str]]:
    """What was written, with a template's parts instead of those ticked, its goals in the rows that are empty, and its
    texts where there is none: nothing that somebody wrote is overwritten."""
    filled = dict(kept) | {"parts": [part.value for part in parts]}
    waiting = list(texts.goals)
    row = 0
    while waiting:
        names = f"goal_{row}_title", f"goal_{row}_text"
        if not any(says_something("".join(filled.get(name, []))) for name in names):
            goal = waiting.pop(0)
            filled |= {names[0]: [goal.title], names[1]: [goal.description]}
        row += 1
    for area, text in texts.areas.items():
        if not says_something("".join(filled.get(area.value, []))):
            filled[area.value] = [text]
    return filled


def rows_in(answers: Mapping[str, list[str]]) -> int:
    """How many rows there are in what was kept."""
    return sum(1 for name in answers if name.startswith("goal_") and name.endswith("_title"))
