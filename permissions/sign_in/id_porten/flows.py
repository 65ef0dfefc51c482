"""The trips under way: each comes back once, within ten minutes, in the browser that began it."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from models.accounts.rules import FlowPurpose
from models.accounts.tables.identity import IdPortenFlow
from models.base import HouseSession, seal, unseal
from models.database import Database
from permissions.sign_in.id_porten.tokens import Proven, holder
from permissions.sign_in.id_porten.trips import Trip

LIFETIME = timedelta(minutes=10)


def begin(
    session: HouseSession,
    trip: Trip,
    purpose: FlowPurpose,
    *,
    next_: str | None = None,
    session_id: UUID | None = None,
    invitation_id: UUID | None = None,
) -> None:
    """`session_id` is the session that the browser is signed in with already, if any."""
    session.add(
        IdPortenFlow(
            state_hash=trip.state_hash,
            purpose=purpose,
            next=next_,
            session_id=session_id,
            invitation_id=invitation_id,
            made_at=session.clock.now(),
        )
    )


async def returned(database: Database, trip: Trip) -> IdPortenFlow | None:
    """The flow of a trip that now comes back for the first time; None for every other.

    That it has come back is committed before anything is done about it.
    """
    async with database.writing() as session:
        flow = await _living(session, trip)
        if flow is None or flow.returned_at is not None:
            return None
        flow.returned_at = session.clock.now()
        return flow


async def keep(session: HouseSession, trip: Trip, proven: Proven) -> None:
    """Remember, sealed, who came back, until they have said that the accounts are to be linked."""
    flow = await _living(session, trip)
    if flow is None:
        return
    seal(trip.vault(flow.id), flow, id_token=proven.id_token)


async def waiting(session: HouseSession, trip: Trip | None) -> IdPortenFlow | None:
    """The flow of somebody who has come back and waits to be linked to the account they sign in to."""
    flow = await _living(session, trip) if trip else None
    return flow if flow and flow.id_token is not None else None


def proven(trip: Trip, flow: IdPortenFlow) -> Proven:
    """Who it is that waits."""
    return holder(unseal(trip.vault(flow.id), flow, "id_token"))


def finish(session: HouseSession, flow: IdPortenFlow) -> None:
    """The trip is over, and what it brought is forgotten."""
    flow.used_at, flow.id_token = session.clock.now(), None


async def forget(session: HouseSession, flow_id: UUID) -> None:
    """As `finish`, when what was begun with the flow itself has been undone."""
    finish(session, (await session.scalars(select(IdPortenFlow).where(IdPortenFlow.id == flow_id))).one())


async def _living(session: HouseSession, trip: Trip) -> IdPortenFlow | None:
    living = select(IdPortenFlow).where(
        col(IdPortenFlow.state_hash) == trip.state_hash,
        col(IdPortenFlow.used_at).is_(None),
        col(IdPortenFlow.made_at) > session.clock.now() - LIFETIME,
    )
    return (await session.scalars(living.with_for_update() if session.writes else living)).first()
