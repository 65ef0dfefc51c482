"""The words of access: plan kinds, roles, elements, levels, and the rights a municipality hands out.

Values are stored in the database and in files: rename a member if you must, never its value.
"""

from enum import IntEnum, StrEnum


class PlanKind(StrEnum):
    """The four plans (F1): one table and one look, differing in labels, roles and templates (F2)."""

    IP = "IP"
    IOP = "IOP"
    IUP = "IUP"
    SL = "SL"


class Role(StrEnum):
    """Five roles in every kind of plan; what they are called differs by kind (F122, C16)."""

    OWNER = "owner"
    COORDINATOR = "coordinator"
    PROVIDER = "provider"
    GUARDIAN = "guardian"
    OTHER = "other"


class Level(IntEnum):
    """Five levels, each including those below it (F123)."""

    NONE = 0
    READ = 1
    CHANGE = 2
    NEW = 3
    DELETE = 4


class Element(StrEnum):
    """What a role or a participant may have a level on (F124, F125).

    Print and archive are elements too: any level from READ means yes (F129, F177).
    """

    PLAN = "plan"
    PARTICIPANTS = "participants"
    CONSENT = "consent"
    RIGHTS = "rights"
    ABOUT = "about"
    JOURNAL = "journal"
    GOALS = "goals"
    ACTIVITIES = "activities"
    COMMENTS = "comments"
    EVALUATION = "evaluation"
    COOPERATION = "cooperation"
    HOUSING = "housing"
    DAYTIME = "daytime"
    HEALTH = "health"
    SOCIAL = "social"
    ECONOMY = "economy"
    LEISURE = "leisure"
    SUBJECT_PLANS = "subject_plans"
    MESSAGES = "messages"
    CALENDAR = "calendar"
    DOCUMENTS = "documents"
    LOG = "log"
    PRINT = "print"
    ARCHIVE = "archive"


LIFE_AREAS = (
    Element.HOUSING,
    Element.DAYTIME,
    Element.HEALTH,
    Element.SOCIAL,
    Element.ECONOMY,
    Element.LEISURE,
)
"""The six life areas, in the order they are always shown (F63)."""

CHOSEN_ELEMENTS = frozenset(
    {
        Element.JOURNAL,
        Element.GOALS,
        Element.ACTIVITIES,
        Element.COMMENTS,
        Element.EVALUATION,
        *LIFE_AREAS,
        Element.SUBJECT_PLANS,
        Element.MESSAGES,
        Element.CALENDAR,
        Element.DOCUMENTS,
        Element.LOG,
    }
)
"""What a plan may be made with or without (F182, F188); all other elements belong to every plan."""


class Right(StrEnum):
    """What a person may do in a municipality outside plans, as resource:action, in alphabetical order."""

    ADMINISTRATORS_APPOINT = "administrators:appoint"
    ARCHIVE_READ = "archive:read"
    COORDINATION_APPOINT = "coordination:appoint"
    COORDINATION_READ = "coordination:read"
    LOG_READ = "log:read"
    MUNICIPALITY_SET_UP = "municipality:set_up"
    PEOPLE_EDIT = "people:edit"
    PLANS_CREATE = "plans:create"
    PLANS_REGISTER = "plans:register"
    REPORTS_READ = "reports:read"
    ROLES_ADMINISTER = "roles:administer"
    SERVICE_MESSAGES_WRITE = "service_messages:write"
    TEXTS_ADMINISTER = "texts:administer"
    UNITS_ADMINISTER = "units:administer"


class Duty(StrEnum):
    """What an account is appointed to in a municipality (F197, F206, F207); each carries a set of rights.

    The last two are koordinerende enhet and barnekoordinator: they see which plans there are, and no content.
    """

    PLAN_MAKER = "plan_maker"
    PERSON_EDITOR = "person_editor"
    ADMINISTRATOR = "administrator"
    SUPERADMINISTRATOR = "superadministrator"
    ANALYST = "analyst"
    ARCHIVIST = "archivist"
    COORDINATING_UNIT = "coordinating_unit"
    CHILD_COORDINATOR = "child_coordinator"


class Profile(StrEnum):
    """The two sides of one person (F37): providers' plans under work, owners' and guardians' under personal."""

    WORK = "work"
    PERSONAL = "personal"


class Assurance(IntEnum):
    """How surely we know who signed in; a municipality may demand the highest (F20)."""

    PASSWORD_AND_CODE = 3
    HIGH = 4
