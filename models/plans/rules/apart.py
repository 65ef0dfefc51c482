"""When two people can be kept apart (N15). Pure."""

from collections.abc import Collection
from uuid import UUID

from models.i18n import _


def problem(first: UUID, second: UUID, known: Collection[frozenset[UUID]], readers: Collection[UUID]) -> dict[str, str]:
    """Why these two persons cannot be kept apart, as a sentence beside the field; `known` are the pairs that are kept
    apart already, `readers` those who decide: what they do to themselves, they could not undo."""
    if first == second:
        return {"second_id": _("Velg to forskjellige personer.")}
    for field, one in (("first_id", first), ("second_id", second)):
        if one in readers:
            return {field: _("Du kan ikke velge deg selv. Be en annen koordinator om det.")}
    if frozenset({first, second}) in known:
        return {"second_id": _("Disse to holdes fra hverandre allerede.")}
    return {}
