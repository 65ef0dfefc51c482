"""Who is asking, and what they may open.

cookie → `viewer.viewer_of` → Viewer → `door.open_plan` → OpenPlan, the proof that operations take. Lists come from
`scopes`, the door's twin in SQL. `request` is what routes ask; `transaction` is the shell that commits before the first
byte. `sign_in/` counts every try before it looks at it; `sign_in/appointments` is where duties begin and end.

Proofs (Viewer, OpenPlan, OpenMunicipality) are minted here and nowhere else.
"""
