"""The ledgers as a page tells them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from models.i18n import _, day_text
from models.labels import inside, label, the_role
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.queries.bases import BasisRead, current, own
from models.plans.queries.consents import Entry
from models.plans.queries.people import Somebody, named
from models.plans.queries.signers import Signers
from models.plans.rules.seen import SHORTER, listed
from models.plans.rules.words import Basis, ConsentAct
from models.plans.tables.consent import Consent, LegalBasis
from models.rights import Role

Proof = OpenPlan | OpenConsent


def signatures(entry: Entry, everybody: Sequence[Somebody]) -> list[dict[str, Any]]:
    """Who is to sign, and who has."""
    found = []
    for signer in entry.signers:
        who = named(everybody, signer.participant_id)
        gone = who is not None and not who.hidden and not who.taking_part
        words = who.words if who else ""
        found.append({"words": words, "at": signer.signed_at, "on_behalf": signer.on_behalf, "gone": gone})
    return sorted(found, key=lambda one: (one["at"] is None, one["words"]))


def who_consents(plan: Proof, they: Signers) -> str:
    """Who usually consents in this plan, and why."""
    told = {"owner": the_role(plan.kind, Role.OWNER), "names": listed([one.name for one in they.due])}
    if they.for_oneself:
        return _("Vanligvis %(names)s alene: %(owner)s har alderen til å bestemme selv.") % told
    if they.due:
        return _("Vanligvis %(names)s: %(owner)s har ikke alderen til å bestemme alene.") % told
    return _("Det er ingen foresatte i planen, og %(owner)s har ikke alderen til å bestemme alene.") % told


def waits_for_nothing(plan: Proof, names: Sequence[str], *, outgrown: bool) -> str:
    """Why a question will never be answered by all, as a sentence; empty when it may."""
    if outgrown:
        told = {"owner": the_role(plan.kind, Role.OWNER)}
        return _("Nå har %(owner)s alderen til å bestemme selv, men er ikke spurt.") % told
    if not names:
        return ""
    return _("%(names)s kan ikke signere lenger.") % {"names": listed(names)}


def entry_line(entry: Entry, plan: Proof, everybody: Sequence[Somebody], *, remarks: bool) -> dict[str, Any]:
    """One entry of the ledger. `remarks`: what the coordinators wrote is for them alone."""
    row = entry.row
    who = named(everybody, row.participant_id)
    return {
        "id": row.id,
        "what": _what(entry),
        "whom": who.words if who else _("Hele planen"),
        "days": period(plan, row.valid_from, row.valid_to if row.act is ConsentAct.GIVEN else None),
        "method": label(row.method) if row.act is ConsentAct.GIVEN else "",
        "state": _state(entry),
        "given_on": row.given_on,
        "recorded_at": row.recorded_at,
        "signers": signatures(entry, everybody),
        "remark": entry.kept.remark if remarks else "",
        "why": entry.kept.why if remarks else "",
        "declined": entry.kept.declined if remarks else "",
        "declined_by": _declined_by(entry, everybody),
        "has_scan": entry.scan_of is not None,
        "is_pending": entry.is_pending,
        "has_more": bool(entry.kept.seen or row.form_id),
    }


def _what(entry: Entry) -> str:
    if entry.row.act is ConsentAct.WITHDRAWN:
        return _("Samtykke trukket tilbake")
    if entry.row.provisional:
        return _("Foreløpig samtykke")
    if entry.is_pending:
        return _("Venter på signatur")
    if entry.kept.change:
        return _("Samtykket gjort kortere") if entry.kept.change == SHORTER else _("Samtykke som før, uendret")
    return _("Samtykke gitt") if entry.counts else _("Forespørsel om samtykke")


def _state(entry: Entry) -> str:
    if entry.kept.declined_by:
        return _("En av dem sa nei")
    return _("Trukket tilbake før det gjaldt") if entry.row.cancelled_at else ""


def _declined_by(entry: Entry, everybody: Sequence[Somebody]) -> str:
    found = [one for one in everybody if str(one.participant_id) == entry.kept.declined_by]
    return found[0].words if found else ""


def period(plan: Proof, first: Any, last: Any) -> str:
    told = {"first": day_text(first, plan.today), "last": day_text(last, plan.today) if last else ""}
    return (_("fra %(first)s til %(last)s") if last else _("fra %(first)s")) % told


def is_told(row: Consent | LegalBasis, everybody: Sequence[Somebody]) -> bool:
    """Whether it is about all, or about somebody whom the reader may know of (N15)."""
    return row.participant_id is None or row.participant_id in {one.participant_id for one in everybody}


def basis_lines(
    ledger: Iterable[BasisRead], plan: Proof, everybody: Sequence[Somebody], *, remarks: bool
) -> list[dict[str, Any]]:
    return [_basis_line(one, plan, everybody, remarks=remarks) for one in ledger if is_told(one.row, everybody)]


def _basis_line(basis: BasisRead, plan: Proof, everybody: Sequence[Somebody], *, remarks: bool) -> dict[str, Any]:
    who = named(everybody, basis.row.participant_id)
    return dict.fromkeys(("state", "method", "declined", "declined_by", "why"), "") | {
        "what": _("Grunnlag: %(basis)s") % {"basis": inside(label(basis.row.basis))},
        "whom": who.words if who else _("Hele planen"),
        "days": period(plan, basis.row.valid_from, basis.row.valid_to),
        "recorded_at": basis.row.recorded_at,
        "remark": basis.remark if remarks else "",
        "id": None,
    }


def rests_on(
    plan: Proof, ledger: Sequence[BasisRead], everybody: Sequence[Somebody], *, dated: bool = True
) -> list[str]:
    """What the plan rests on today, in sentences; and single participants, where that differs.

    Who consents is told of one period, the consent's own: for them the basis is not `dated` when it is consent.
    """
    now = current(ledger, plan.today)
    told = [_sentence(plan, now, dated)] if now else [_("Planen har ikke noe gyldig grunnlag nå.")]
    return [*told, *_own(plan, own(ledger, plan.today), everybody)]


def _sentence(plan: Proof, now: BasisRead, dated: bool) -> str:
    if now.row.basis is Basis.CONSENT and not dated:
        return _("Planen bygger på samtykke.")
    sentences = {
        Basis.CONSENT: _("Planen bygger på samtykke, %(days)s."),
        Basis.DECISION: _("Planen bygger på et vedtak, %(days)s. Da trengs det ikke samtykke for å dele planen."),
        Basis.STATUTORY_TASK: _(
            "Planen er en lovpålagt oppgave, %(days)s. Da trengs det ikke samtykke for å dele den."
        ),
    }
    return sentences[now.row.basis] % {"days": period(plan, now.row.valid_from, now.row.valid_to)}


def _own(plan: Proof, own_bases: Iterable[BasisRead], everybody: Sequence[Somebody]) -> list[str]:
    known: dict[UUID | None, Somebody] = {one.participant_id: one for one in everybody}
    found = [one for one in own_bases if one.row.participant_id in known]
    return [
        _("For %(name)s: %(basis)s, %(days)s.")
        % {
            "name": known[one.row.participant_id].words,
            "basis": inside(label(one.row.basis)),
            "days": period(plan, one.row.valid_from, one.row.valid_to),
        }
        for one in found
    ]
