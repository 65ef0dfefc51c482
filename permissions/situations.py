"""What a plan can rest on, and what else can close it: the questions that the access matrix asks of the policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from models.plans.rules.access import BasisEntry, ConsentEntry, Facts
from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.refusals import Reason
from models.rights import Role

TODAY = date(2026, 1, 1)
"""Any day: nothing of the policy is about one in particular."""

LONG_AGO, YESTERDAY, TOMORROW = TODAY - timedelta(days=100), TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def _basis(*kinds: Basis, own: Basis | None = None) -> tuple[BasisEntry, ...]:
    shared = tuple(BasisEntry(number, kind, LONG_AGO) for number, kind in enumerate(kinds, 1))
    return (*shared, BasisEntry(9, own, LONG_AGO, own=True)) if own else shared


def _consent(first: date = LONG_AGO, last: date | None = None, **more: Any) -> ConsentEntry:
    return ConsentEntry(1, ConsentAct.GIVEN, first, last, **more)


def _withdrawn(*, own: bool = False) -> ConsentEntry:
    return ConsentEntry(2, ConsentAct.WITHDRAWN, TODAY, own=own)


BASES: Mapping[str, tuple[BasisEntry, ...]] = {
    "ingen": (),
    "Samtykke": _basis(Basis.CONSENT),
    "Vedtak": _basis(Basis.DECISION),
    "Lovpålagt oppgave": _basis(Basis.STATUTORY_TASK),
    "Vedtak gått ut": (BasisEntry(1, Basis.DECISION, LONG_AGO, YESTERDAY),),
    "Vedtak, men Samtykke for deltakeren": _basis(Basis.DECISION, own=Basis.CONSENT),
    "Samtykke, men Vedtak for deltakeren": _basis(Basis.CONSENT, own=Basis.DECISION),
}
CONSENTS: Mapping[str, tuple[ConsentEntry, ...]] = {
    "ingen": (),
    "gitt": (_consent(),),
    "siste dag er i dag": (_consent(last=TODAY),),
    "gått ut": (_consent(last=YESTERDAY),),
    "begynner i morgen": (_consent(first=TOMORROW),),
    "trukket tilbake": (_consent(), _withdrawn()),
    "trukket tilbake for deltakeren": (_consent(), _withdrawn(own=True)),
    "gitt bare for deltakeren": (_consent(own=True),),
    "mangler signatur": (_consent(signed=False),),
    "foreløpig": (_consent(signed=False),),
    "avlyst": (_consent(signed=False),),
}
"""One that is provisional, or was called off before all had signed, is to the policy one that is not signed."""


@dataclass(frozen=True)
class Situation:
    """A plan, what it rests on, and what else is true of the participation: `more` replaces facts."""

    state: PlanState
    basis: str
    consent: str
    otherwise: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def facts(self, role: Role) -> Facts:
        known: dict[str, Any] = {
            "role": role,
            "state": self.state,
            "today": TODAY,
            "same_municipality": True,
            "same_profile": True,
            "assured": True,
            "joined": LONG_AGO,
            "left": None,
            "bases": BASES[self.basis],
            "consents": CONSENTS[self.consent],
        }
        return Facts(**known | dict(self.more))


STATES = (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES, PlanState.ACTIVE, PlanState.INACTIVE)
RESTING = tuple(Situation(state, basis, consent) for state in STATES for basis in BASES for consent in CONSENTS)
"""Everything a plan can rest on; a deleted one is no plan to anybody."""

CLOSING: Mapping[str, dict[str, Any]] = {
    "annen kommune": {"same_municipality": False},
    "annen profil": {"same_profile": False},
    "for lavt sikkerhetsnivå": {"assured": False},
    "deltar fra i morgen": {"joined": TOMORROW},
    "sluttet i dag": {"left": TODAY},
    "venter på planeieren": {"approved": False},
    "under 15, og planen er lukket for barn": {"age_reason": Reason.TOO_YOUNG},
    "under 15, og ingen foresatt har godtatt det": {"age_reason": Reason.GUARDIAN_MUST_APPROVE},
}
OTHERWISE = tuple(Situation(PlanState.ACTIVE, "Vedtak", "ingen", words, more) for words, more in CLOSING.items())
IN_USE = Situation(PlanState.ACTIVE, "Vedtak", "ingen")
ENDED = Situation(PlanState.INACTIVE, "Vedtak", "ingen")
OPENINGS = (
    Situation(PlanState.ACTIVE, "Samtykke", "gitt"),
    IN_USE,
    Situation(PlanState.ACTIVE, "Lovpålagt oppgave", "ingen"),
    Situation(PlanState.ACTIVE, "ingen", "ingen"),
    Situation(PlanState.ACTIVE, "Samtykke", "ingen"),
    Situation(PlanState.ACTIVE, "Samtykke", "gått ut"),
    Situation(PlanState.ACTIVE, "Samtykke", "begynner i morgen"),
    Situation(PlanState.ACTIVE, "Samtykke", "trukket tilbake"),
    Situation(PlanState.ACTIVE, "Samtykke", "mangler signatur"),
    ENDED,
    Situation(PlanState.INACTIVE, "Samtykke", "gått ut"),
    Situation(PlanState.DRAFT, "ingen", "ingen"),
    Situation(PlanState.AWAITING_SIGNATURES, "Samtykke", "mangler signatur"),
)
"""Every way in which a plan opens, narrows or stays closed, once: what may be done inside depends on no more."""
