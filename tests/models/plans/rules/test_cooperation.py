"""What is written of contributions and of other services."""

import pytest

from models.plans.rules.cooperation import CONTACT, CONTRIBUTION, PURPOSE, check_contribution, check_cooperation
from models.plans.rules.goals import TITLE
from models.refusals import Invalid


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "a" * (CONTRIBUTION + 1)])
def test_a_contribution_says_something_and_has_an_end(text: str) -> None:
    with pytest.raises(Invalid) as invalid:
        check_contribution(text)
    assert set(invalid.value.fields) == {"text"}


def test_a_service_has_a_name_and_each_text_an_end() -> None:
    check_cooperation(title="NAV", purpose="", contact="")
    with pytest.raises(Invalid) as invalid:
        check_cooperation(title=" ", purpose="a" * (PURPOSE + 1), contact="a" * (CONTACT + 1))
    assert set(invalid.value.fields) == {"title", "purpose", "contact"}
    with pytest.raises(Invalid):
        check_cooperation(title="a" * (TITLE + 1), purpose="", contact="")
