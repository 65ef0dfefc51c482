"""Changes of accounts that wait: for a colleague to approve them, or for the day after (F24)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import aliased
from sqlmodel import col

from admin.action import HouseAction
from admin.desk import Desk
from admin.entry import Entry
from models.accounts.rules import ChangeKind, ChangeState, CodeChannel
from models.accounts.tables.account import Account
from models.accounts.tables.changes import AccountChange
from models.base import pick, reveal
from models.i18n import N_, _
from models.labels import label as word
from models.organisation.queries import vaults
from models.people.tables import Person
from models.rights import Right
from models.sealing import Vault
from permissions import scopes
from permissions.door import open_municipality
from permissions.sign_in import changes, changes_made
from permissions.sign_in.ways import masked

WAYS = {"email": CodeChannel.EMAIL, "mobile": CodeChannel.SMS}


def name_of(account_id: Any) -> Any:
    """The name on the card of the account in the change's municipality."""
    card = aliased(Person)
    return (
        pick(col(card.family_name) + ", " + col(card.given_name))
        .where(col(card.account_id) == account_id, col(card.municipality_id) == AccountChange.municipality_id)
        .correlate(AccountChange)
        .scalar_subquery()
    )


class ApproveChange(HouseAction):
    label = N_("Godkjenn")
    right = Right.PEOPLE_EDIT
    place = "item"
    form = Entry
    shown_on = "${is_waiting}"
    hint = N_(
        "Personen blir logget ut, får beskjed der vi kjenner dem, og har ett døgn til å stoppe det. Godkjenn bare når "
        "du selv er sikker på hvem som ba om det."
    )

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        await changes.approve(await open_municipality(session, viewer, self.right), row)
        if row.kind is ChangeKind.INVITE:
            return _("Godkjent. Lenken kan hentes her om ett døgn.")
        return _("Godkjent. Endringen gjelder om ett døgn.")


class HandOver(HouseAction):
    """The link of a new invitation is in the answer and nowhere else."""

    label = N_("Vis lenken")
    right = Right.PEOPLE_EDIT
    place = "item"
    form = Entry
    shown_on = "${is_ready}"
    hint = N_(
        "Gjør dette når personen er hos deg, og du er sikker på hvem det er. Lenken gir et nytt passord. "
        "Du ser den bare én gang."
    )
    handed = N_("Gi lenken til personen nå. Den virker i sju dager, og bare én gang. Du kan ikke se den igjen.")

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        here = await open_municipality(session, viewer, self.right)
        return await changes_made.hand_over(here, row, self.admin.site.base_url)


class RefuseChange(HouseAction):
    label = N_("Avslå")
    right = Right.PEOPLE_EDIT
    place = "item"
    form = Entry
    hint = N_("Ingenting blir endret. Du kan også avslå det som er godkjent, så lenge det ikke er gjennomført.")

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        await changes.refuse(await open_municipality(session, viewer, self.right), row)
        return _("Avslått. Ingenting er endret.")


class AccountChangeDesk(Desk):
    model = AccountChange
    right = Right.PEOPLE_EDIT
    scope = scopes.standing_changes
    label = N_("Endringer som venter")
    slug = "account-changes"
    hint = N_("Endringer av kontoer som noen har bedt om. En annen enn den som ba om det, må godkjenne.")
    empty_text = N_("Ingenting venter. Du ber om en endring under Brukerkontoer.")
    list_display = [
        *(name_of(AccountChange.account_id).label("name"), AccountChange.kind, AccountChange.reason),
        *(AccountChange.email, name_of(AccountChange.asked_by).label("asker"), AccountChange.state),
    ]
    list_order = [AccountChange.asked_at]
    create_fields = update_fields = []
    actions = [ApproveChange, HandOver, RefuseChange]
    labels = {
        "name": N_("Navn"),
        "kind": N_("Endring"),
        "reason": N_("Hvorfor"),
        "email": N_("Nye adresser"),
        "state": N_("Tilstand"),
        "asker": N_("Bedt om av"),
    }
    words = {"kind": word, "reason": word, "state": word}
    long = frozenset({"email"})

    def select(self, session: Any, viewer: Any, asked: Mapping[str, str]) -> Select[Any]:
        return super().select(session, viewer, asked).add_columns(col(AccountChange.effective_at))

    async def present(self, session: Any, viewer: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        new = await _addresses(session, [row["id"] for row in rows])
        shown = await super().present(session, viewer, [row | {"email": new[row["id"]]} for row in rows])
        now = session.clock.now()
        return [words | _stage(row, now, words["effective_at"]) for row, words in zip(rows, shown, strict=True)]


def _stage(row: dict[str, Any], now: datetime, moment: str) -> dict[str, Any]:
    """What the buttons are shown by, and what comes next of what is approved."""
    ready = changes_made.is_ready(row["kind"], row["state"], row["effective_at"], now)
    stage = {"is_ready": ready, "is_waiting": row["state"] is ChangeState.WAITING}
    if row["state"] is not ChangeState.APPROVED:
        return stage
    coming = _("Godkjent, gjelder fra {moment}").format(moment=moment)
    return stage | {"state": _("Klar til å hentes") if ready else coming}


async def _addresses(session: Any, ids: list[UUID]) -> dict[UUID, str]:
    """What the contacts are to become, masked; empty for a change of something else."""
    found = pick(AccountChange.id, AccountChange.email, AccountChange.mobile, Account.key_id).join(
        Account, col(Account.id) == AccountChange.account_id
    )
    changed = (await session.execute(found.where(col(AccountChange.id).in_(ids)))).all()
    opened = await vaults(session, {row.key_id for row in changed})
    return {
        row.id: ", ".join(filter(None, (_masked(opened[row.key_id], row, name) for name in WAYS))) for row in changed
    }


def _masked(keys: Vault, row: Any, name: str) -> str:
    return masked(WAYS[name], reveal(keys, AccountChange, name, row.id, getattr(row, name)))
