"""The page of a step: its form shown, and kept when it was sent."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from models.i18n import _
from models.refusals import Conflict, Invalid
from pages.forms import HouseForm
from pages.making.begun import WORDS, Making, Step, answers, keep, keep_unasked, seen_in
from pages.rendering import go, render

MEND = "mend"
"""In the address: what is wrong in the step is said at once."""


@dataclass(frozen=True)
class StepPage:
    """The form of a step: shown, and kept when it was sent."""

    making: Making
    step: Step
    template: str
    form: HouseForm
    heading: str
    more: Mapping[str, Any] = field(default_factory=dict)

    async def take(self, data: Any, check: Callable[[], Awaitable[None]]) -> Response:
        """What was sent is kept whenever somebody goes back or leaves; going on demands that it will do. The status of
        a page that says what to mend is 400 or 409: nothing was kept then, and all is in the form."""
        act = str(data.get("act", ""))
        if act == "keep":
            return await keep_unasked(self.making, self.step, answers(data), seen_in(data))
        try:
            if act in ("back", "later"):
                kept = await self._keep(data, passed=False)
                return go(_before(kept, self.step)) if act == "back" else go("/plans/new", "kept")
            if not self.form.validate():
                return self.show(400)
            await check()
            return go((await self._keep(data, passed=True)).onwards())
        except Invalid as invalid:
            self.form.refuse(invalid)
            return self.show(400)
        except Conflict:
            return self.clashed()

    async def first_shown(self, check: Callable[[], Awaitable[None]]) -> Response:
        """With what is wrong already, when the last step sent somebody back here to mend it."""
        if MEND in self.making.request.query_params and self.step in self.making.begun.answers:
            try:
                if self.form.validate():
                    await check()
            except Invalid as invalid:
                self.form.refuse(invalid)
        return self.show()

    def clashed(self) -> Response:
        self.form.form_errors.append(
            _("Du har lagret noe annet i dette steget i et annet vindu. Går du videre, gjelder det som står her.")
        )
        return self.show(409)

    async def _keep(self, data: Any, *, passed: bool) -> Making:
        return await keep(self.making, self.step, answers(data), passed=passed, seen=seen_in(data))

    def show(self, status: int = 200) -> Response:
        making = self.making
        return render(
            making.request,
            self.template,
            status=status,
            form=self.form,
            heading=self.heading,
            steps=_steps(making, self.step),
            number=list(Step).index(self.step) + 1,
            count=len(Step),
            owner_name=making.name,
            seen=making.begun.saves.get(self.step, 0),
            url=making.url,
            is_first=self.step is Step.PERSON,
            typed=status == 400,
            **self.more,
        )


def _before(making: Making, step: Step) -> str:
    steps = list(Step)
    return f"{making.url}/{steps[max(steps.index(step) - 1, 0)]}"


def _steps(making: Making, here: Step) -> list[tuple[str, str | None, bool, bool]]:
    """Words, address where one may go there, whether it is gone through, and whether it is the one shown."""
    return [
        (
            _(WORDS[step]),
            f"{making.url}/{step}" if making.missing(step) is None and step is not here else None,
            step in making.begun.passed,
            step is here,
        )
        for step in Step
    ]
