"""Names that others find accounts by are one's own, and look like nobody else's."""

import pytest

from models.accounts.rules import user_name_mistake

OWN = "kari@fjordvik.example"


@pytest.mark.feature("F19")
@pytest.mark.parametrize("name", ["kari", "kari.hansen", "kari_h-2", "bjørn.åge", OWN])
def test_plain_names_and_ones_own_address_will_do(name: str) -> None:
    assert user_name_mistake(name, OWN) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("ab", "a" * 201, "kari hansen", "kari\n", "🐟🐟🐟🐟", "sjef@fjordvik.example"),
        *("superadmin＠fjordvik.example", "k\N{CYRILLIC SMALL LETTER A}ri", "kari\N{ZERO WIDTH SPACE}", "kari\u202e"),
    ],
)
def test_somebody_elses_address_and_what_only_looks_like_a_name_will_not(name: str) -> None:
    assert user_name_mistake(name, OWN)
