"""What the plan list can be asked for, and what a new plan is made of."""

from wtforms import BooleanField, SearchField, SelectField

from models.i18n import N_
from models.plan_words import PLAN_WORDS
from models.plans.rules.words import Part
from pages.forms import HouseForm
from permissions.plan_list import SortBy

COLUMNS = {
    SortBy.SHORT_NAME: N_("Kortnavn"),
    SortBy.OWNER: N_("Planeier"),
    SortBy.KIND: N_("Plantype"),
    SortBy.ROLE: N_("Rollen din"),
    SortBy.CONSENT: N_("Samtykke"),
    SortBy.NEWS: N_("Nytt siden sist"),
}
"""The heads of the list's columns."""

BIGGEST_FIRST = (SortBy.NEWS,)
"""Columns that are most useful from the other end."""

SORTS = (
    ("name", N_("Kortnavn, A til Å")),
    ("-name", N_("Kortnavn, Å til A")),
    ("owner", N_("Planeier, A til Å")),
    ("-owner", N_("Planeier, Å til A")),
    ("kind", N_("Plantype, A til Å")),
    ("-kind", N_("Plantype, Å til A")),
    ("role", N_("Rollen din, A til Å")),
    ("-role", N_("Rollen din, Å til A")),
    ("consent", N_("Kortest samtykke først")),
    ("-consent", N_("Lengst samtykke først")),
    ("-news", N_("Mest nytt først")),
    ("news", N_("Minst nytt først")),
)
"""Both ways to sort by each column, as the address says them and in words."""


class ListForm(HouseForm):
    q = SearchField(
        N_("Søk i planene dine"),
        description=N_("Kortnavnet, eller navnet til den planen er for."),
        render_kw={"maxlength": 100},
    )
    sort = SelectField(N_("Sorter etter"), default=SortBy.SHORT_NAME.value)
    ended = BooleanField(N_("Vis også avsluttede planer"))


PARTS: dict[Part, str] = PLAN_WORDS[Part]
