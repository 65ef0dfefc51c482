"""Service messages (F31): what everybody should know before they sign in, from one moment to another."""

from typing import Any

from admin.desk import Desk
from models.i18n import N_, _
from models.labels import label as word
from models.organisation.tables import ServiceMessage
from models.refusals import Invalid
from models.rights import Right
from models.texts import says_something
from permissions import scopes

EARLIEST, LATEST = 2020, 2099
"""The years a message may be about: clocks cannot show them all."""


class ServiceMessageDesk(Desk):
    """A message is ended by moving its last moment, never taken away: what was announced stays known."""

    model = ServiceMessage
    right = Right.SERVICE_MESSAGES_WRITE
    scope = scopes.administered_messages
    label = N_("Driftsmeldinger")
    slug = "service-messages"
    named = "${text_nb|raw|truncate:40}"
    hint = N_("Vises på påloggingssiden og på siden for driftsstatus, for alle. Skriv ikke noe om enkeltpersoner.")
    empty_text = N_("Ingen driftsmeldinger. Legg til en når tjenesten skal være nede, eller når noe ikke virker.")
    list_display = [
        *(ServiceMessage.text_nb, ServiceMessage.severity),
        *(ServiceMessage.shown_from, ServiceMessage.shown_to),
    ]
    list_order = [ServiceMessage.shown_from.desc()]  # type: ignore[attr-defined]
    create_fields = update_fields = [
        *(ServiceMessage.text_nb, ServiceMessage.text_nn, ServiceMessage.text_en),
        *(ServiceMessage.severity, ServiceMessage.shown_from, ServiceMessage.shown_to),
    ]
    list_filter = [ServiceMessage.severity]
    labels = {
        "text_nb": N_("Tekst på bokmål"),
        "text_nn": N_("Tekst på nynorsk"),
        "text_en": N_("Tekst på engelsk"),
        "severity": N_("Alvor"),
        "shown_from": N_("Vises fra"),
        "shown_to": N_("Vises til"),
    }
    hints = {
        "text_nn": N_("Uten egen tekst vises den på bokmål."),
        "text_en": N_("Uten egen tekst vises den på bokmål."),
        "shown_from": N_("Norsk tid."),
        "shown_to": N_("Uten sluttid vises meldingen til du setter en."),
    }
    words = {"severity": word}
    long = frozenset({"text_nb", "text_nn", "text_en"})

    def check(self, row: Any) -> None:
        silent = [name for name in sorted(self.long) if (text := getattr(row, name)) and not says_something(text)]
        if silent or not says_something(row.text_nb or ""):
            raise Invalid(**{name: _("Skriv hva du vil si.") for name in silent or ["text_nb"]})
        for name in ("shown_from", "shown_to"):
            if (moment := getattr(row, name)) and not EARLIEST <= moment.year <= LATEST:
                raise Invalid(**{name: _("Skriv et tidspunkt i dette hundreåret.")})
        if row.shown_to and row.shown_to <= row.shown_from:
            raise Invalid(shown_to=_("Slutten må være etter begynnelsen."))
