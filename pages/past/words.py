"""What the columns of an item are called, and what their values say, in words (never an id or a code)."""

from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from models.i18n import N_, _, day_text, moment_text, number_text
from models.labels import label
from models.plans.rules.measuring import in_words
from models.plans.tables.kinds import Kind
from models.rich_text import plain
from pages.past.names import Names

KINDS = {
    "about": (N_("Om meg selv"), "person"),
    "goal": (N_("Mål"), "goal"),
    "activity": (N_("Aktivitet"), "activity"),
    "comment": (N_("Kommentar"), "comment"),
    "measurement": (N_("Måling"), "chart"),
    "life-area": (N_("Livsområde"), "person"),
    "subject-plan": (N_("Fagplan"), "plan"),
    "journal": (N_("Sist jeg var her"), "heart"),
    "evaluation": (N_("Evaluering"), "chart"),
    "contribution": (N_("Bidrag"), "people"),
    "cooperation": (N_("Samarbeid"), "people"),
}
"""What each kind is called, and its drawing."""

FIELDS = {
    "area": N_("Livsområde"),
    "baseline": N_("Utgangspunkt"),
    "cancel_reason": N_("Hvorfor den er avlyst"),
    "contact": N_("Kontakt"),
    "contact_id": N_("Kontaktperson"),
    "day": N_("Dag"),
    "description": N_("Beskrivelse"),
    "due_on": N_("Frist"),
    "established_on": N_("Opprettet"),
    "expectations": N_("Forventninger framover"),
    "extent": N_("Omfang"),
    "goal_id": N_("Mål"),
    "historic_at": N_("Flyttet til historikken"),
    "kind": N_("Type"),
    "life_area": N_("Livsområde"),
    "may_contact": N_("Deltakerne kan ta kontakt"),
    "measure": N_("Hva som måles"),
    "measured_by_id": N_("Den som måler"),
    "missed_at": N_("Meldt at det ikke ble gjort"),
    "missed_by": N_("Meldt av"),
    "missed_note": N_("Hva som ble meldt"),
    "mood": N_("Humør"),
    "note": N_("Merknad"),
    "participant_id": N_("Deltaker"),
    "period_from": N_("Fra"),
    "period_to": N_("Til"),
    "progress": N_("Framdrift"),
    "purpose": N_("Formål"),
    "rating": N_("Vurdering fra 1 til 5"),
    "responsible_id": N_("Ansvarlig"),
    "scale_high": N_("Skalaen går til"),
    "scale_low": N_("Skalaen går fra"),
    "starts_on": N_("Begynner"),
    "state": N_("Status"),
    "status": N_("Status"),
    "target": N_("Målet er nådd ved"),
    "text": N_("Tekst"),
    "title": N_("Tittel"),
    "value": N_("Verdi"),
}
LONGEST_TITLE = 80


def kind_words(kind: Kind) -> str:
    return _(KINDS[kind.name][0])


def field_words(column: str) -> str:
    return _(FIELDS[column])


def told(names: Names, column: str, value: Any) -> str:
    """A value in words; empty when there is none, or when it is not for this viewer."""
    match value:
        case None | "":
            return ""
        case bool():
            return _("Ja") if value else _("Nei")
        case Enum():
            return label(value)
        case UUID():
            return names.of(column, value)
        case date():
            return moment_text(value, names.today) if isinstance(value, datetime) else day_text(value, names.today)
        case _:
            number = number_text(value) if isinstance(value, float) else str(value)
            return f"{number}\N{NO-BREAK SPACE}%" if column == "progress" else number


def title_of(names: Names, kind: Kind, values: dict[str, Any]) -> str:
    """What tells the item from others of its kind."""
    match kind.name:
        case "about":
            return _("Om meg selv")
        case "life-area":
            return label(values["area"])
        case "contribution":
            return names.of("participant_id", values["participant_id"]) or kind_words(kind)
        case "measurement":
            return f"{label(values['kind'])}: {in_words(values['kind'], values['value'])}"
        case "evaluation":
            return label(values["kind"])
        case _:
            first = " ".join(plain(values[kind.texts[0]]).split())
            return shortened(first) or kind_words(kind)


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE].rsplit(' ', 1)[0]} …"
