"""An item's place among guarded things: itself, then each parent. Nobody sees a child without its parents. Pure."""

from uuid import UUID

from models.rights import Element

Chain = tuple[tuple[Element, UUID], ...]


def goal_chain(goal_id: UUID) -> Chain:
    return ((Element.GOALS, goal_id),)


def activity_chain(activity_id: UUID, goal_id: UUID) -> Chain:
    return ((Element.ACTIVITIES, activity_id), *goal_chain(goal_id))


def comment_chain(comment_id: UUID, activity_id: UUID | None, goal_id: UUID) -> Chain:
    """A comment lies under an activity of the goal, or under the goal itself."""
    above = activity_chain(activity_id, goal_id) if activity_id else goal_chain(goal_id)
    return ((Element.COMMENTS, comment_id), *above)
