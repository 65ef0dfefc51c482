"""The consent ledger as it is read: each entry with its signers, what was seen then, and its paper."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select

from models.base import pick, unseal
from models.organisation.tables import Municipality
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.queries.people import Somebody, people
from models.plans.rules.access import ConsentEntry
from models.plans.rules.seen import Kept, kept
from models.plans.rules.shortening import Told
from models.plans.rules.words import PERSONAL_ROLES
from models.plans.tables.consent import Consent, ConsentScan, ConsentSignature, ConsentSigner
from models.plans.tables.participants import Participant
from models.refusals import NotFound
from models.templates.tables import ConsentForm

Proof = OpenPlan | OpenConsent


@dataclass(frozen=True)
class Signer:
    """`signed_at` None when the signature is missing."""

    participant_id: UUID
    signed_at: datetime | None
    on_behalf: bool


@dataclass(frozen=True)
class Entry:
    """One row of the ledger. `scan_of` is the entry whose paper it was given on."""

    row: Consent
    kept: Kept
    signers: tuple[Signer, ...]
    scan_of: UUID | None

    @property
    def is_pending(self) -> bool:
        """It waits for somebody to sign."""
        waits = any(one.signed_at is None for one in self.signers)
        return waits and self.row.cancelled_at is None and not self.row.provisional

    @property
    def counts(self) -> bool:
        """Nothing is missing for it to be gone by, on the days it covers."""
        return not (self.is_pending or self.row.provisional or self.row.cancelled_at)

    def signer(self, participants: Iterable[UUID]) -> Signer | None:
        return next((one for one in self.signers if one.participant_id in participants), None)


async def entries(plan: Proof) -> list[Entry]:
    """The newest first."""
    found = select(Consent).where(col(Consent.plan_id) == plan.plan_id).order_by(col(Consent.number).desc())
    return await _read(plan, list(await plan.session.scalars(found)))


async def entry_of(plan: Proof, consent_id: UUID) -> Entry:
    """Raises NotFound for one of another plan."""
    row = await plan.session.get(Consent, consent_id)
    if row is None or row.plan_id != plan.plan_id:
        raise NotFound
    return (await _read(plan, [row]))[0]


async def _read(plan: Proof, rows: list[Consent]) -> list[Entry]:
    ids = [row.id for row in rows]
    signers, scans = await _signers(plan, ids), await _scans(plan, ids)
    return [_entry(plan, row, tuple(signers[row.id]), scans) for row in rows]


def _entry(plan: Proof, row: Consent, signers: tuple[Signer, ...], scans: set[UUID]) -> Entry:
    told = kept(unseal(plan.vault, row, "remark"))
    scan_of = row.id if row.id in scans else UUID(told.paper) if told.paper else None
    return Entry(row, told, signers, scan_of)


async def _signers(plan: Proof, ids: list[UUID]) -> dict[UUID, list[Signer]]:
    columns = ConsentSigner.consent_id, ConsentSigner.participant_id
    found = (
        pick(*columns, ConsentSignature.signed_at, ConsentSignature.on_behalf)
        .outerjoin(ConsentSignature, col(ConsentSignature.signer_id) == ConsentSigner.id)
        .where(col(ConsentSigner.consent_id).in_(ids))
    )
    signers: dict[UUID, list[Signer]] = defaultdict(list)
    for row in await plan.session.execute(found):
        signers[row.consent_id].append(Signer(row.participant_id, row.signed_at, bool(row.on_behalf)))
    return signers


async def _scans(plan: Proof, ids: list[UUID]) -> set[UUID]:
    return set(await plan.session.scalars(pick(ConsentScan.consent_id).where(col(ConsentScan.consent_id).in_(ids))))


async def pending(plan: Proof) -> list[Entry]:
    """Requests that wait for somebody to sign, the oldest first."""
    return [one for one in reversed(await entries(plan)) if one.is_pending]


async def scan(plan: Proof, entry: Entry) -> ConsentScan:
    """The paper of the entry; raises NotFound when there is none."""
    found: ConsentScan | None = await plan.session.scalar(
        select(ConsentScan)
        .join(Consent, col(Consent.id) == ConsentScan.consent_id)
        .where(col(ConsentScan.consent_id) == entry.scan_of, col(Consent.plan_id) == plan.plan_id)
    )
    if found is None:
        raise NotFound
    return found


async def may_sign(plan: Proof) -> list[Somebody]:
    """The owner and the guardians who take part now, the owner first."""
    return [one for one in await people(plan) if one.taking_part and one.role_code in PERSONAL_ROLES]


async def positions(plan: Proof) -> dict[UUID, str]:
    """What each who takes part works as, where that is known."""
    found = pick(Participant.id, Participant.position).where(
        col(Participant.plan_id) == plan.plan_id, col(Participant.position).is_not(None)
    )
    return {row.id: row.position for row in await plan.session.execute(found)}


async def newest_form(plan: Proof) -> ConsentForm | None:
    """The municipality's own words of what is consented to in this kind of plan (F118)."""
    table = ConsentForm
    found = select(table).where(col(table.municipality_id) == plan.municipality_id, col(table.kind) == plan.kind)
    form: ConsentForm | None = await plan.session.scalar(found.order_by(col(table.version).desc()).limit(1))
    return form


async def form_of(plan: Proof, row: Consent) -> ConsentForm | None:
    """The version of the text that was consented to."""
    return await plan.session.get(ConsentForm, row.form_id) if row.form_id else None


async def only_digital(plan: Proof) -> bool:
    """Whether the municipality goes by no other consents than those signed in Medvirk (C10)."""
    found = pick(Municipality.digital_consent).where(col(Municipality.id) == plan.municipality_id)
    return bool(await plan.session.scalar(found))


async def any_ends(plan: Proof, until: date) -> bool:
    """Whether some consent has its last day from today until then, whether it decides anything or not."""
    ends = pick(Consent.id).where(
        col(Consent.plan_id) == plan.plan_id, col(Consent.valid_to).between(plan.today, until)
    )
    return await plan.session.scalar(ends.limit(1)) is not None


def told(ledger: Iterable[Entry]) -> list[Told]:
    """The ledger as the policy judges it, with whom each entry is for."""
    return [(one.row.participant_id, _judged(one)) for one in ledger]


def _judged(one: Entry) -> ConsentEntry:
    row = one.row
    is_own = row.participant_id is not None
    return ConsentEntry(row.number, row.act, row.valid_from, row.valid_to, signed=one.counts, own=is_own)


def newest_whole(ledger: Iterable[Entry], today: date) -> Entry | None:
    """Of those for everybody, the newest that has begun and counts."""
    begun = (one for one in ledger if one.counts and one.row.participant_id is None and one.row.valid_from <= today)
    return next(begun, None)
