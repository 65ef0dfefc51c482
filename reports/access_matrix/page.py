"""The matrix as a page of its own, for somebody who reads it from the top: who comes in, and what they may do there.

What has the same answer is told once; nothing is left out.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.labels import LABELS
from models.plans.rules.rights import level_name
from models.rights import Element, Level, PlanKind, Role
from models.templates.tables import RoleTemplate
from permissions.access_matrix import ADMINISTRATOR, OPEN_THE_PLAN, VERBS, Cell


class Given(NamedTuple):
    """What a level gives: the questions that are answered with yes, and the reasons for no."""

    level: str
    may: str
    why_not: tuple[str, ...]


ROLES = [LABELS[Role][role] for role in Role]
YES = "ja"


def page(cells: list[Cell], standard: Iterable[RoleTemplate]) -> bytes:
    """Self-contained, and the same for the same policy."""
    drawn = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    inside = [cell for cell in cells if cell.asked in VERBS]
    return (
        drawn.get_template("page.html")
        .render(
            roles=ROLES,
            count=f"{len(cells):,}".replace(",", "\N{NO-BREAK SPACE}"),
            doors=list(_doors(cells)),
            closing=_closing(cells),
            levels=[LABELS[Level][level] for level in Level],
            openings=list(_openings(inside)),
            overrides=list(_overrides(inside)),
            administrator=_grouped(cell for cell in inside if cell.role == ADMINISTRATOR),
            standard=list(_standard(standard)),
        )
        .encode()
    )


def _doors(cells: Iterable[Cell]) -> Iterator[dict[str, Any]]:
    """For each state of a plan: what it rests on, and what each role is answered."""
    asked = [cell for cell in cells if cell.asked == OPEN_THE_PLAN and not cell.otherwise]
    for state in dict.fromkeys(cell.state for cell in asked):
        rows: dict[tuple[str, str], list[Cell]] = {}
        for cell in asked:
            if cell.state == state:
                rows.setdefault((cell.basis, cell.consent), []).append(cell)
        yield {"state": state, "rows": list(_merged(rows))}


def _merged(rows: dict[tuple[str, str], list[Cell]]) -> Iterator[tuple[str, str, list[Cell]]]:
    """Bases that are answered alike whatever the consent, take one row each; all alike, one row for all."""
    if len({_answers(row) for row in rows.values()}) == 1:
        yield ("uansett", "uansett", next(iter(rows.values())))
        return
    for basis, group in groupby(rows.items(), key=lambda row: row[0][0]):
        found = list(group)
        if len({_answers(cells) for _, cells in found}) == 1:
            yield (basis, "uansett", found[0][1])
        else:
            yield from ((basis, consent, cells) for (_, consent), cells in found)


def _answers(row: Iterable[Cell]) -> tuple[tuple[str, str], ...]:
    return tuple((cell.answer, cell.reason) for cell in row)


def _closing(cells: Iterable[Cell]) -> list[tuple[str, list[Cell]]]:
    rows: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.otherwise:
            rows.setdefault(cell.otherwise, []).append(cell)
    return list(rows.items())


def _openings(inside: list[Cell]) -> Iterator[dict[str, Any]]:
    """What each level gives in a plan that opens; the ways of opening in which it gives the same, told together."""
    found: dict[tuple[Any, ...], dict[str, list[str]]] = {}
    plain = [cell for cell in inside if not cell.override and cell.role in ROLES]
    for where, group in groupby(plain, key=lambda cell: (cell.role, cell.state, cell.basis, cell.consent)):
        role, *place = where
        told = tuple(_grouped(group))
        found.setdefault(told, {}).setdefault(_place(*place), []).append(role)
    for told, places in found.items():
        yield {"places": [(place, ", ".join(roles)) for place, roles in places.items()], "rows": told}


def _place(state: str, basis: str, consent: str) -> str:
    return f"Plan: {state}. Grunnlag: {basis}. Samtykke: {consent}"


def _overrides(inside: list[Cell]) -> Iterator[dict[str, Any]]:
    """The same for every role, else the table would say so."""
    asked = dict.fromkeys((cell.override, cell.state) for cell in inside if cell.override)
    for override, state in asked:
        tables: dict[tuple[Any, ...], list[str]] = {}
        for role in ROLES:
            told = _grouped(c for c in inside if (c.override, c.state, c.role) == (override, state, role))
            tables.setdefault(tuple(told), []).append(role)
        for rows, roles in tables.items():
            yield {
                "words": override,
                "state": state,
                "roles": "alle" if roles == ROLES else ", ".join(roles),
                "rows": rows,
            }


def _grouped(cells: Iterable[Cell]) -> list[tuple[str, tuple[Given, ...]]]:
    """(parts that are answered alike, what each of their levels gives)."""
    rows: dict[str, tuple[Given, ...]] = {}
    for (part, _level), group in groupby(cells, key=lambda cell: (cell.element, cell.level)):
        rows[part] = (*rows.get(part, ()), _given(list(group)))
    alike: dict[tuple[Given, ...], list[str]] = {}
    for part, row in rows.items():
        alike.setdefault(row, []).append(part)
    return [(", ".join(parts), row) for row, parts in alike.items()]


def _given(asked: list[Cell]) -> Given:
    yes = [cell.asked for cell in asked if cell.answer == YES]
    no = dict.fromkeys(cell.reason for cell in asked if cell.answer != YES)
    return Given(asked[0].level, ", ".join(yes), tuple(no))


def _standard(rows: Iterable[RoleTemplate]) -> Iterator[dict[str, Any]]:
    by_kind: dict[PlanKind, list[RoleTemplate]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    for kind, roles in by_kind.items():
        levels = [
            (LABELS[Element][element], [level_name(element, role.levels()[element]) for role in roles])
            for element in Element
        ]
        yield {"kind": LABELS[PlanKind][kind], "roles": [role.label for role in roles], "rows": levels}
