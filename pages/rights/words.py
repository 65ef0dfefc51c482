"""What levels, groups and verdicts are called where somebody reads about another's rights."""

from models.i18n import N_, _
from models.plans.rules.rights import YES_OR_NO
from models.refusals import Reason
from models.rights import Element, Level

GROUP_NAMES = {
    "content": N_("Innholdet i planen"),
    "life": N_("Livsområdene"),
    "sharing": N_("Meldinger, dokumenter og utskrift"),
    "plan": N_("Administrasjon av planen"),
}

LEVELS: dict[Level, tuple[str, str]] = {
    Level.NONE: (N_("Ser ikke"), "hidden"),
    Level.READ: (N_("Ser"), "eye"),
    Level.CHANGE: (N_("Ser og endrer"), "pencil"),
    Level.NEW: (N_("Ser, endrer og legger til"), "plus"),
    Level.DELETE: (N_("Alt"), "done"),
}
"""Each level in words, and its drawing. «Alt» is explained where it is used."""

ONE_OF: dict[Element, str] = {
    Element.ACTIVITIES: N_("Aktivitet"),
    Element.COMMENTS: N_("Kommentar"),
    Element.SUBJECT_PLANS: N_("Fagplan"),
}
"""What one item is called, where its element is named in the plural."""

CLOSED = (N_("Stengt nå"), "lock")

WHY_CLOSED: dict[Reason, str] = {
    Reason.PLAN_IS_DRAFT: N_("Planen er ikke tatt i bruk ennå."),
    Reason.AWAITING_SIGNATURES: N_("Planen venter på at alle har samtykket."),
    Reason.NO_LEGAL_BASIS: N_("Planen mangler et gyldig grunnlag."),
    Reason.NO_CONSENT: N_("Det er ikke gitt samtykke til at %(name)s deltar."),
    Reason.CONSENT_NOT_STARTED: N_("Samtykket til at %(name)s deltar, gjelder ikke ennå."),
    Reason.CONSENT_EXPIRED: N_("Samtykket til at %(name)s deltar, har gått ut."),
    Reason.CONSENT_WITHDRAWN: N_("Samtykket til at %(name)s deltar, er trukket tilbake."),
    Reason.NOT_YET_PARTICIPANT: N_("%(name)s er lagt til fra en senere dato."),
    Reason.NO_LONGER_PARTICIPANT: N_("%(name)s deltar ikke lenger."),
    Reason.AWAITING_APPROVAL: N_("%(owner)s har ikke sagt ja til at %(name)s deltar ennå."),
}
"""The verdict's reasons, of somebody else."""


def level_words(element: Element, level: Level) -> dict[str, str]:
    """`words` and `drawing`."""
    if element in YES_OR_NO:
        yes = level >= Level.READ
        return {"words": _("Ja") if yes else _("Nei"), "drawing": "check" if yes else "hidden"}
    words, drawing = LEVELS[level]
    return {"words": _(words), "drawing": drawing}


def closed_words() -> dict[str, str]:
    return {"words": _(CLOSED[0]), "drawing": CLOSED[1]}


def why_closed(reason: Reason, name: str, owner: str) -> str:
    """`owner` is what the owner is called inside a sentence."""
    said = _(WHY_CLOSED.get(reason, N_("Planen er stengt for %(name)s.")))
    told = said % {"name": name, "owner": owner}
    return told[:1].upper() + told[1:]
