"""What the plan list can be asked for."""

from wtforms import BooleanField, SearchField

from models.i18n import N_
from pages.forms import HouseForm


class ListForm(HouseForm):
    q = SearchField(N_("Søk i planene dine"), render_kw={"maxlength": 100})
    ended = BooleanField(N_("Vis også avsluttede planer"))
