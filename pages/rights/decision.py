"""Whose rights are decided, for every page that decides them."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request

from models.plans.proof import OpenPlan, Standing
from models.plans.queries import rights as queries
from models.plans.tables.participants import Participant
from models.rights import Element, Level
from pages.plans.room import address, room
from pages.rights.routes import demand_reader
from pages.rights.views import Look, look


@dataclass(frozen=True)
class Asked:
    """Whose rights are decided: the row, what they are called, what they may now, and whether more is for the owner to
    say."""

    request: Request
    look: Look
    participant: Participant
    name: str
    role: str
    theirs: Standing
    asks_owner: bool

    @property
    def plan(self) -> OpenPlan:
        return self.look.plan

    @property
    def back(self) -> str:
        return f"{address(self.plan)}/rights/{self.participant.id}"

    @property
    def standard(self) -> dict[Element, Level]:
        return dict(self.look.standards.get(self.theirs.role, {}))


async def asked(request: Request, plan: Annotated[OpenPlan, Depends(room("rights"))], participant_id: UUID) -> Asked:
    demand_reader(plan)
    plan.demand(Element.RIGHTS, Level.CHANGE)
    participant, everybody = await queries.find_participant(plan, participant_id), await look(plan)
    one, sight = everybody.of(participant.id)
    asks = await queries.asks_owner(plan, participant)
    return Asked(request, everybody, participant, one.name, one.role, sight.standing, asks)


Decision = Annotated[Asked, Depends(asked)]
