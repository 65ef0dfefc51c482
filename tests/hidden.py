"""What each of the named people must never read, taken from the script of the town and not from the policy."""

from collections.abc import Iterator
from typing import Any

from seed.cast import script


def hidden_from(user_name: str) -> set[str]:
    """Every text in the scripted plans, except those that the script itself lets the person in to."""
    open_ = "\n".join(_texts(lambda plan, goal: _is_in(user_name, plan, goal)))
    return {text for text in _texts(lambda plan, goal: True) if text not in open_}


def _is_in(user_name: str, plan: dict[str, Any], goal: dict[str, Any] | None) -> bool:
    """`utlopt` was let in, but the consent has ended; `only_goal` lets in to one goal and no further."""
    mine = [line for line in plan["participants"] if line["who"] == user_name and line["to"] >= 0]
    return any(goal is None or line.get("only_goal", goal["key"]) == goal["key"] for line in mine)


def _texts(chosen: Any) -> set[str]:
    return {" ".join(text.split()) for plan in script()["plans"] for text in _said(plan, chosen)}


def _said(plan: dict[str, Any], chosen: Any) -> Iterator[str]:
    if chosen(plan, None):
        yield from plan["about"].split("\n\n")
    for goal in plan["goals"]:
        if not chosen(plan, goal):
            continue
        yield from (goal["title"], goal["description"])
        for activity in goal["activities"]:
            yield from (activity["title"], activity["description"])
        for comment in goal["comments"]:
            yield comment["text"]
