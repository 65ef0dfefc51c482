"""The consent as a form to be signed by hand (F117): who will see what, the municipality's words, and room to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anyio import to_thread

from models.i18n import _, current_language, speaking
from models.labels import plan_label
from models.plans.proof import OpenPlan
from models.rights import Element, Level
from reports.prints.sheet import A4


@dataclass(frozen=True)
class Sheet:
    """`title` and `text` are the municipality's own; `told` is who will see what, in sentences; `signers` are names."""

    title: str
    text: str
    told: Sequence[str]
    signers: Sequence[str]


async def consent_form(plan: OpenPlan, sheet: Sheet) -> bytes:
    """A PDF, for who sees to the consent. Its drawing is work, and done aside."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    kind = plan_label(plan.kind, plan.elements)
    return await to_thread.run_sync(
        drawn, current_language(), kind, plan.short_name, plan.viewer.municipality_name, sheet, plan.session.clock.now()
    )


def drawn(language: str, kind: str, short_name: str, municipality: str, sheet: Sheet, made_at: datetime) -> bytes:
    with speaking(language):
        title = sheet.title or _("Samtykke til planen")
        page = A4(title, made_at)
        page.heading(title, 18)
        told = {"kind": kind, "name": short_name, "municipality": municipality}
        page.paragraphs(_("%(kind)s %(name)s, %(municipality)s") % told)
        page.paragraphs(sheet.text)
        page.heading(_("Hvem som får se planen"))
        page.points(list(sheet.told) or [_("Ingen andre deltar i planen ennå.")])
        page.heading(_("Hvor lenge"))
        page.room_to_write(_("Samtykket gjelder fra og med – til og med"))
        page.heading(_("Underskrift"))
        page.paragraphs(_("Samtykket er frivillig, og kan trekkes tilbake når som helst."))
        for name in sheet.signers or [_("Navn")]:
            page.room_to_write(_("Sted og dato"))
            page.room_to_write(_("Underskrift: %(name)s") % {"name": name})
        return bytes(page.output())
