"""What a new password must be (F14), the same wherever it is chosen (F18)."""

import time

import pytest

from models.i18n import speaking
from models.refusals import Invalid
from permissions.sign_in.password_rule import PasswordRule

pytestmark = [pytest.mark.feature("F14"), pytest.mark.feature("F18")]
TWELVE = PasswordRule()
KARI = ["kari.hansen@vik.example", "Kari", "Hansen"]
GUESSABLE = {
    "Passord123456": "Passordet ligner på noe mange bruker.",
    "Sommeren2026": "Passordet ligner på noe mange bruker.",
    "Fotballag2026": "Passordet ligner på noe mange bruker.",
    "Qwertyuiop12": "Passordet ligner på noe mange bruker.",
    "aA1aA1aA1aA1": "Passordet gjentar de samme tegnene.",
    "Karihansen12": "Passordet inneholder navnet eller brukernavnet ditt.",
}


async def refusal(password: str, again: str | None = None, rule: PasswordRule = TWELVE) -> dict[str, str]:
    try:
        await rule.check(password, password if again is None else again, KARI)
    except Invalid as invalid:
        return invalid.fields
    return {}


@pytest.mark.parametrize(
    "password", ["Et-godt-passord-7", "Blåbær og Mus i 3 hus", "Medvirk-demo-2026", "Aa1" + "øxq!" * 40]
)
async def test_a_good_password_will_do(password: str) -> None:
    assert await refusal(password) == {}


@pytest.mark.parametrize(
    "password", ["", "Kort-1", "bare-små-bokstaver-1", "BARE-STORE-1-BOKSTAVER", "Ingen-siffer-her"]
)
async def test_a_password_that_is_short_or_of_one_kind_will_not(password: str) -> None:
    assert await refusal(password) == {"password": "Bruk minst 12 tegn, med både små og store bokstaver og tall."}


@pytest.mark.parametrize(("password", "why"), GUESSABLE.items())
async def test_a_password_that_others_guess_will_not_and_the_sentence_says_why(password: str, why: str) -> None:
    assert (await refusal(password))["password"].startswith(why)


async def test_two_that_differ_will_not() -> None:
    assert await refusal("Et-godt-passord-7", "Et-godt-passord-8") == {"again": "De to passordene er ikke like."}


async def test_nobody_has_a_password_of_more_than_two_hundred_signs() -> None:
    assert await refusal("Aa1" + "x-q!" * 50) == {"password": "Passordet kan være på høyst 200 tegn."}


async def test_an_installation_may_ask_for_six_signs_as_the_manual_does() -> None:
    rule = PasswordRule(6)
    assert await refusal("qP7rt", rule=rule) == {
        "password": "Bruk minst 6 tegn, med både små og store bokstaver og tall."
    }
    assert await refusal("qP7-rt", rule=rule) == {}
    assert rule.in_words().startswith("Minst 6 tegn")


async def test_the_meter_and_the_rule_judge_alike() -> None:
    rule = PasswordRule()
    for password in [*GUESSABLE, "Kort-1", "Et-godt-passord-7"]:
        strength = await rule.weigh(password, KARI)
        assert (strength.lacks is None) == (await refusal(password) == {})
        assert (strength.score > 1) == (strength.lacks is None)


@pytest.mark.parametrize("password", ["4@8({[<369&#!1/|0$5+7%2" * 4_000, "aA1" * 50_000, "å🙂" * 30_000, "\x00" * 9])
async def test_no_password_takes_long_to_weigh(password: str) -> None:
    began = time.monotonic()
    await PasswordRule().weigh(password)
    assert time.monotonic() - began < 5


async def test_the_sentence_is_in_the_language_that_is_spoken() -> None:
    with speaking("nb"):
        assert (await PasswordRule().weigh("Et-godt-passord-7")).words == "svært sterkt"
