"""Declares registers for administrators, drawn by fastapi-amis-admin and hardened here.

A register is a `Desk`: facts about a table (which right, whose rows, which columns). A write with a rule is a
`HouseAction`: a form and the operation it calls. `HouseSite` gathers desks behind one `Guard`, which asks who is
there and whether the right is held, before anything is parsed. `desks/` holds the registers.
The framework draws; it never queries, commits or decides: its own routes and its own database are not used.
"""

from admin import compat  # noqa: F401 - before any module here imports anything of the framework
