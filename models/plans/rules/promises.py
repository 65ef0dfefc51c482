"""When an activity is late, and when somebody may say that it was not done (N8). Pure."""

from datetime import date

from models.i18n import _
from models.plans.rules.goals import too_long
from models.plans.rules.words import FINISHED, ActivityStatus
from models.refusals import Invalid

NOTE = 2_000


def is_overdue(status: ActivityStatus, due_on: date | None, today: date) -> bool:
    """The last day to do it has passed, and it is neither done nor called off."""
    return status not in FINISHED and due_on is not None and due_on < today


def may_be_missed(status: ActivityStatus, due_on: date | None, today: date) -> bool:
    """Anything that is not finished; and what is said to be done, once its deadline has passed.

    What was called off was never going to be done.
    """
    if status is ActivityStatus.CANCELLED:
        return False
    return status not in FINISHED or (due_on is not None and due_on < today)


def check_missed(status: ActivityStatus, due_on: date | None, today: date, note: str) -> None:
    if not may_be_missed(status, due_on, today):
        raise Invalid(missed_note=_("Aktiviteten er avlyst, eller den er avsluttet før fristen."))
    if len(note) > NOTE:
        raise Invalid(missed_note=too_long(note, NOTE))
