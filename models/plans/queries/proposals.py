"""What the owner is asked about who takes part (F8, C14), who answers for them, and whether they must be asked."""

import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity
from models.base import holds, pick, unseal
from models.organisation.rules import OwnerApproval
from models.organisation.tables import Municipality
from models.people.rules import age
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.queries.audience import accounts_of
from models.plans.queries.grounds import has_consent
from models.plans.queries.people import role_today
from models.plans.rules.participants import who_decides
from models.plans.rules.words import Basis, ConsentMethod, PlanState, ProposalState
from models.plans.tables.consent import LegalBasis
from models.plans.tables.participants import Participant, Proposal, RoleSpan
from models.refusals import NotFound
from models.rights import Element, Level, Role

UNBORN = -1
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Wish:
    """Somebody whom the owner's side wants to take part (F110), as they tell of them."""

    name: str
    role: Role
    relation: str = ""
    contact: str = ""


async def rests_on_consent(plan: OpenPlan, participant_id: UUID | None = None) -> bool:
    """Whether a participation rests on what the owner has consented to, its own basis before the plan's; true also
    where no basis is recorded, since it may be a consent that comes."""
    newest = (
        pick(LegalBasis.basis)
        .where(
            col(LegalBasis.plan_id) == plan.plan_id,
            or_(col(LegalBasis.participant_id).is_(None), col(LegalBasis.participant_id) == participant_id),
            col(LegalBasis.valid_from) <= plan.today,
            or_(col(LegalBasis.valid_to).is_(None), col(LegalBasis.valid_to) >= plan.today),
        )
        .order_by(col(LegalBasis.participant_id).is_(None), col(LegalBasis.number).desc())
        .limit(1)
    )
    return await plan.session.scalar(newest) in (None, Basis.CONSENT)


async def owner_must_approve(plan: OpenPlan, participant_id: UUID | None = None) -> bool:
    """Not in a draft that nobody has consented to: the first consent covers all who are in it."""
    if plan.state is PlanState.DRAFT and not await has_consent(plan):
        return False
    return await rests_on_consent(plan, participant_id)


async def deciding_roles(plan: OpenPlan) -> frozenset[Role]:
    """Who answers: the owner, guardians, or either."""
    return await plan.session.once(("deciding", plan.plan_id, plan.today), lambda: _deciding_roles(plan))


async def _deciding_roles(plan: OpenPlan) -> frozenset[Role]:
    row = (
        await plan.session.execute(
            pick(Person.account_id, Person.birth_date, Person.expected_date)
            .join(Participant, col(Participant.person_id) == Person.id)
            .join(RoleSpan, role_today(plan.today))
            .where(
                col(Participant.plan_id) == plan.plan_id,
                col(RoleSpan.role) == Role.OWNER,
                holds(Participant.valid_from, Participant.valid_to, plan.today),
            )
            .order_by(col(Participant.valid_from).desc())
            .limit(1)
        )
    ).first()
    if row is None:
        return frozenset()
    years = age(row.birth_date, plan.today) if row.birth_date else UNBORN if row.expected_date else None
    return who_decides(years, has_account=row.account_id is not None)


async def decides(plan: OpenPlan) -> bool:
    """Whether the viewer is one who answers."""
    mine = {one.role for one in plan.standings if not one.narrowed}
    return not plan.looking_as and bool(mine & await deciding_roles(plan))


async def deciding_accounts(plan: OpenPlan, about: UUID | None = None) -> set[UUID]:
    """Whom to tell that an answer is waited for; of a question `about` a participant, all but themselves."""
    theirs = (
        pick(Participant.id)
        .join(RoleSpan, role_today(plan.today))
        .where(
            col(Participant.plan_id) == plan.plan_id,
            col(Participant.awaits_approval).is_(False),
            col(Participant.id).is_distinct_from(about),
            col(RoleSpan.role).in_(await deciding_roles(plan)),
        )
    )
    return await accounts_of(plan.session, list(await plan.session.scalars(theirs)), plan.today)


async def can_be_answered(plan: OpenPlan, proposal: Proposal) -> bool:
    """Whether any of those who answer can sign in and do it."""
    accounts = await deciding_accounts(plan, proposal.participant_id)
    linked = pick(Identity.account_id).where(col(Identity.ended_at).is_(None))
    able = pick(Account.id).where(
        col(Account.id).in_(accounts),
        col(Account.disabled_at).is_(None),
        or_(col(Account.password_hash).is_not(None), col(Account.id).in_(linked)),
    )
    return await plan.session.scalar(able.limit(1)) is not None


