"""Keeping what somebody has filled in of a plan that is not made yet. It is theirs alone, and no log tells of it."""

import json
from dataclasses import asdict

from models.accounts.proof import OpenMunicipality
from models.base import seal
from models.i18n import _
from models.plans.queries.begun import Answers, Begun, all_begun, opened, own_vault, row_of
from models.plans.rules.begun import ASKED_LATELY, MOST, check_size
from models.plans.tables.begun import BegunPlan
from models.refusals import Conflict, Invalid
from models.rights import Right


async def begin(here: OpenMunicipality) -> Begun:
    """A new one, with nothing in it; searches of more than an hour ago that led nowhere are cleared away.

    Raises Invalid when somebody has begun very many.
    """
    here.demand(Right.PLANS_CREATE)
    now, known = here.session.clock.now(), await all_begun(here)
    if len([one for one in known if not one.is_only_asked]) >= MOST:
        raise Invalid(name=_("Du har begynt på svært mange planer. Fullfør eller forkast noen av dem først."))
    for old in known:
        if old.is_only_asked and old.saved_at < now - ASKED_LATELY:
            await here.session.delete(await row_of(here, old.id))
    row = BegunPlan(
        municipality_id=here.municipality_id, account_id=here.actor_id, begun_at=now, saved_at=now, content=None
    )
    here.session.add(row)
    await here.session.flush()
    return opened(await own_vault(here), row)


async def keep_step(
    here: OpenMunicipality,
    begun: Begun,
    step: str,
    typed: Answers,
    *,
    passed: bool,
    seen: int | None = None,
    unasked: bool = False,
) -> Begun:
    """The step as it was sent, instead of what was kept before; `passed` when it will do. What is kept `unasked`, while
    it is being written, does not count as saved: the form it stands in is still the newest.

    Raises Conflict when the step was kept in another window after `seen`, with other answers, and Invalid for far more
    than anybody writes.
    """
    here.demand(Right.PLANS_CREATE)
    check_size(typed)
    row, own = await row_of(here, begun.id), await own_vault(here)
    now = opened(own, row)
    saves, known = now.saves.get(step, 0), now.answers.get(step)
    if seen is not None and seen != saves and known != typed:
        raise Conflict
    others = tuple(one for one in now.passed if one != step)
    kept = Begun(
        id=row.id,
        saved_at=here.session.clock.now(),
        answers={**now.answers, step: typed},
        passed=(*others, step) if passed else others,
        saves={**now.saves, step: saves if unasked else saves + 1},
    )
    return await _write(here, row, kept)


async def reopen(here: OpenMunicipality, begun: Begun, *steps: str) -> Begun:
    """The steps are to be gone through again: what they rest on was changed."""
    here.demand(Right.PLANS_CREATE)
    row = await row_of(here, begun.id)
    now = opened(await own_vault(here), row)
    left = tuple(one for one in now.passed if one not in steps)
    return await _write(here, row, Begun(now.id, now.saved_at, now.answers, left, now.saves))


async def discard_begun(here: OpenMunicipality, begun: Begun) -> None:
    """Thrown away, or made by now."""
    here.demand(Right.PLANS_CREATE)
    await here.session.delete(await row_of(here, begun.id))


async def _write(here: OpenMunicipality, row: BegunPlan, kept: Begun) -> Begun:
    row.saved_at = kept.saved_at
    content = {name: value for name, value in asdict(kept).items() if name not in ("id", "saved_at")}
    seal(await own_vault(here), row, content=json.dumps(content))
    await here.session.flush()
    return kept
