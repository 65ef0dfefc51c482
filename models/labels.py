"""What the words of access are called on the screen: one name for a thing on every page (C20)."""

from collections.abc import Collection
from enum import Enum
from typing import Any

from models.accounts.rules import ChangeKind, ChangeReason, ChangeState, CodeChannel, SignInMethod
from models.i18n import N_, _
from models.notices.rules import Channel, DeliveryState
from models.organisation.rules import OwnerApproval, Severity, UnderAge, UnitKind
from models.people.rules import Gender
from models.plan_words import PLAN_WORDS
from models.rights import Assurance, Duty, Element, Level, PlanKind, Profile, Role
from models.role_words import ROLES, ROLES_BY_KIND
from models.templates.rules import Check, TextKind

LABELS: dict[type[Enum], dict[Any, str]] = {
    PlanKind: {
        PlanKind.IP: N_("Individuell plan"),
        PlanKind.IOP: N_("Individuell opplæringsplan"),
        PlanKind.IUP: N_("Individuell utviklingsplan"),
        PlanKind.SL: N_("Stafettlogg"),
    },
    Role: ROLES,
    Level: {
        Level.NONE: N_("Ingen tilgang"),
        Level.READ: N_("Les"),
        Level.CHANGE: N_("Les, endre"),
        Level.NEW: N_("Les, endre, ny"),
        Level.DELETE: N_("Les, endre, ny, slette"),
    },
    Element: {
        Element.PLAN: N_("Administrer plan"),
        Element.PARTICIPANTS: N_("Deltakere"),
        Element.CONSENT: N_("Samtykke"),
        Element.RIGHTS: N_("Rettigheter"),
        Element.ABOUT: N_("Om meg selv"),
        Element.JOURNAL: N_("Sist jeg var her"),
        Element.GOALS: N_("Mål"),
        Element.ACTIVITIES: N_("Aktiviteter"),
        Element.COMMENTS: N_("Kommentarer"),
        Element.EVALUATION: N_("Evaluering"),
        Element.COOPERATION: N_("Samarbeid"),
        Element.HOUSING: N_("Bolig"),
        Element.DAYTIME: N_("Dagtid/arbeid/skole/aktivitet"),
        Element.HEALTH: N_("Helse"),
        Element.SOCIAL: N_("Sosialt fellesskap/nettverk"),
        Element.ECONOMY: N_("Økonomi"),
        Element.LEISURE: N_("Fritid"),
        Element.SUBJECT_PLANS: N_("Fagplaner"),
        Element.MESSAGES: N_("Meldinger"),
        Element.CALENDAR: N_("Kalender"),
        Element.DOCUMENTS: N_("Dokumenter"),
        Element.LOG: N_("Logg"),
        Element.PRINT: N_("Utskrift"),
        Element.ARCHIVE: N_("Arkivering"),
    },
    Duty: {
        Duty.PLAN_MAKER: N_("Ny plan"),
        Duty.PERSON_EDITOR: N_("Rediger person"),
        Duty.ADMINISTRATOR: N_("Lokal administrator"),
        Duty.SUPERADMINISTRATOR: N_("Lokal superadministrator"),
        Duty.ANALYST: N_("Rapporter"),
        Duty.ARCHIVIST: N_("Arkivar"),
        Duty.COORDINATING_UNIT: N_("Koordinerende enhet"),
        Duty.CHILD_COORDINATOR: N_("Barnekoordinator"),
    },
    Profile: {
        Profile.WORK: N_("Arbeid"),
        Profile.PERSONAL: N_("Personlig"),
    },
    Assurance: {
        Assurance.PASSWORD_AND_CODE: N_("Passord og engangskode"),
        Assurance.HIGH: N_("Høyeste sikkerhetsnivå (ID-porten)"),
    },
    CodeChannel: {
        CodeChannel.EMAIL: N_("E-post"),
        CodeChannel.SMS: N_("SMS"),
        CodeChannel.APP: N_("Autentiseringsapp"),
    },
    SignInMethod: {
        SignInMethod.EMAIL: N_("Passord og kode på e-post"),
        SignInMethod.SMS: N_("Passord og kode på SMS"),
        SignInMethod.APP: N_("Passord og kode fra app"),
        SignInMethod.RECOVERY_CODE: N_("Passord og reservekode"),
        SignInMethod.ID_PORTEN: N_("ID-porten"),
    },
    ChangeKind: {
        ChangeKind.CONTACTS: N_("Nye adresser for engangskoder"),
        ChangeKind.RELINK: N_("Ny kobling til ID-porten"),
        ChangeKind.INVITE: N_("Ny invitasjon"),
    },
    ChangeReason: {
        ChangeReason.NEW_ADDRESS: N_("Ny e-postadresse eller nytt nummer"),
        ChangeReason.LOST_ACCESS: N_("Kommer ikke lenger inn"),
        ChangeReason.NEW_NATIONAL_ID: N_("Nytt fødselsnummer"),
        ChangeReason.WRONG_PERSON: N_("Koblet til feil person"),
    },
    ChangeState: {
        ChangeState.WAITING: N_("Venter på godkjenning"),
        ChangeState.APPROVED: N_("Godkjent"),
        ChangeState.REFUSED: N_("Avslått"),
        ChangeState.STOPPED: N_("Stoppet av brukeren selv"),
        ChangeState.DONE: N_("Gjennomført"),
    },
    UnderAge: {
        UnderAge.NO_SIGN_IN: N_("Kan ikke logge på"),
        UnderAge.GUARDIAN_APPROVES: N_("Kan logge på når en foresatt godtar det"),
        UnderAge.SIGN_IN: N_("Kan logge på"),
    },
    OwnerApproval: {
        OwnerApproval.IN_APP: N_("Bare i Medvirk"),
        OwnerApproval.EITHER: N_("I Medvirk, eller nedtegnet av koordinatoren"),
    },
    Severity: {
        Severity.INFO: N_("Til opplysning"),
        Severity.WARNING: N_("Viktig"),
        Severity.CRITICAL: N_("Kritisk"),
    },
    UnitKind: {
        UnitKind.SCHOOL: N_("Skole"),
        UnitKind.KINDERGARTEN: N_("Barnehage"),
        UnitKind.HEALTH_STATION: N_("Helsestasjon"),
        UnitKind.HEALTH_SERVICE: N_("Helsetjeneste"),
        UnitKind.HOME_SERVICE: N_("Hjemmetjeneste"),
        UnitKind.CHILD_WELFARE: N_("Barnevern"),
        UnitKind.SOCIAL_SERVICE: N_("Sosialtjeneste"),
        UnitKind.PPT: N_("Pedagogisk-psykologisk tjeneste"),
        UnitKind.SPECIALIST: N_("Spesialisthelsetjeneste"),
        UnitKind.OTHER: N_("Annet"),
    },
    Gender: {
        Gender.FEMALE: N_("Kvinne"),
        Gender.MALE: N_("Mann"),
        Gender.UNKNOWN: N_("Ikke oppgitt"),
    },
    TextKind: {
        TextKind.GOALS: N_("Mål og aktiviteter"),
        TextKind.LIFE_AREA: N_("Livsområde"),
        TextKind.MESSAGE: N_("Melding"),
        TextKind.REPORT: N_("Årsrapport"),
    },
    Check: {
        Check.GOALS: N_("Mål er skrevet"),
        Check.LIFE_AREAS: N_("Ressurser og behov er kartlagt"),
        Check.PARTICIPANTS: N_("Det går fram hvem som deltar"),
        Check.COORDINATOR: N_("Planen har en koordinator"),
        Check.CONTRIBUTIONS: N_("Alle deltakere har skrevet hva de bidrar med"),
        Check.MEASURES: N_("Alle aktiviteter har omfang og ansvarlig"),
        Check.HOW: N_("Det er beskrevet hvordan aktivitetene skal gjennomføres"),
        Check.PERIOD: N_("Planen har periode og dato for revisjon"),
        Check.CONSENT: N_("Det er samtykket til planen"),
        Check.COOPERATION: N_("Samarbeid med andre tjenester er skrevet opp"),
        Check.BASIS: N_("Planen har et gyldig grunnlag"),
        Check.EVALUATION: N_("Planen er evaluert det siste året"),
        Check.ABOUT: N_("«Om meg selv» er skrevet"),
        Check.DEADLINES: N_("Alle aktiviteter har frist"),
    },
    Channel: {
        Channel.EMAIL: N_("E-post"),
        Channel.SMS: N_("SMS"),
        Channel.IN_APP: N_("I Medvirk"),
    },
    DeliveryState: {
        DeliveryState.WAITING: N_("Venter"),
        DeliveryState.SENDING: N_("Sendes"),
        DeliveryState.SENT: N_("Sendt"),
        DeliveryState.GIVEN_UP: N_("Ikke levert"),
    },
    **PLAN_WORDS,
}
"""By kind of word first: members of two kinds are equal when their values are."""

