"""What people may write about themselves. The rules are the operations'; here is only how they are asked."""

from wtforms import BooleanField, SelectField, StringField

from models.i18n import LANGUAGES, N_
from models.people.rules import LONGEST_EMAIL, OwnContact
from pages.forms import HouseForm

EMAIL = {"type": "email", "autocomplete": "email", "maxlength": LONGEST_EMAIL}
MOBILE = {"type": "tel", "autocomplete": "tel", "maxlength": 20}


class CardForm(HouseForm):
    email = StringField(N_("E-post"), render_kw=EMAIL)
    email_visible = BooleanField(N_("Vis e-postadressen til de andre i planene mine"))
    mobile = StringField(
        N_("Mobil"), description=N_("La feltet stå tomt hvis du ikke vil oppgi et nummer."), render_kw=MOBILE
    )
    mobile_visible = BooleanField(N_("Vis mobilnummeret til de andre i planene mine"))
    language = SelectField(
        N_("Språk"), choices=list(LANGUAGES.items()), description=N_("Språket på sidene, og i varslene du får.")
    )

    def contact(self) -> OwnContact:
        return OwnContact(
            email=(self.email.data or "").strip() or None,
            mobile=(self.mobile.data or "").strip() or None,
            email_visible=self.email_visible.data,
            mobile_visible=self.mobile_visible.data,
        )
