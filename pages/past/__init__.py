"""The time machine (N10): the plan as it was on a day, what changed between two, and every version of one item."""
