"""The framework's own sentences in bokmål, and its language bound to the request instead of to the process."""

from typing import Any

from fastapi_amis_admin.utils.translation import I18N

from models.i18n import N_, _, current_language

SENTENCES = {
    "Add Association": N_("Legg til kobling"),
    "Are you sure you want to add the association?": N_("Vil du legge til koblingen?"),
    "Remove Association": N_("Fjern kobling"),
    "Are you sure you want to remove the association?": N_("Vil du fjerne koblingen?"),
    "Operation": N_("Valg"),
    "SHOWING ${items|count} OF ${total} RESULT(S)": N_("Viser ${items|count} av ${total}"),
    "Filter": N_("Filter"),
    "Clear": N_("Tøm"),
    "Reset": N_("Nullstill"),
    "Search": N_("Søk"),
    "View": N_("Vis"),
    "Create": N_("Legg til"),
    "Bulk Create": N_("Legg til flere"),
    "Update": N_("Endre"),
    "Bulk Update": N_("Endre flere"),
    "Delete": N_("Slett"),
    "Are you sure you want to delete row ${%s}?": N_("Vil du slette raden ${%s}?"),
    "Bulk Delete": N_("Slett flere"),
    "Are you sure you want to delete the selected rows?": N_("Vil du slette radene du har valgt?"),
    "Custom form actions": N_("Flere valg"),
    "Request parameter validation exception": N_("Noe i skjemaet må rettes."),
    "Internal data validation exception": N_("Noe gikk galt hos oss. Prøv igjen om litt."),
    "Internal server exception": N_("Noe gikk galt hos oss. Prøv igjen om litt."),
    "YES": N_("Ja"),
    "NO": N_("Nei"),
    "Home": N_("Hjem"),
    "List display": N_("Vis liste"),
    "List filter": N_("Filtrer liste"),
    "Read": N_("Les"),
}

AMIS_LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-US"}


def bind() -> None:
    """From now on the framework speaks the language of the request; safe to call again."""

    def speak(framework: I18N, value: Any, language: str | None = None) -> str:
        return _(SENTENCES.get(str(value), str(value)))

    I18N.__call__ = I18N.gettext = speak
    I18N.get_language = lambda framework: current_language()
