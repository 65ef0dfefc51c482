"""Looking back together, what each contributes, and the services around the plan."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from models.base import Retention, choice, reference, sealed
from models.plans.rules.chains import Chain, goal_chain
from models.plans.rules.words import CooperationState, EvaluationKind
from models.plans.tables.item import Item, SignedItem
from models.rights import Element


class Evaluation(SignedItem, table=True):
    """How it has gone in a period (F209): the owner's reflection, somebody's evaluation of a goal, or a yearly report.

    `rating` is from 1 to 5. `text` is about what has been done, `expectations` about what is to come. Both days are
    included.
    """

    keeps: ClassVar = Retention.WITH_PLAN
    kind: EvaluationKind = choice(EvaluationKind)
    goal_id: UUID | None = reference("goal.id", default=None)
    period_from: date
    period_to: date
    rating: int | None = None
    text: bytes | None = sealed("evaluation.text", default=None)
    expectations: bytes | None = sealed("evaluation.expectations", default=None)

    def guarded_by(self) -> Chain:
        above = goal_chain(self.goal_id) if self.goal_id else ()
        return ((Element.EVALUATION, self.id), *above)


class Contribution(Item, table=True):
    """What one participant contributes to the plan (the statute's fourth point)."""

    keeps: ClassVar = Retention.WITH_PLAN
    participant_id: UUID = reference("participant.id")
    text: bytes | None = sealed("contribution.text")

    def guarded_by(self) -> Chain:
        return ((Element.COOPERATION, self.id),)


class Cooperation(Item, table=True):
    """Another service, institution or agency that the plan needs or already works with (the statute's ninth point)."""

    keeps: ClassVar = Retention.WITH_PLAN
    title: bytes | None = sealed("cooperation.title")
    purpose: bytes | None = sealed("cooperation.purpose", default=None)
    contact: bytes | None = sealed("cooperation.contact", default=None)
    state: CooperationState = choice(CooperationState)

    def guarded_by(self) -> Chain:
        return ((Element.COOPERATION, self.id),)
