"""Proofs are minted only in `permissions/`, and only the database module commits."""

import ast
from pathlib import Path

import pytest

from tests.house.sources import calls, modules, named, tree

MINTED = ("Viewer", "OpenPlan", "OpenConsent", "OpenMunicipality", "OpenProfile", "OpenHouse")


@pytest.mark.parametrize("proof", MINTED)
def test_a_proof_is_minted_only_in_permissions(proof: str) -> None:
    minting = [named(path) for path in modules() if any(name == proof for name, _ in calls(tree(path)))]
    outside = [name for name in minting if not name.startswith("permissions/")]
    assert outside == [], f"{proof} proves that a door was passed: open the door instead"
    assert minting, f"nothing mints {proof}: this test looks for the wrong name"


def test_a_proof_is_never_changed_by_replacing_its_fields() -> None:
    copies = [(named(path), call) for path in modules() for name, call in calls(tree(path)) if name == "replace"]
    assert [name for name, call in copies if _of_proof(call)] == []


def _of_proof(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Name) and first.id in ("viewer", "plan", "proof", "opened")


def _ours(path: Path) -> bool:
    """Whether the module means our own Settings, not those of the admin framework."""
    imports = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom))
    return any(node.module == "models.settings" for node in imports)


COMMITS = {
    "models/database.py": "the one place",
    "models/migrations/env.py": "Alembic's own entry, run without the house",
}


def test_only_the_database_module_commits() -> None:
    committing = {named(path) for path in modules() if any(name == "commit" for name, _ in calls(tree(path)))}
    assert committing <= COMMITS.keys()


def test_only_the_database_module_opens_sessions_for_itself() -> None:
    opening = {named(path) for path in modules() if any(name == "HouseSession" for name, _ in calls(tree(path)))}
    assert opening == {"models/database.py"}


def test_only_the_entry_and_the_migrations_construct_settings() -> None:
    making = {named(path) for path in modules() if _ours(path) and "Settings" in dict(calls(tree(path)))}
    assert making <= {"main.py", "models/migrations/env.py"}
