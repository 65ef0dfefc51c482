"""Who may come into a plan, and why. The one policy: the door asks it, and so does «who sees what».

Pure. `permissions.scopes` says the same in SQL; a property test holds the two equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.refusals import Reason
from models.rights import Role


@dataclass(frozen=True)
class BasisEntry:
    """A legal basis as recorded; `own` when it is for this participant alone. Both days included."""

    number: int
    basis: Basis
    valid_from: date
    valid_to: date | None = None
    own: bool = False


@dataclass(frozen=True)
class ConsentEntry:
    """An entry in the consent ledger; `signed` when nobody's signature is missing, `own` when it is for this
    participant alone. Both days included."""

    number: int
    act: ConsentAct
    valid_from: date
    valid_to: date | None = None
    signed: bool = True
    own: bool = False


@dataclass(frozen=True)
class Facts:
    """Everything the answer depends on. `joined` and `left` bound the participation; the day of leaving is outside.

    `approved` when the owner has said that they may take part, or need not say so (F8). `age_reason` is why the kind
    of plan is closed to somebody under 15, if it is.
    """

    role: Role
    state: PlanState
    today: date
    same_municipality: bool
    same_profile: bool
    assured: bool
    joined: date
    left: date | None
    bases: tuple[BasisEntry, ...]
    consents: tuple[ConsentEntry, ...]
    approved: bool = True
    age_reason: Reason | None = None


@dataclass(frozen=True)
class Verdict:
    """`reason` is OPEN or why not; `narrowed` is why an opened plan shows its administration only."""

    reason: Reason
    narrowed: Reason | None = None


def judge(facts: Facts) -> Verdict:
    """May this participation open the plan today? Coordinators always reach the tools to mend a missing basis."""
    if closed := outside(facts):
        return Verdict(closed)
    if facts.state in (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES):
        return Verdict(_unfinished(facts))
    reason = Reason.OPEN if facts.role is Role.OWNER else _grounds(facts)
    if facts.role is Role.COORDINATOR and reason is not Reason.OPEN:
        return Verdict(Reason.OPEN, narrowed=reason)
    return Verdict(reason)


def outside(facts: Facts) -> Reason | None:
    """Why the participation opens nothing, whatever the plan rests on; None when that decides."""
    checks = (
        (facts.same_municipality, Reason.OTHER_MUNICIPALITY),
        (facts.joined <= facts.today, Reason.NOT_YET_PARTICIPANT),
        (facts.left is None or facts.today < facts.left, Reason.NO_LONGER_PARTICIPANT),
        (facts.approved, Reason.AWAITING_APPROVAL),
        (facts.same_profile, Reason.OTHER_PROFILE),
        (facts.assured, Reason.ASSURANCE_TOO_LOW),
    )
    return next((reason for holds, reason in checks if not holds), facts.age_reason)


def _unfinished(facts: Facts) -> Reason:
    if facts.role is Role.COORDINATOR:
        return Reason.OPEN
    return Reason.PLAN_IS_DRAFT if facts.state is PlanState.DRAFT else Reason.AWAITING_SIGNATURES


def _grounds(facts: Facts) -> Reason:
    match _basis(facts):
        case None:
            return Reason.NO_LEGAL_BASIS
        case Basis.CONSENT:
            return consent_reason(facts.consents, facts.today)
        case _:
            return Reason.OPEN


def _basis(facts: Facts) -> Basis | None:
    """The participant's own before the plan's, then the newest, of those that cover the day."""
    current = [entry for entry in facts.bases if _covers(entry.valid_from, entry.valid_to, facts.today)]
    newest = max(current, key=lambda entry: (entry.own, entry.number), default=None)
    return newest.basis if newest else None


def consent_end(facts: Facts) -> date | None:
    """The last day of the consent that access rests on; None when it rests on something else, or has no end."""
    consent = deciding(facts.consents, facts.today) if _basis(facts) is Basis.CONSENT else None
    return consent.valid_to if consent else None


def consent_reason(ledger: Iterable[ConsentEntry], today: date) -> Reason:
    """What the ledger says on a day: the newest complete entry that has begun decides."""
    entries = list(ledger)
    if newest := deciding(entries, today):
        if newest.act is ConsentAct.WITHDRAWN:
            return Reason.CONSENT_WITHDRAWN
        return Reason.OPEN if _covers(newest.valid_from, newest.valid_to, today) else Reason.CONSENT_EXPIRED
    if any(entry.signed for entry in entries):
        return Reason.CONSENT_NOT_STARTED
    return Reason.AWAITING_SIGNATURES if entries else Reason.NO_CONSENT


def deciding(ledger: Iterable[ConsentEntry], today: date) -> ConsentEntry | None:
    """The newest complete entry that has begun. Who was taken out alone stays out until let in alone: a renewal for
    everybody is not a change of mind about one of them."""
    begun = [entry for entry in ledger if entry.signed and entry.valid_from <= today]
    newest_own = max((entry for entry in begun if entry.own), key=_number, default=None)
    if newest_own and newest_own.act is ConsentAct.WITHDRAWN:
        return newest_own
    return max(begun, key=_number, default=None)


def _number(entry: ConsentEntry) -> int:
    return entry.number


def _covers(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)
