"""By which way codes and news reach an account: the person's choice, unless one mailbox would be both factors."""

from collections.abc import Mapping

from models.accounts.rules import CodeChannel
from models.accounts.tables.account import Account
from models.base import unseal
from models.notices.rules import Channel
from models.sealing import Vault

WAYS: Mapping[str, CodeChannel] = {"email": CodeChannel.EMAIL, "mobile": CodeChannel.SMS}
"""The contacts of an account by name, and the ways they are."""

COLUMNS = {way: column for column, way in WAYS.items()}


class NoWay(Exception):
    """No code can reach the person. `by_mail`: the password came by mail, and there is nothing else than mail."""

    def __init__(self, *, by_mail: bool) -> None:
        super().__init__(by_mail)
        self.by_mail = by_mail


def ways(account: Account) -> list[CodeChannel]:
    """The ways that can be used now, the chosen one first. A password that came by mail closes the way by mail."""
    open_ = {
        CodeChannel.APP: account.totp_secret is not None,
        CodeChannel.SMS: account.mobile is not None,
        CodeChannel.EMAIL: account.email is not None and not account.password_by_mail,
    }
    return sorted((way for way, is_open in open_.items() if is_open), key=lambda way: way is not account.code_channel)


def code_way(account: Account) -> CodeChannel:
    """Where the next code comes from; raises NoWay."""
    for way in ways(account):
        return way
    raise NoWay(by_mail=account.password_by_mail)


def has_another_than_mail(account: Account) -> bool:
    """Whether a password that is chosen through a mailed link would be good for anything."""
    return account.totp_secret is not None or account.mobile is not None


def news_way(account: Account) -> Channel:
    """How the person is told about the account itself."""
    return Channel.EMAIL if account.email is not None or account.mobile is None else Channel.SMS


def masked_target(keys: Vault, account: Account, way: CodeChannel) -> str:
    """As `masked`, of the account's own address."""
    column = COLUMNS.get(way)
    return masked(way, unseal(keys, account, column)) if column else ""


def masked(way: CodeChannel, address: str) -> str:
    """Enough of the address for its owner to know it, and for nobody else; empty for the app, and for no address."""
    match way:
        case CodeChannel.EMAIL if address:
            name, _at, domain = address.rpartition("@")
            return f"{name[:1]}•••@{domain}"
        case CodeChannel.SMS if address:
            return f"••• {address.strip()[-2:]}"
        case _:
            return ""
