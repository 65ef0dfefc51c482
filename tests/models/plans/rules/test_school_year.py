"""What a goal's copy is called when the school year is turned."""

import pytest

from models.plans.rules.school_year import next_title


@pytest.mark.feature("F81")
@pytest.mark.parametrize(
    ("title", "becomes"),
    [
        ("8. NATURFAG 2014/2015", "8. NATURFAG 2015/2016"),
        ("Norsk 2025/26", "Norsk 2026/27"),
        ("Norsk 2025–2026, lesing", "Norsk 2026–2027, lesing"),
        ("Norsk 2025 - 2026", "Norsk 2026 - 2027"),
        ("Norsk 1999/2000", "Norsk 2000/2001"),
        ("Norsk 2098/99", "Norsk 2099/00"),
    ],
)
def test_school_years_are_counted_up(title: str, becomes: str) -> None:
    assert next_title(title) == becomes


@pytest.mark.parametrize(
    "title",
    [
        "Norsk, 7. trinn",
        "Fra 2020–2024",
        "2025/2025",
        "Telefon 2025/2026789",
        "12025/2026",
        "Mål 2026",
        "",
        "1/2",
        "2025/24",
    ],
)
def test_what_is_no_school_year_is_left_alone(title: str) -> None:
    assert next_title(title) == title
