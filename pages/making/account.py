"""Step 4: whether whom the plan is for is to sign in (F184, C17). The account is made with the plan."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.datastructures import MultiDict
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import N_, _
from models.labels import inside, label
from models.organisation.queries import under_15
from models.organisation.rules import UnderAge
from models.people.rules import Card
from models.people.tables import Person
from models.plans.queries.owners import has_account
from models.plans.rules.making import may_sign_in
from pages.forms import posted
from pages.making.begun import Here, Making, Step, at
from pages.making.forms import AccountForm
from pages.making.step_page import StepPage
from permissions.inviting import Wanted, Way, check_wanted
from permissions.sign_in.id_porten import identities

router = APIRouter(prefix="/plans/new/{begun_id}/account")
NONE = "none"
WAYS = {
    NONE: (N_("Nei, ikke nå"), N_("Du kan invitere personen senere, fra planen.")),
    Way.MAIL: (
        N_("Ja, send en lenke på e-post"),
        N_("Engangskodene går på SMS, så både e-post og mobil må fylles ut."),
    ),
    Way.HAND: (
        N_("Ja, jeg gir lenken selv"),
        N_("Du får en lenke og en QR-kode når du fullfører. Fyll ut e-post eller mobil, så kodene kommer fram."),
    ),
    Way.JOIN_MAIL: (
        N_("Ja, send en lenke på e-post, med ID-porten"),
        N_("Personen bekrefter hvem hun eller han er."),
    ),
    Way.JOIN_HAND: (N_("Ja, jeg gir lenken selv, med ID-porten"), N_("Personen bekrefter hvem hun eller han er.")),
}


@dataclass(frozen=True)
class Rule:
    """What the owner may do: `known` when they have an account, `policy` for who is under 15, or not born."""

    known: bool
    policy: UnderAge
    is_unborn: bool

    @property
    def offers(self) -> bool:
        return not self.known and self.policy is not UnderAge.NO_SIGN_IN


@router.get("")
async def show_account(request: Request, here: Here, begun_id: UUID) -> Response:
    async def show(making: Making) -> Response:
        rule = await rule_of(making)
        form = await form_of(making, rule)
        return await page(making, form, rule).first_shown(checker(form))

    return await at(request, here, begun_id, Step.ACCOUNT, show)


@router.post("")
async def keep_account(request: Request, here: Here, begun_id: UUID) -> Response:
    data = await posted(request)

    async def save(making: Making) -> Response:
        rule = await rule_of(making)
        form = await form_of(making, rule, data)
        return await page(making, form, rule).take(data, checker(form))

    return await at(request, here, begun_id, Step.ACCOUNT, save)


async def rule_of(making: Making) -> Rule:
    owner = making.owner
    born = owner.birth_date if owner else None
    policy = may_sign_in(
        await under_15(making.here.session, making.here.municipality_id), making.start, born, making.today
    )
    known = isinstance(owner, Person) and await has_account(making.here, owner)
    # Of some who are known from before, only the number is: they are not taken for children.
    is_unborn = owner is not None and owner.birth_date is None and owner.expected_date is not None
    is_dateless = born is None and not is_unborn
    return Rule(known, UnderAge.SIGN_IN if is_dateless else policy, is_unborn)


async def form_of(making: Making, rule: Rule, data: Any = None) -> AccountForm:
    owner = making.owner
    contact = {"email": owner.email, "mobile": owner.mobile} if isinstance(owner, Card) else {}
    # Where nothing is asked, nothing that is sent is an answer.
    typed = (data or making.typed(Step.ACCOUNT)) if rule.offers else MultiDict([("way", NONE)])
    form = AccountForm(typed, **contact)
    ways = await _ways(making) if rule.offers else [NONE]
    form.way.choices = [(str(way), _(WAYS[way][0])) for way in ways]
    return form


async def _ways(making: Making) -> list[str]:
    has_id_porten = making.request.app.state.id_porten is not None and await identities.is_offered(
        making.here.session, making.here.municipality_id
    )
    return [NONE, *(way for way in Way if has_id_porten or way in (Way.MAIL, Way.HAND))]


def wanted_of(form: AccountForm) -> Wanted | None:
    """What to invite the owner with; None when they are not to be invited."""
    return None if form.way.data in (None, NONE) else form.wanted()


def checker(form: AccountForm) -> Callable[[], Awaitable[None]]:
    async def check() -> None:
        if wanted := wanted_of(form):
            check_wanted(wanted)

    return check


def page(making: Making, form: AccountForm, rule: Rule) -> StepPage:
    more = {
        "rule": rule,
        "kind_name": inside(label(making.start.kind)),
        "hints": {str(way): _(hint) for way, (_words, hint) in WAYS.items()},
    }
    heading = _("Skal %(name)s logge på?") % {"name": making.name}
    return StepPage(making, Step.ACCOUNT, "making/account.html", form, heading, more)
