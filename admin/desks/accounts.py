"""Accounts (F17, F24): who has one, asking for changes of one, and approving what a colleague has asked for.

Addresses are shown masked: nobody here needs to read where another person's codes go.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field
from sqlalchemy import Select, and_, exists, func
from sqlmodel import col

from admin.action import HouseAction
from admin.desk import Desk
from admin.desks.appointments import AppointHolder
from admin.entry import Entry
from models.accounts.rules import ChangeKind, ChangeReason, CodeChannel
from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity
from models.base import pick, reveal
from models.i18n import N_, _
from models.labels import label as word
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.queries import vault
from models.people.tables import Person
from models.rights import Right
from permissions import scopes
from permissions.door import open_municipality
from permissions.sign_in import changes, others
from permissions.sign_in.apps import has_app
from permissions.sign_in.ways import masked

NAME = (col(Person.family_name) + ", " + col(Person.given_name)).label("name")
LINKED = exists().where(col(Identity.account_id) == Account.id, col(Identity.ended_at).is_(None)).correlate(Account)
LAST = (
    pick(func.max(LogRow.at))
    .where(col(LogRow.actor_id) == Account.id, col(LogRow.event) == Event.SIGNED_IN)
    .correlate(Account)
    .scalar_subquery()
)


class AccountAction(HouseAction):
    """What one person may do to another's account."""

    label = ""
    right = Right.PEOPLE_EDIT
    place = "item"
    form: ClassVar[type[Entry]] = Entry
    labels = {"reason": N_("Hvorfor"), "email": N_("Ny e-post"), "mobile": N_("Ny mobil")}
    words = {"reason": word}
    submit = N_("Be om endringen")
    shown_on = "${!is_closed}"
    kind: ClassVar[ChangeKind]

    @classmethod
    def offered(cls, viewer: Any, name: str, kind: Any) -> Any:
        return changes.REASONS[cls.kind]

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        here = await open_municipality(session, viewer, self.right)
        typed = entry.model_dump(exclude={"reason"})
        await changes.ask(here, row, self.kind, entry.reason, **typed)
        return _("Du har bedt om endringen. Nå må en annen som kan redigere personer, godkjenne den.")


class ContactsForm(Entry):
    reason: ChangeReason
    email: str | None = Field(default=None, max_length=200)
    mobile: str | None = Field(default=None, max_length=20)


class AskContacts(AccountAction):
    label = N_("Ny e-post eller mobil")
    form = ContactsForm
    kind = ChangeKind.CONTACTS
    hint = N_(
        "Hvor engangskodene skal gå, når personen ikke får endret det selv. En kollega må godkjenne. Så får personen "
        "beskjed der vi kjenner dem, og ett døgn til å stoppe det. La feltet stå tomt for å beholde det som er."
    )


class RelinkForm(Entry):
    reason: ChangeReason


class AskRelink(AccountAction):
    label = N_("Ny kobling til ID-porten")
    form = RelinkForm
    shown_on = "${is_linked && !is_closed}"
    kind = ChangeKind.RELINK
    hint = N_(
        "Rett fødselsnummeret på personkortet først. En kollega må godkjenne, og etter ett døgn fjernes koblingen. "
        "Den som har passord, logger på med det og kobler til på nytt. Den som ikke har passord, må inviteres på nytt "
        "av koordinatoren i planen. Går ikke det, kan dere gi en ny invitasjon her."
    )


class InviteForm(Entry):
    reason: ChangeReason = ChangeReason.LOST_ACCESS


class AskInvite(AccountAction):
    label = N_("Ny invitasjon")
    form = InviteForm
    kind = ChangeKind.INVITE
    hint = N_(
        "For den som har glemt passordet og ikke kan lage et nytt selv. En kollega må godkjenne. Så får personen "
        "beskjed der vi kjenner dem, og ett døgn til å stoppe det. Etter det henter du lenken under Endringer som "
        "venter, og gir den til personen selv."
    )


class CloseAccount(HouseAction):
    label = N_("Steng")
    right = Right.PEOPLE_EDIT
    place = "item"
    form = Entry
    shown_on = "${!is_closed}"
    hint = N_("Ingen kan logge på med kontoen før noen åpner den igjen. Den som er pålogget nå, blir logget ut.")

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        await others.close(await open_municipality(session, viewer, self.right), row)
        return _("Kontoen er stengt.")


class ReopenAccount(HouseAction):
    label = N_("Åpne")
    right = Right.PEOPLE_EDIT
    place = "item"
    form = Entry
    shown_on = "${is_closed}"
    hint = N_("Kontoen virker igjen, med samme passord som før.")

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        await others.reopen(await open_municipality(session, viewer, self.right), row)
        return _("Kontoen er åpnet.")


class AccountDesk(Desk):
    model = Account
    right = Right.PEOPLE_EDIT
    scope = scopes.administered_accounts
    label = N_("Brukerkontoer")
    slug = "accounts"
    hint = N_("Kontoene til dem som har et personkort i kommunen. Én konto gjelder i alle kommuner og planer.")
    empty_text = N_("Ingen treff. Prøv en del av navnet eller brukernavnet.")
    list_display = [
        *(NAME, Account.user_name, Account.code_channel, LINKED.label("linked")),
        col(Account.disabled_at).is_not(None).label("closed"),
    ]
    list_order = [Person.family_name, Person.given_name]
    list_filter = [Account.code_channel]
    search_label = N_("Navn eller brukernavn")
    search_fields = [
        *(NAME.element, col(Person.given_name) + " " + col(Person.family_name)),
        Account.user_name,
    ]
    read_fields = [
        *(Account.user_name, Account.code_channel, Account.email, Account.mobile),
        *(col(Account.totp_secret).is_not(None).label("has_app"), LAST.label("last")),
    ]
    create_fields = update_fields = []
    actions = [AskContacts, AskRelink, AskInvite, AppointHolder, CloseAccount, ReopenAccount]
    labels = {
        "name": N_("Navn"),
        "user_name": N_("Brukernavn"),
        "code_channel": N_("Koder på"),
        "has_app": N_("Har app"),
        "linked": N_("ID-porten"),
        "closed": N_("Stengt"),
        "last": N_("Sist pålogget"),
        "email": N_("E-post for koder"),
        "mobile": N_("Mobil for koder"),
    }
    words = {"code_channel": word}
    long = frozenset({"user_name"})

    def select(self, session: Any, viewer: Any, asked: Mapping[str, str]) -> Select[Any]:
        card = and_(col(Person.account_id) == Account.id, col(Person.municipality_id) == viewer.municipality_id)
        return super().select(session, viewer, asked).select_from(Account).join(Person, card)

    async def present(self, session: Any, viewer: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """With what the buttons are shown by: words differ from language to language."""
        kept = [{f"is_{name}": row[name] for name in ("linked", "closed") if name in row} for row in rows]
        return [row | facts for row, facts in zip(await super().present(session, viewer, rows), kept, strict=True)]

    async def viewed(self, session: Any, viewer: Any, row: Any) -> dict[str, Any]:
        keys = await vault(session, row.key_id)
        shown = {"user_name": row.user_name, "code_channel": row.code_channel, "has_app": has_app(row)}
        shown["last"] = await session.scalar(pick(LAST).where(col(Account.id) == row.id))
        addresses = {
            name: masked(way, reveal(keys, Account, name, row.id, getattr(row, name)))
            for name, way in (("email", CodeChannel.EMAIL), ("mobile", CodeChannel.SMS))
        }
        return (await self.present(session, viewer, [shown | addresses]))[0]
