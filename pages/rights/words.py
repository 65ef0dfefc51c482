"""What levels, groups and verdicts are called where somebody reads about another's rights."""

from models.i18n import N_, _
from models.labels import label
from models.plans.rules.rights import YES_OR_NO, level_name
from models.refusals import Reason
from models.rights import Element, Level

GROUP_NAMES = {
    "content": N_("Innholdet i planen"),
    "life": N_("Livsområdene"),
    "sharing": N_("Meldinger, dokumenter og utskrift"),
    "plan": N_("Administrasjon av planen"),
}

DRAWINGS: dict[Level, str] = {
    Level.NONE: "hidden",
    Level.READ: "eye",
    Level.CHANGE: "pencil",
    Level.NEW: "plus",
    Level.DELETE: "done",
}

MEANINGS: dict[Level, str] = {
    Level.NONE: N_("Ser det ikke, og får ikke varsler om det."),
    Level.READ: N_("Ser det som står der."),
    Level.CHANGE: N_("Kan også endre det som står der."),
    Level.NEW: N_("Kan også legge til noe nytt."),
    Level.DELETE: N_("Kan også slette."),
}
"""Each says what it gives beside the one before."""

MAY: dict[Element, str] = {
    Element.LOG: N_("Kan lese loggen"),
    Element.PRINT: N_("Kan skrive ut planen"),
    Element.ARCHIVE: N_("Kan arkivere planen"),
}
"""What one says yes or no to."""

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
    drawing = "check" if element in YES_OR_NO and level >= Level.READ else DRAWINGS[level]
    return {"words": level_name(element, level), "drawing": drawing}


def meanings() -> list[tuple[str, str]]:
    """The levels, and what each gives."""
    return [(label(level), _(words)) for level, words in MEANINGS.items()]


def closed_words() -> dict[str, str]:
    return {"words": _(CLOSED[0]), "drawing": CLOSED[1]}


def why_closed(reason: Reason, name: str, owner: str) -> str:
    """`owner` is what the owner is called inside a sentence."""
    said = _(WHY_CLOSED.get(reason, N_("Planen er stengt for %(name)s.")))
    told = said % {"name": name, "owner": owner}
    return told[:1].upper() + told[1:]
