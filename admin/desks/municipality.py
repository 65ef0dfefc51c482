"""How people sign in to the municipality (F20, F23, C2, C17): for superadministrators."""

from typing import Any

from sqlalchemy import case

from admin.action import HouseAction
from admin.desk import Desk
from admin.entry import Entry
from admin.present import as_entered
from models.accounts.queries import is_linked
from models.i18n import N_, _
from models.labels import label as word
from models.organisation import operations
from models.organisation.rules import OwnerApproval, SignInRules
from models.organisation.tables import AgePolicy, Municipality
from models.rights import Assurance, PlanKind, Right
from permissions import scopes
from permissions.door import open_municipality

LABELS = {
    "name": N_("Kommune"),
    "demands": N_("Krav til pålogging"),
    "id_porten": N_("Pålogging med ID-porten"),
    "idle_minutes": N_("Logges ut etter (minutter)"),
    "digital_consent": N_("Krev digitalt samtykke"),
    "owner_approval": N_("Ja til nye deltakere"),
}


class SignInForm(Entry):
    id_porten: bool
    demands: Assurance
    idle_minutes: int
    digital_consent: bool
    owner_approval: OwnerApproval


class SetUp(HouseAction):
    label = N_("Endre")
    right = Right.MUNICIPALITY_SET_UP
    place = "item"
    form = SignInForm
    submit = N_("Lagre")
    prefilled = True
    labels = LABELS
    words = {"demands": word, "owner_approval": word}
    hints = {
        "id_porten": N_(
            "BankID, BankID på mobil, Buypass ID og Commfides. Slår du av, kommer de som ikke har passord, ikke inn "
            "før dere gir dem en ny invitasjon under Brukerkontoer."
        ),
        "demands": N_("Høyeste sikkerhetsnivå gjelder ikke for barn under 15 år."),
        "idle_minutes": N_("Så lenge kan noen være borte før de logges ut. De får et varsel fem minutter før."),
        "digital_consent": N_("Da gjelder et samtykke bare når det er signert i Medvirk, ikke på papir eller muntlig."),
        "owner_approval": N_("Hvordan planeieren eller en foresatt sier ja til hvem som deltar, og hvor mye de ser."),
    }

    async def initial(self, session: Any, viewer: Any, row: Any) -> dict[str, Any]:
        return {name: as_entered(getattr(row, name)) for name in self.form.model_fields if name in LABELS}

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        here = await open_municipality(session, viewer, self.right)
        is_assured = viewer.assurance is Assurance.HIGH
        facts = {
            "configured": self.admin.site.id_porten,
            "comes_back": is_assured or await is_linked(session, viewer.account_id),
        }
        changed = await operations.set_up(here, row, SignInRules(**entry.model_dump()), **facts)
        if "demands" in changed and entry.demands is Assurance.HIGH and not is_assured:
            return _("Lagret. Logg på med ID-porten for å fortsette her.")
        return _("Lagret")


class MunicipalityDesk(Desk):
    model = Municipality
    right = Right.MUNICIPALITY_SET_UP
    scope = scopes.administered_municipality
    label = N_("Pålogging og samtykke")
    slug = "municipality"
    hint = N_("Hvordan folk logger på i kommunen, når de logges ut av seg selv, og hvordan planeiere sier ja.")
    list_display = [
        *(Municipality.name, Municipality.id_porten, Municipality.demands, Municipality.idle_minutes),
        *(Municipality.digital_consent, Municipality.owner_approval),
    ]
    create_fields = update_fields = []
    actions = [SetUp]
    labels = LABELS
    words = {"demands": word, "owner_approval": word}


class AgePolicyDesk(Desk):
    """One row for each kind of plan: they come with the municipality, and none is added."""

    model = AgePolicy
    right = Right.MUNICIPALITY_SET_UP
    scope = scopes.administered_ages
    label = N_("Plantyper")
    slug = "age"
    hint = N_("Hvilke plantyper kommunen lager nye planer av, og om barn under 15 år kan logge på i dem.")
    list_display = [AgePolicy.kind, AgePolicy.in_use, AgePolicy.under_15]
    list_order = [case({kind: number for number, kind in enumerate(PlanKind)}, value=AgePolicy.kind)]
    create_fields = []
    update_fields = [AgePolicy.in_use, AgePolicy.under_15]
    labels = {"kind": N_("Plantype"), "in_use": N_("Nye planer kan lages"), "under_15": N_("Barn under 15 år")}
    hints = {
        "in_use": N_("Planene dere har fra før, fortsetter som før."),
        "under_15": N_(
            "Barna logger på med passord og engangskode, også når kommunen krever høyeste sikkerhetsnivå av andre."
        ),
    }
    words = {"kind": word, "under_15": word}
