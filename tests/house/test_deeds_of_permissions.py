"""What `permissions/` does for who shows it a proof: it demands a right and logs, as every operation does.

An `OpenProfile` is its own demand, for it is only ever of one's own account: then the deed can be told no other.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import Function, calls, functions, modules, named, tree
from tests.house.test_operations import DEMANDS, LOGS, reached

PROOFS = ("OpenPlan", "OpenMunicipality", "OpenProfile", "OpenHouse", "Editor", "CardHolder")
DEMANDED_BEFORE = {
    "permissions/inviting.py:invitable": "reads whose form it is; its page demands, and `invite` does",
    "permissions/sign_in/others.py:demand_may_touch": "is itself a demand, after the right",
}
READS = {
    "permissions/administering.py:registered": "what is asked about, before a reason is given",
    "permissions/ages.py:coming_of_age": "what to ask about",
    "permissions/ages.py:who_sees_to_it": "whom to ask",
    "permissions/destroying.py:plans_to_destroy": "what to destroy",
    "permissions/coordination.py:vacant_plans": "what to tell of",
    "permissions/coordination.py:who_appoints": "whom to tell",
    "permissions/house.py:consents_running_out": "what to warn of",
    "permissions/house.py:may_be_told": "asks a door",
    "permissions/house.py:who_renews": "whom to warn",
    "permissions/inviting.py:invitable": "whose form it is",
    "permissions/looking.py:look_as": "the plan, as another sees it",
    "permissions/revisions.py:plans_to_revise": "what to remind of",
    "permissions/revisions.py:who_revises": "whom to remind",
    "permissions/sign_in/apps.py:pending_app": "one's own, half set up",
    "permissions/sign_in/changes_made.py:due": "what to make",
    "permissions/sign_in/contact_codes.py:demonstrated_code": "one's own, in a demonstration",
    "permissions/sign_in/contact_codes.py:unproved": "one's own new address, half proved",
    "permissions/sign_in/others.py:demand_may_touch": "asks, and refuses",
    "permissions/sign_in/own_account.py:own_account": "one's own account, for its page",
    "permissions/sign_in/own_account.py:own_row": "one's own account, for what changes it",
    "permissions/sign_in/own_sessions.py:living_sessions": "where one is signed in",
    "permissions/sign_in/own_sessions.py:sign_ins": "how one has signed in",
    "permissions/sign_in/personal_codes.py:works_until": "of one's own code",
    "permissions/sign_in/step_up.py:has_password": "whether there is one to ask for",
}
CHANGES_NOTHING_YET = {
    "permissions/sign_in/apps.py:begin_app": "the account is as it was until `confirm_app`, which logs",
    "permissions/sign_in/contact_codes.py:send_another": "as the first code",
    "permissions/sign_in/contact_codes.py:send_contact_code": "the account is as it was until `confirm_contact`",
    "permissions/sign_in/step_up.py:rotate": "the same session goes on; what was done in it is logged",
}
WRITING = {"add", "add_all", "update", "delete", "insert", "insert_or_ignore", "seal", "tell", "flush", "end_all"}
OTHERS = {"Account", "Person", "account_id", "person_id", "user_id"}


def deeds() -> Iterator[tuple[str, Path, Function]]:
    for path in modules():
        for node in tree(path).body if named(path).startswith("permissions/") else []:
            if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_") and proof(node) in PROOFS:
                yield f"{named(path)}:{node.name}", path, node


def proof(deed: Function) -> str:
    """What must be shown first."""
    first = deed.args.args[0].annotation if deed.args.args else None
    return ast.unparse(first).strip("'\"") if first else ""


def begins_with_a_demand(path: Path, deed: Function) -> bool:
    """Itself, or by what it calls first in its own module."""
    first = deed.body[1] if ast.get_docstring(deed) else deed.body[0]
    names = {name for name, _ in calls(first)}
    mine = (function for function in functions(tree(path)) if function.name in names)
    return bool(names & set(DEMANDS)) or any(begins_with_a_demand(path, function) for function in mine)


DEEDS = {place: (path, deed) for place, path, deed in deeds()}
OWN = [place for place, (_path, deed) in DEEDS.items() if proof(deed) == "OpenProfile"]


@pytest.mark.parametrize("place", [place for place in DEEDS if place not in (*OWN, *DEMANDED_BEFORE)])
def test_a_deed_begins_with_a_demand(place: str) -> None:
    assert begins_with_a_demand(*DEEDS[place]), "demand the right of the proof first, whoever asks"


@pytest.mark.parametrize("place", [place for place in DEEDS if place not in (*READS, *CHANGES_NOTHING_YET)])
def test_a_deed_is_logged(place: str) -> None:
    assert reached(*DEEDS[place]) & set(LOGS), "what is done is logged in the same transaction"


@pytest.mark.parametrize("place", OWN)
def test_what_is_done_with_ones_own_account_can_be_done_with_no_other(place: str) -> None:
    _path, deed = DEEDS[place]
    told = [*deed.args.args[1:], *deed.args.kwonlyargs]
    assert not OTHERS & {word for each in told for word in (each.arg, ast.unparse(each.annotation or ast.Constant(0)))}


@pytest.mark.parametrize("place", READS)
def test_what_only_reads_writes_nothing(place: str) -> None:
    assert place in DEEDS, "it is gone: strike it out"
    assert not reached(*DEEDS[place]) & WRITING


def test_the_exceptions_are_still_there() -> None:
    assert {*DEMANDED_BEFORE, *READS, *CHANGES_NOTHING_YET} <= DEEDS.keys()


def test_the_deeds_are_found() -> None:
    """So that a change of how proofs are written does not quietly empty the tests above."""
    assert {"permissions/inviting.py:invite", "permissions/joining.py:confirm"} <= DEEDS.keys()
    assert len(OWN) > 15
