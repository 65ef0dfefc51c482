"""The registers of the house. A desk states facts; what has a rule is an action that calls the operation.

Plan content has no desk: the plan register shows who, which kind and how long, and opens nothing.
"""

from starlette.types import ASGIApp

from admin.desks.account_changes import AccountChangeDesk
from admin.desks.accounts import AccountDesk
from admin.desks.ages import AgeStepDesk
from admin.desks.appointments import AppointmentDesk
from admin.desks.consent_forms import ConsentFormDesk
from admin.desks.content_points import ContentPointDesk
from admin.desks.municipality import AgePolicyDesk, MunicipalityDesk
from admin.desks.organisation import UnitDesk
from admin.desks.people import PersonDesk
from admin.desks.plan_templates import PlanTemplateDesk, PlanTemplateItemDesk
from admin.desks.plans import PlanDesk
from admin.desks.service_messages import ServiceMessageDesk
from admin.desks.templates import RoleTemplateDesk, TextTemplateDesk
from admin.site import HouseSite


def build_site(*, synthetic_people: bool = False, id_porten: bool = False, base_url: str = "") -> ASGIApp:
    """The application to mount at `/admin`. `synthetic_people`: whether made-up fødselsnumre are accepted; `id_porten`:
    whether this installation is known at ID-porten; `base_url`: what links that leave the house begin with."""
    desks = (
        *(PlanDesk, PersonDesk, AccountDesk, AccountChangeDesk, AppointmentDesk, UnitDesk),
        *(RoleTemplateDesk, TextTemplateDesk, PlanTemplateDesk, PlanTemplateItemDesk),
        *(ContentPointDesk, ConsentFormDesk, MunicipalityDesk, AgePolicyDesk, AgeStepDesk, ServiceMessageDesk),
    )
    return HouseSite(*desks, synthetic_people=synthetic_people, id_porten=id_porten, base_url=base_url).build()