THE_ROLE: dict[Role, str] = {
    Role.OWNER: N_("planeieren"),
    Role.COORDINATOR: N_("koordinatoren"),
    Role.PROVIDER: N_("tjenesteyteren"),
}
THE_ROLE_BY_KIND: dict[tuple[PlanKind, Role], str] = {
    (PlanKind.IOP, Role.OWNER): N_("eleven"),
    (PlanKind.IOP, Role.PROVIDER): N_("læreren"),
    (PlanKind.IUP, Role.OWNER): N_("barnet"),
    (PlanKind.IUP, Role.PROVIDER): N_("pedagogen"),
    (PlanKind.SL, Role.COORDINATOR): N_("stafettholderen"),
}
"""The same, as they are named inside a sentence."""


def label(word: Enum) -> str:
    """The word in the language being spoken."""
    return _(LABELS[type(word)][word])


def inside(words: str) -> str:
    """Words that begin with a capital letter on their own, as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def plan_label(kind: PlanKind, elements: Collection[Element]) -> str:
    """What the plan is called: one of coordination alone, without goals, is no individual plan in the law's sense."""
    is_simple = kind is PlanKind.IP and Element.GOALS not in elements
    return _("Enkelt samspill") if is_simple else label(kind)


def role_label(kind: PlanKind, role: Role) -> str:
    return _(ROLES_BY_KIND.get((kind, role), ROLES[role]))


def the_role(kind: PlanKind, role: Role) -> str:
    """The one who has the role, inside a sentence: «eleven», «stafettholderen»."""
    return _(THE_ROLE_BY_KIND.get((kind, role), THE_ROLE[role]))


def plan_words(kind: PlanKind) -> dict[str, str]:
    """What those in a plan of the kind are called inside a sentence, by role: `owner`, `coordinator`, `provider`."""
    return {role.value: the_role(kind, role) for role in THE_ROLE}
