"""What the kinds of plan are called where one is chosen, and whom they are for."""

from models.i18n import N_, _
from models.labels import label, role_label
from models.plans.rules.making import AT_A_SCHOOL, Start
from models.rights import Role

SAYS: dict[Start, str] = {
    Start.IP: N_("For den som trenger langvarige og koordinerte tjenester. Med mål, livsområder og samarbeid."),
    Start.SIMPLE: N_("Når noen skal koordinere, men det ikke trengs mål. Med meldinger, kalender og dokumenter."),
    Start.IOP: N_("For elever med individuelt tilrettelagt opplæring. Med mål og evaluering."),
    Start.IUP: N_("For barn i barnehage som trenger ekstra støtte. Med mål og evaluering."),
    Start.SL: N_("For barn, unge og gravide når flere skal følge opp sammen. Med tiltak og evaluering."),
}


def start_words(start: Start) -> str:
    return _("Enkelt samspill") if start is Start.SIMPLE else label(start.kind)


def usual_position(start: Start) -> str:
    """What the owner is where they go, in plans of a school or a kindergarten: «Elev», «Barn» (F181)."""
    return role_label(start.kind, Role.OWNER) if start in AT_A_SCHOOL else ""
