"""The log of those who did not come in: at which step, and roughly from where."""

from enum import StrEnum
from uuid import UUID

from models.base import HouseSession
from models.log import operations as log
from models.log.rules import Event
from permissions.proofs import House
from permissions.whence import rough


class Step(StrEnum):
    """Where it stopped. `WAY`: no code could be sent; `AGAIN`: the password before a change; `RESET`: the name a mailed
    link is for."""

    PASSWORD = "password"  # noqa: S105 - the name of a step
    WAY = "way"
    CODE = "code"
    AGAIN = "again"
    RESET = "reset"
    CONTACT_CODE = "contact_code"
    PERSONAL_CODE = "personal_code"
    ID_PORTEN = "id_porten"


def log_failure(session: HouseSession, step: Step, account_id: UUID | None, address: str) -> None:
    """`account_id` is None when there is no such account; of the address only the network is kept."""
    log.record(House(session, actor_id=account_id), Event.SIGN_IN_FAILED, step=step, address=rough(address))


def log_locked(session: HouseSession, account_id: UUID | None, address: str) -> None:
    """That a lock has begun, for a moment; `account_id` is None for an address, which is nobody's."""
    log.record(House(session, actor_id=account_id), Event.SIGN_IN_LOCKED, address=rough(address))
