"""All that was filled in, put together: what the last step shows, and what the plan is made of."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from models.labels import label
from models.plans.operations.making import NewPlan
from models.plans.queries.owners import Place
from models.plans.queries.plan_templates import offered_templates
from models.plans.rules.making import Part, Start, Texts
from models.refusals import Invalid
from models.rights import LIFE_AREAS
from pages.forms import HouseForm
from pages.making import account, content, plan
from pages.making.account import Rule
from pages.making.begun import Making, Step
from pages.making.content_form import ContentForm
from pages.making.forms import AccountForm, PlanForm
from pages.making.words import start_words, usual_position
from permissions.inviting import Wanted


@dataclass(frozen=True)
class Whole:
    """The three steps between the person and the summary, each as it was kept."""

    making: Making
    plan: PlanForm
    places: list[Place]
    content: ContentForm
    account: AccountForm
    rule: Rule

    @property
    def start(self) -> Start:
        return self.making.start

    @property
    def place(self) -> Place | None:
        return next((place for place in self.places if place.id == self.plan.unit_id.data), None)

    @property
    def texts(self) -> Texts:
        return self.content.texts()

    @property
    def wanted(self) -> Wanted | None:
        return account.wanted_of(self.account) if self.rule.offers else None

    @property
    def workplace(self) -> str:
        """A pupil goes where the plan belongs, unless something else was written."""
        usual = self.place.name if self.place and usual_position(self.start) else ""
        return (self.plan.workplace.data or "").strip() or usual

    @property
    def position(self) -> str:
        return (self.plan.position.data or "").strip() or usual_position(self.start)

    def new_plan(self) -> NewPlan:
        return NewPlan(
            start=self.start,
            short_name=self.plan.short_name.data or "",
            parts=self.content.chosen(),
            plan_id=self.making.begun.id,
            unit_id=self.plan.unit_id.data,
            position=self.position,
            workplace=self.workplace,
            period_from=self.content.period_from.data,
            period_to=self.content.period_to.data,
        )

    async def to_mend(self) -> Step | None:
        """The first step whose answers will not do any longer."""
        steps = (
            (Step.PLAN, self.plan, plan.checker(self.making, self.plan, self.places)),
            (Step.CONTENT, self.content, content.checker(self.making, self.content)),
            (Step.ACCOUNT, self.account, account.checker(self.account)),
        )
        for step, form, check in steps:
            if not await _will_do(form, check):
                return step
        return None

    def told(self) -> dict[str, Any]:
        """What the summary says, in words."""
        texts, parts = self.texts, self.content.chosen()
        chosen = (words for _value, words, is_chosen, _render in self.account.way.iter_choices() if is_chosen)
        return {
            "kind_name": start_words(self.start),
            "short_name": self.plan.short_name.data,
            "unit": self.place.name if self.place else None,
            "workplace": self.workplace,
            "position": self.position,
            "parts": [label(part) for part in Part if part in parts],
            "goals": [goal.title for goal in texts.goals],
            "areas": [area for area in LIFE_AREAS if area in texts.areas],
            "period": (self.content.period_from.data, self.content.period_to.data),
            "way": next(chosen, None) if self.wanted else None,
            "rule": self.rule,
        }


async def gather(making: Making) -> Whole:
    form, places, _starts = await plan.form_of(making)
    rule = await account.rule_of(making)
    templates = await offered_templates(making.here, making.start.kind)
    return Whole(
        making,
        form,
        places,
        content.form_of(making, templates),
        await account.form_of(making, rule),
        rule,
    )


async def _will_do(form: HouseForm, check: Callable[[], Awaitable[None]]) -> bool:
    if not form.validate():
        return False
    try:
        await check()
    except Invalid:
        return False
    return True
