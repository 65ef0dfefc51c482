"""The ways an operation says no. Raised anywhere below the doors; turned into a page or an answer by each door."""

from enum import StrEnum
from uuid import UUID

from models.i18n import N_


class Refusal(Exception):
    """A no that the person may see; the transaction is rolled back."""


class NotFound(Refusal):
    """There is no such thing for this viewer: absent and not yours look alike."""


class NotSignedIn(Refusal):
    """Nobody is signed in, or the session has ended."""


class TermsNotAccepted(Refusal):
    """Nothing is open before the terms of use are accepted (F28)."""


class Reason(StrEnum):
    """Why a plan, an element or an item is open or closed to a viewer; the same words serve every page."""

    OPEN = "open"
    PLAN_IS_DRAFT = "plan_is_draft"
    AWAITING_SIGNATURES = "awaiting_signatures"
    PLAN_IS_INACTIVE = "plan_is_inactive"
    NO_LEGAL_BASIS = "no_legal_basis"
    NO_CONSENT = "no_consent"
    CONSENT_NOT_STARTED = "consent_not_started"
    CONSENT_EXPIRED = "consent_expired"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    NOT_YET_PARTICIPANT = "not_yet_participant"
    NO_LONGER_PARTICIPANT = "no_longer_participant"
    OTHER_MUNICIPALITY = "other_municipality"
    OTHER_PROFILE = "other_profile"
    AWAITING_APPROVAL = "awaiting_approval"
    ASSURANCE_TOO_LOW = "assurance_too_low"
    TOO_YOUNG = "too_young"
    GUARDIAN_MUST_APPROVE = "guardian_must_approve"
    ELEMENT_OFF = "element_off"
    LEVEL_TOO_LOW = "level_too_low"
    NOT_YOURS = "not_yours"
    IN_HISTORY = "in_history"
    COORDINATOR_ONLY = "coordinator_only"
    OWN_ACCOUNT = "own_account"
    SAME_PERSON = "same_person"
    ADMINISTRATORS_ACCOUNT = "administrators_account"
    OPERATOR_ONLY = "operator_only"
    KNOWN_ELSEWHERE = "known_elsewhere"
    LOOKING_AS = "looking_as"
    ADMINISTRATION_ONLY = "administration_only"
    ADMINISTRATION_CLOSED = "administration_closed"
    TAKES_PART = "takes_part"
    NO_RIGHT = "no_right"


SENTENCES: dict[Reason, str] = {
    Reason.OPEN: N_("Du har tilgang."),
    Reason.PLAN_IS_DRAFT: N_("Planen er ikke tatt i bruk ennå. Den som koordinerer den, holder på å gjøre den klar."),
    Reason.AWAITING_SIGNATURES: N_("Planen venter på at alle har samtykket."),
    Reason.PLAN_IS_INACTIVE: N_("Planen er avsluttet og kan leses, men ikke endres."),
    Reason.NO_LEGAL_BASIS: N_("Planen mangler et gyldig grunnlag. Den som koordinerer planen, kan fornye det."),
    Reason.NO_CONSENT: N_("Det er ikke gitt samtykke til at du deltar i planen."),
    Reason.CONSENT_NOT_STARTED: N_("Samtykket til at du deltar, gjelder ikke ennå."),
    Reason.CONSENT_EXPIRED: N_("Samtykket til at du deltar i planen, har gått ut."),
    Reason.CONSENT_WITHDRAWN: N_("Samtykket til at du deltar i planen, er trukket tilbake."),
    Reason.NOT_YET_PARTICIPANT: N_("Du er lagt til i planen fra en senere dato."),
    Reason.NO_LONGER_PARTICIPANT: N_("Du deltar ikke lenger i planen."),
    Reason.AWAITING_APPROVAL: N_("Du får tilgang når den planen gjelder, eller en foresatt, sier ja til at du deltar."),
    Reason.OTHER_MUNICIPALITY: N_("Planen hører til en annen kommune enn den du har valgt nå. Bytt kommune først."),
    Reason.OTHER_PROFILE: N_("Planen hører til den andre profilen din. Bytt profil først."),
    Reason.ASSURANCE_TOO_LOW: N_("Kommunen krever at du logger på med høyeste sikkerhetsnivå for å åpne planen."),
    Reason.TOO_YOUNG: N_("Kommunen lar ikke barn under 15 år logge på i denne typen plan."),
    Reason.GUARDIAN_MUST_APPROVE: N_("En foresatt må godta at du logger på, siden du er under 15 år."),
    Reason.ELEMENT_OFF: N_("Denne delen er ikke i bruk i planen."),
    Reason.LEVEL_TOO_LOW: N_("Du har ikke tilgang til å gjøre dette i planen."),
    Reason.NOT_YOURS: N_("Bare den som skrev dette, kan endre det."),
    Reason.IN_HISTORY: N_("Målet ligger i historikken og kan leses, men ikke endres. Hent det tilbake først."),
    Reason.COORDINATOR_ONLY: N_("Bare den som koordinerer planen, kan gjøre dette."),
    Reason.OWN_ACCOUNT: N_("Dette kan du ikke gjøre med din egen konto. Be en kollega."),
    Reason.SAME_PERSON: N_("Du ba selv om endringen. En annen må godkjenne den."),
    Reason.ADMINISTRATORS_ACCOUNT: N_("Kontoen tilhører en administrator. Bare superadministratoren kan gjøre dette."),
    Reason.OPERATOR_ONLY: N_("Superadministratorer oppnevnes og avsluttes av dem som drifter Medvirk."),
    Reason.KNOWN_ELSEWHERE: N_("Kontoen brukes også i en annen kommune, og kan ikke stenges eller åpnes herfra."),
    Reason.LOOKING_AS: N_("Du ser planen slik en annen ser den. Avslutt visningen før du endrer noe."),
    Reason.ADMINISTRATION_ONLY: N_("Du administrerer planen uten å delta i den. Innholdet er bare for dem som deltar."),
    Reason.ADMINISTRATION_CLOSED: N_("Administrasjonen av planen er ikke åpen for deg lenger. Ingenting ble lagret."),
    Reason.TAKES_PART: N_("Du er selv med i planen, og kan derfor ikke administrere den utenfra."),
    Reason.NO_RIGHT: N_("Du har ikke tilgang til dette."),
}


class Refused(Refusal):
    """The viewer knows the thing, but may not do this to it now."""

    def __init__(self, reason: Reason, plan_id: UUID | None = None, municipality_id: UUID | None = None) -> None:
        """The plan, and the municipality it belongs to: the refusal is logged there."""
        super().__init__(reason.value)
        self.reason, self.plan_id, self.municipality_id = reason, plan_id, municipality_id


class Invalid(Refusal):
    """What was asked breaks a rule; `fields` maps a field's name to a sentence beside it."""

    def __init__(self, **fields: str) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields


class Conflict(Refusal):
    """It is no longer as it was shown; nothing was saved. A sentence, where there is one, says how it is now."""
