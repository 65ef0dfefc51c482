"""One mailbox is never both factors, and nobody learns an address from the page that says where a code went."""

from uuid import uuid4

import pytest

from models.accounts.rules import CodeChannel
from models.accounts.tables.account import Account
from models.base import seal
from models.clock import SteppingClock
from models.notices.rules import Channel
from models.sealing import KeyRing, Vault
from permissions.sign_in.ways import NoWay, code_way, has_another_than_mail, masked_target, news_way

EMAIL, SMS, APP = CodeChannel.EMAIL, CodeChannel.SMS, CodeChannel.APP
HAS = {"e": "email", "m": "mobile", "a": "totp_secret"}


@pytest.fixture
def keys(keys: KeyRing) -> Vault:
    key_id = uuid4()
    return keys.vault(key_id, *keys.new_key(key_id))


def account(
    keys: Vault, clock: SteppingClock, has: str, chosen: CodeChannel = EMAIL, *, by_mail: bool = False
) -> Account:
    made = Account(key_id=keys.key_id, user_name="kari", made_at=clock.now(), code_channel=chosen)
    made.password_by_mail = by_mail
    contacts = {"email": "kari@vik.example", "mobile": "00 00 00 01", "totp_secret": "ABCD"}
    seal(keys, made, **{HAS[one]: contacts[HAS[one]] for one in has})
    return made


@pytest.mark.feature("F12")
@pytest.mark.parametrize(
    ("has", "chosen", "by_mail", "way"),
    [
        *(("em", EMAIL, False, EMAIL), ("em", SMS, False, SMS), ("ema", APP, False, APP), ("ema", EMAIL, False, EMAIL)),
        *(("m", EMAIL, False, SMS), ("e", SMS, False, EMAIL), ("e", APP, False, EMAIL), ("a", EMAIL, False, APP)),
        *(("em", EMAIL, True, SMS), ("ea", EMAIL, True, APP), ("ema", SMS, True, SMS), ("ema", EMAIL, True, APP)),
        *(("e", EMAIL, True, None), ("e", SMS, True, None), ("", EMAIL, False, None)),
    ],
)
def test_the_code_goes_the_chosen_way_but_never_by_mail_after_a_password_by_mail(
    keys: Vault, clock: SteppingClock, has: str, chosen: CodeChannel, by_mail: bool, way: CodeChannel | None
) -> None:
    who = account(keys, clock, has, chosen, by_mail=by_mail)
    if way is not None:
        assert code_way(who) is way
        return
    with pytest.raises(NoWay) as no_way:
        code_way(who)
    assert no_way.value.by_mail is by_mail


@pytest.mark.parametrize(("has", "another"), [("e", False), ("em", True), ("ea", True), ("m", True), ("", False)])
def test_a_mailed_link_is_of_use_only_to_who_has_another_way(
    keys: Vault, clock: SteppingClock, has: str, another: bool
) -> None:
    assert has_another_than_mail(account(keys, clock, has)) is another


@pytest.mark.parametrize(("has", "told_by"), [("e", Channel.EMAIL), ("em", Channel.EMAIL), ("m", Channel.SMS)])
def test_who_has_no_mail_is_told_by_sms(keys: Vault, clock: SteppingClock, has: str, told_by: Channel) -> None:
    assert news_way(account(keys, clock, has)) is told_by


def test_the_address_is_shown_only_so_far_that_its_owner_knows_it(keys: Vault, clock: SteppingClock) -> None:
    who = account(keys, clock, "ema")
    assert [masked_target(keys, who, way) for way in (EMAIL, SMS, APP)] == ["k•••@vik.example", "••• 01", ""]
