"""Every operation demands a right, and leaves a trace in the log."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import Function, calls, functions, modules, named, tree

DEMANDS = (
    *("demand", "demand_author", "demand_coordinator", "demand_guardian", "demand_card"),
    *("demand_new", "demand_change", "demand_delete", "demand_measurer", "demand_owner_side"),
    *("demand_decider", "demand_own"),
    *("demand_contributor", "demand_receiver", "demand_reporter", "demand_signer"),
)
LOGS = ("record", "answer", "keep", "discard", "recover", "apply", "ask_for_more", "begin_use")
WITHOUT_PROOF = {
    "models/log/operations.py": "the log itself, which every proof writes through",
    "models/notices/operations.py": "the outbox: queued by operations, moved by the delivering job",
    "models/plans/operations/keeping.py": "what operations share, after they have demanded",
    "models/plans/operations/demands.py": "the demands themselves",
    "models/plans/operations/assigning.py": "what new participations share, after their operations have demanded",
    "models/plans/operations/coordinating.py": "what becoming a coordinator shares, after its operations have demanded",
    "models/plans/operations/consenting.py": "what a yes to a participant shares, after its operations have demanded",
    "models/plans/operations/joining.py": "what coming and going share, after their operations have demanded",
    "models/plans/operations/proposing.py": "what questions to the owner share, after their operations have demanded",
    "models/plans/operations/ledgers.py": "what bases and consents share, after their operations have demanded",
    "models/plans/operations/beginning.py": "how a plan comes into use, after an operation has demanded",
    "models/plans/operations/rights.py": "how rights are set, once an operation has demanded or the owner said yes",
    "models/plans/operations/spans.py": "what changes of the plan itself share, after their operations have demanded",
}
NOT_DEEDS = {
    "models/organisation/operations.py:new_vault": "makes keys for what other operations add",
    "models/people/operations.py:new_card": "what operations that add a person share, after they have demanded",
    "models/plans/operations/young.py:demand_guardian": "is itself a demand: guardians decide by who they are",
    "models/plans/operations/participants.py:demand_participant": "is itself a demand; changes nothing",
    "models/plans/operations/leaving.py:demand_own": "is itself a demand; changes nothing",
    "models/plans/operations/proposals.py:demand_decider": "is itself a demand; changes nothing",
    "models/plans/operations/bin.py:demand_room": "is itself a demand; changes nothing",
    "models/plans/operations/undoing.py:demand_undo": "is itself a demand; changes nothing",
    "models/plans/operations/tasks.py:ask": "asked by operations that have demanded, and by jobs that watch",
}
NOT_LOGGED = {
    "models/plans/operations/drafts.py": "nobody has said anything yet: a draft is its writer's own",
    "models/plans/operations/begun.py": "there is no plan yet: what is begun is its maker's own",
}


def operations() -> Iterator[tuple[str, Path, Function]]:
    for path in modules():
        name = named(path)
        is_operations = name.startswith("models/") and ("/operations/" in name or name.endswith("/operations.py"))
        if is_operations and name not in WITHOUT_PROOF:
            for node in tree(path).body:
                place = f"{name}:{getattr(node, 'name', '_')}"
                if isinstance(node, Function) and ":_" not in place and place not in NOT_DEEDS:
                    yield place, path, node


def reached(path: Path, start: Function) -> set[str]:
    """Everything called by the function, and by those of its own module that it calls."""
    mine = {function.name: function for function in functions(tree(path))}
    names, waiting = set[str](), [start]
    while waiting:
        new = {name for name, _ in calls(waiting.pop())} - names
        names |= new
        waiting += [mine[name] for name in new & mine.keys()]
    return names


DEEDS = list(operations())


@pytest.mark.parametrize(("path", "deed"), [deed[1:] for deed in DEEDS], ids=[deed[0] for deed in DEEDS])
def test_an_operation_demands_a_right_and_logs(path: Path, deed: Function) -> None:
    names = reached(path, deed)
    assert names & set(DEMANDS), "an operation begins by demanding its right of the proof"
    assert names & set(LOGS) or named(path) in NOT_LOGGED, "what is done is logged in the same transaction"


@pytest.mark.parametrize(("path", "deed"), [deed[1:] for deed in DEEDS], ids=[deed[0] for deed in DEEDS])
def test_the_demand_is_the_first_statement(path: Path, deed: Function) -> None:
    first = deed.body[1] if ast.get_docstring(deed) else deed.body[0]
    assert {name.lstrip("_") for name, _ in calls(first)} & set(DEMANDS)


@pytest.mark.parametrize(("path", "deed"), [deed[1:] for deed in DEEDS], ids=[deed[0] for deed in DEEDS])
def test_an_operation_takes_a_proof_first_and_never_an_id(path: Path, deed: Function) -> None:
    hints = [ast.unparse(argument.annotation) for argument in deed.args.args if argument.annotation]
    assert hints[0] in ("OpenPlan", "OpenMunicipality", "Editor", "OpenHouse", "CardHolder", "OpenConsent")
    assert "UUID" not in hints


def test_the_exceptions_are_still_there() -> None:
    names = {named(path) for path in modules()}
    assert {*WITHOUT_PROOF, *NOT_LOGGED, *(name.split(":")[0] for name in NOT_DEEDS)} <= names
