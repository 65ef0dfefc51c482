"""Choosing somebody who takes part: who answers for something, who measures, who is asked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import SelectField

from models.plans.queries.people import Somebody

UNNAMED = "other"
"""What the form says for somebody who is chosen already, and whom the viewer may not know of (N15)."""


def _participant(text: str) -> UUID | None:
    return UUID(text) if text else None


class ParticipantField(SelectField):
    """One of those who take part, or nobody; `offer` fills it. Its data is the participant's id, or None.

    Who is chosen already, but hidden from the viewer, stays chosen unless they choose somebody else, and is never
    named.
    """

    def __init__(self, label: str, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, coerce=_participant, **kwargs)

    def offer(self, everybody: Sequence[Somebody], nobody: str) -> None:
        """`nobody` are the words for choosing none of them; see `models.plans.queries.people.choosable`."""
        hidden = next((one.participant_id for one in everybody if one.hidden), None)
        self.coerce = lambda text: hidden if text == UNNAMED else _participant(text)
        chosen = [(UNNAMED if one.hidden else str(one.participant_id), one.words) for one in everybody]
        self.choices = [("", nobody), *chosen]
        if hidden and self.raw_data == [UNNAMED]:
            self.data, self.process_errors = hidden, ()
