"""The terms of use: nothing is open to anybody before they have accepted the newest version (F28)."""

from models.accounts.proof import Viewer
from models.accounts.rules import TERMS
from models.accounts.tables.account import TermsAcceptance
from models.base import HouseSession
from models.database import insert_or_ignore
from models.log import operations as log
from models.log.rules import Event
from permissions.proofs import House


async def accept(session: HouseSession, viewer: Viewer, language: str) -> None:
    """In the language they were read in; accepting twice is accepting once."""
    accepted = TermsAcceptance(
        account_id=viewer.account_id, version=TERMS, language=language, accepted_at=session.clock.now()
    )
    if await insert_or_ignore(session, accepted):
        here = House(session, viewer.municipality_id, actor_id=viewer.account_id)
        log.record(here, Event.TERMS_ACCEPTED, version=TERMS)
