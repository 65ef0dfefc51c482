"""The domain: what exists, what is always true, and what may be done.

`base` `clock` `settings` `i18n` `alphabet` `rights` `labels` `sealing` `database` `refusals` belong to all. The areas
each import only those to their left: log ← notices ← organisation ← people ← accounts ← templates ← plans.

In an area: `tables` (rows), `rules` (pure, no session), `queries` (reading), `operations` (verbs), `proof` (what a door
hands out). An operation takes a proof, never an id; its first line demands a right; it writes its revision, its log
row and its notices in the caller's transaction, and never commits. Only `database` commits.
"""