async def only_in_app(plan: OpenPlan) -> bool:
    """Whether the municipality wants the answers given in Medvirk."""
    how = pick(Municipality.owner_approval).where(col(Municipality.id) == plan.municipality_id)
    return await plan.session.scalar(how) is OwnerApproval.IN_APP


async def may_record_answers(plan: OpenPlan, proposal: Proposal) -> bool:
    """Whether the viewer coordinates, and may write down an answer that was given on paper or by word of mouth: always
    where nobody can answer in Medvirk, and never about themselves."""
    if plan.looking_as or not plan.allows(Element.PARTICIPANTS, Level.DELETE):
        return False
    if await is_about_oneself(plan, proposal):
        return False
    return not await only_in_app(plan) or not await can_be_answered(plan, proposal)


async def is_about_oneself(plan: OpenPlan, proposal: Proposal) -> bool:
    """Whether what is asked for is the viewer's own: what somebody hid from them, say."""
    theirs = pick(Participant.person_id).where(col(Participant.id) == proposal.participant_id)
    return plan.viewer.person_id is not None and await plan.session.scalar(theirs) == plan.viewer.person_id


async def is_still_wished(plan: OpenPlan, wish: Proposal) -> bool:
    """Whether who wished it still answers for the owner; else the owner's side is asked as of anybody."""
    return wish.proposed_by in await deciding_accounts(plan)


async def waiting(plan: OpenPlan) -> list[Proposal]:
    """What nobody has answered yet, the oldest first."""
    return await _proposals(plan, ProposalState.WAITING)


async def wishes(plan: OpenPlan) -> list[Proposal]:
    """Whom the owner's side wants with them, and no coordinator has added or said no to yet (F110)."""
    return [one for one in await _proposals(plan, ProposalState.APPROVED) if one.answered_at is None]


async def proposal_of(plan: OpenPlan, proposal_id: UUID) -> Proposal:
    """A question, for those who answer, and those who ask. Raises NotFound for one of another plan, and for all
    others."""
    found = await plan.session.get(Proposal, proposal_id)
    if found is None or found.plan_id != plan.plan_id or is_wish(found):
        raise NotFound
    if not plan.allows(Element.PARTICIPANTS, Level.CHANGE) and not await decides(plan):
        raise NotFound
    return found


async def wish_of(plan: OpenPlan, proposal_id: UUID) -> Proposal:
    """For those who wish, and those who carry it out. Raises NotFound for what is no wish of this plan's."""
    found = await plan.session.get(Proposal, proposal_id)
    if found is None or found.plan_id != plan.plan_id or not is_wish(found):
        raise NotFound
    if not plan.allows(Element.PARTICIPANTS, Level.CHANGE) and not await decides(plan):
        raise NotFound
    return found


def is_wish(proposal: Proposal) -> bool:
    """What the owner's side came up with, and not a question to them: it says whom they want."""
    return proposal.remark is not None and proposal.method is ConsentMethod.DIGITAL


def told(plan: OpenPlan, proposal: Proposal) -> Wish:
    """What was wished."""
    said = json.loads(unseal(plan.vault, proposal, "remark"))
    return Wish(said["name"], Role(said["role"]), said["relation"], said["contact"])


def why_not(plan: OpenPlan, proposal: Proposal) -> str:
    """What a coordinator said of a wish that cannot be carried out; empty where nothing was said."""
    return str(json.loads(unseal(plan.vault, proposal, "remark")).get("reason", ""))


async def answered(plan: OpenPlan) -> list[Proposal]:
    """What was answered lately, or taken back, the newest first; wishes too. For those who ask, and those who
    answer."""
    if not plan.allows(Element.PARTICIPANTS, Level.CHANGE) and not await decides(plan):
        return []
    mine = col(Proposal.plan_id) == plan.plan_id, col(Proposal.answered_at) > plan.session.clock.now() - LATELY
    return list(await plan.session.scalars(select(Proposal).where(*mine).order_by(col(Proposal.answered_at).desc())))


async def mark(plan: OpenPlan, proposal: Proposal) -> str:
    """Tells whether what the proposal is about, is still what somebody was shown."""
    about = await plan.session.get_one(Participant, proposal.participant_id)
    return f"{about.rights_revision}|{about.valid_from}|{about.valid_to}|{proposal.state}"


async def _proposals(plan: OpenPlan, state: ProposalState) -> list[Proposal]:
    mine = col(Proposal.plan_id) == plan.plan_id, col(Proposal.state) == state
    return list(await plan.session.scalars(select(Proposal).where(*mine).order_by(col(Proposal.proposed_at))))
