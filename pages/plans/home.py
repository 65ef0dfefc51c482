"""A plan's first page: a person, then what is new and what is to come (F54-F62). The coordinator chooses the blocks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.proof import OpenPlan
from models.plans.queries import about, completeness, goals, journal, people, settings, timeline
from models.plans.queries.contacts import visible_contacts
from models.plans.queries.people import Somebody
from models.plans.queries.settings import PlanSettings
from models.plans.rules.words import HomeBlock
from models.rich_text import plain
from models.rights import Element, Level
from pages.goals.views import Shelf, shelf_of
from pages.plans import about as about_page
from pages.plans import journal as journal_page
from pages.plans import young
from pages.plans.cards import cards
from pages.plans.entries import consent_end, deadlines, entries
from pages.plans.owner import owner_card
from pages.plans.pictures import picture_address
from pages.plans.room import ROOMS, HomePlan, address, goal_address, render_room
from pages.plans.settings import revision

router = APIRouter()
NEWS = 10
NEAREST = 5
WHOLE = 1_200
"""Letters of «Om meg selv» that are shown here; a longer one is begun here, and read on its own page."""

EXCERPT = 600


@dataclass(frozen=True)
class HomeShelf(Shelf):
    """With what the plan is set up as."""

    chosen: PlanSettings


@router.get("/plans/{plan_id}")
async def show_home(request: Request, plan: Annotated[OpenPlan, HomePlan]) -> Response:
    known, chosen = await shelf_of(plan), await settings.read(plan)
    shelf = HomeShelf(known.plan, known.everybody, known.last_visit, chosen)
    blocks = {block.value: await BLOCKS[block](shelf) if block in chosen.shown else None for block in HomeBlock}
    return render_room(
        *(request, plan, "plans/home.html", "home"),
        owner=owner_card(plan, shelf.everybody),
        doors=_doors(plan),
        blocks=blocks,
        revision=revision(chosen, plan.today),
        child=await young.card(plan),
        cards=await cards(plan),
        may_administer=plan.allows(Element.PLAN, Level.CHANGE),
    )


def _doors(plan: OpenPlan) -> list[dict[str, str]]:
    """The rooms one goes on to from here (F61)."""
    rooms = [room for room in ROOMS if room.under and room.is_for(plan)]
    return [{"words": _(room.words), "url": address(plan) + room.under, "drawing": room.drawing} for room in rooms]


async def _about(shelf: HomeShelf) -> dict[str, Any] | None:
    plan = shelf.plan
    if not plan.sees(about.place(plan)):
        return None
    text = await about.read(plan)
    words = plain(text)
    return {
        "text": text if len(words) <= WHOLE else words[:EXCERPT].rsplit(maxsplit=1)[0] + " …",
        "url": f"{address(plan)}/about",
        "change_url": about_page.change_address(plan),
        "is_begun": len(words) > WHOLE,
    }


async def _journal(shelf: HomeShelf) -> dict[str, Any] | None:
    plan = shelf.plan
    if not plan.reaches(Element.JOURNAL):
        return None
    visible = await journal.visible(plan)
    newest = [journal_page.card(shelf, one) for one in await journal.entries(plan, visible[:1])]
    return {
        "entry": newest[0] if newest else None,
        "older": len(visible) - len(newest),
        "url": f"{address(plan)}/journal",
        "new_url": journal_page.new_address(plan),
    }


async def _news(shelf: HomeShelf) -> dict[str, Any] | None:
    """What others did since the viewer was here; one more than is shown, to know whether there is more.

    When somebody was here last is theirs alone: not told to who looks through their eyes.
    """
    plan, since = shelf.plan, shelf.last_visit
    if plan.looking_as:
        return None
    found = await timeline.happened(plan, since=since, most=NEWS + 1) if since else []
    lines = [line for line in entries(plan, found, shelf.everybody, since) if line["new"]]
    return {"lines": lines[:NEWS], "more": len(lines) > NEWS, "since": since}


async def _coming(shelf: HomeShelf) -> list[dict[str, Any]]:
    """The nearest first."""
    plan = shelf.plan
    lines = deadlines(plan, await timeline.coming(plan)) + consent_end(plan)
    return sorted(lines, key=lambda line: line["at"])[:NEAREST]


async def _messages(shelf: HomeShelf) -> bool | None:
    return True if shelf.plan.reaches(Element.MESSAGES) else None


async def _goals(shelf: HomeShelf) -> list[dict[str, Any]] | None:
    plan = shelf.plan
    if not plan.reaches(Element.GOALS):
        return None
    return [
        {"url": goal_address(plan, goal.id), "title": goal.title, "progress": goal.progress}
        for goal in await goals.bare_goals(plan)
    ]


@dataclass(frozen=True)
class Guest:
    """Another participant, when they were last here (F58), and how they want to be reached (F38)."""

    name: str
    role: str
    at: datetime | None
    picture: str | None
    contact: Any


async def _visitors(shelf: HomeShelf) -> dict[str, Any] | None:
    plan = shelf.plan
    if not plan.allows(Element.PARTICIPANTS, Level.READ):
        return None
    visits, contacts = await people.last_visits(plan), await visible_contacts(plan)

    def guest(one: Somebody) -> Guest:
        at = visits.get(one.account_id) if one.account_id else None
        contact = contacts.get(one.person_id) if one.person_id else None
        return Guest(one.name, one.role, at, picture_address(plan, one), contact)

    mine = {standing.participant_id for standing in plan.standings}
    people_here = [one for one in shelf.everybody if one.account_id and one.taking_part]
    others = [one for one in people_here if one.account_id != plan.actor_id and one.participant_id not in mine]
    return {"guests": [guest(one) for one in others], "may_invite": plan.allows(Element.PARTICIPANTS, Level.CHANGE)}


async def _completeness(shelf: HomeShelf) -> dict[str, Any] | None:
    """How much of what the plan must contain is there (N6)."""
    found = await completeness.summary(shelf.plan, shelf.everybody, shelf.chosen)
    if found is None:
        return None
    fulfilled, total = found
    return {"fulfilled": fulfilled, "total": total, "url": f"{address(shelf.plan)}/completeness"}


BLOCKS: dict[HomeBlock, Callable[[HomeShelf], Awaitable[Any]]] = {
    HomeBlock.ABOUT: _about,
    HomeBlock.JOURNAL: _journal,
    HomeBlock.NEWS: _news,
    HomeBlock.COMING: _coming,
    HomeBlock.MESSAGES: _messages,
    HomeBlock.GOALS: _goals,
    HomeBlock.VISITORS: _visitors,
    HomeBlock.COMPLETENESS: _completeness,
}
"""What fills each block; None when the viewer may see none of it."""
