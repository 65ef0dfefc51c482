"""What the words of access are called on the screen: one name for a thing on every page (C20)."""

from enum import Enum

from models.i18n import N_, _
from models.notices.rules import Channel, DeliveryState
from models.organisation.rules import UnitKind
from models.people.rules import Gender
from models.plans.rules.words import ActivityStatus, Basis, ConsentMethod, PlanState
from models.rights import Assurance, Duty, Element, Level, PlanKind, Profile, Role
from models.templates.rules import TextKind

LABELS: dict[Enum, str] = {
    PlanKind.IP: N_("Individuell plan"),
    PlanKind.IOP: N_("Individuell opplæringsplan"),
    PlanKind.IUP: N_("Individuell utviklingsplan"),
    PlanKind.SL: N_("Stafettlogg"),
    Role.OWNER: N_("Planeier"),
    Role.COORDINATOR: N_("Koordinator"),
    Role.PROVIDER: N_("Tjenesteyter"),
    Role.GUARDIAN: N_("Foresatt/pårørende"),
    Role.OTHER: N_("Andre"),
    Level.NONE: N_("Ingen tilgang"),
    Level.READ: N_("Les"),
    Level.CHANGE: N_("Les, endre"),
    Level.NEW: N_("Les, endre, ny"),
    Level.DELETE: N_("Les, endre, ny, slette"),
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
    Duty.PLAN_MAKER: N_("Ny plan"),
    Duty.PERSON_EDITOR: N_("Rediger person"),
    Duty.ADMINISTRATOR: N_("Lokal administrator"),
    Duty.SUPERADMINISTRATOR: N_("Lokal superadministrator"),
    Duty.ANALYST: N_("Rapporter"),
    Duty.ARCHIVIST: N_("Arkivar"),
    Profile.WORK: N_("Arbeid"),
    Profile.PERSONAL: N_("Personlig"),
    Assurance.PASSWORD_AND_CODE: N_("Passord og engangskode"),
    Assurance.HIGH: N_("Høyeste sikkerhetsnivå (ID-porten)"),
    PlanState.DRAFT: N_("Utkast"),
    PlanState.AWAITING_SIGNATURES: N_("Venter på signatur"),
    PlanState.ACTIVE: N_("Aktiv"),
    PlanState.INACTIVE: N_("Avsluttet"),
    PlanState.DELETED: N_("Slettet"),
    Basis.CONSENT: N_("Samtykke"),
    Basis.DECISION: N_("Vedtak"),
    Basis.STATUTORY_TASK: N_("Lovpålagt oppgave"),
    ConsentMethod.DIGITAL: N_("Digitalt"),
    ConsentMethod.PAPER: N_("På papir"),
    ConsentMethod.ORAL: N_("Muntlig, nedtegnet"),
    ActivityStatus.PLANNED: N_("Planlagt"),
    ActivityStatus.UNDER_WAY: N_("I gang"),
    ActivityStatus.DONE: N_("Avsluttet"),
    ActivityStatus.CANCELLED: N_("Avlyst"),
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
    Gender.FEMALE: N_("Kvinne"),
    Gender.MALE: N_("Mann"),
    Gender.UNKNOWN: N_("Ikke oppgitt"),
    TextKind.GOALS: N_("Mål og aktiviteter"),
    TextKind.LIFE_AREA: N_("Livsområde"),
    TextKind.MESSAGE: N_("Melding"),
    TextKind.REPORT: N_("Årsrapport"),
    Channel.EMAIL: N_("E-post"),
    Channel.SMS: N_("SMS"),
    Channel.IN_APP: N_("I Medvirk"),
    DeliveryState.WAITING: N_("Venter"),
    DeliveryState.SENDING: N_("Sendes"),
    DeliveryState.SENT: N_("Sendt"),
    DeliveryState.GIVEN_UP: N_("Ikke levert"),
}

ROLES_BY_KIND: dict[tuple[PlanKind, Role], str] = {
    (PlanKind.IOP, Role.OWNER): N_("Elev"),
    (PlanKind.IOP, Role.PROVIDER): N_("Lærer"),
    (PlanKind.IUP, Role.OWNER): N_("Barn"),
    (PlanKind.IUP, Role.PROVIDER): N_("Pedagog"),
    (PlanKind.SL, Role.COORDINATOR): N_("Stafettholder"),
}
"""Where a kind of plan has its own name for a role (F122)."""


def label(word: Enum) -> str:
    """The word in the language being spoken."""
    return _(LABELS[word])


def role_label(kind: PlanKind, role: Role) -> str:
    return _(ROLES_BY_KIND.get((kind, role), LABELS[role]))
