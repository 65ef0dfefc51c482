"""Does what time asks for.

`schedule.py` names every job and its clock on one page. `runner.py` runs them: each process has a scheduler, and a
lease row in the database (`lease.py`) lets one of them at a time do a job, once for each turn of its clock. A job gets
a `Kit` (the database, the post, this worker's name), works in short transactions of its own and says in a few words how
it went. All jobs may be repeated without harm.

Mail: `deliver_notices.py` claims → `letters.py` writes from `texts/<notice>/<language>.txt` → `channels/` sends → the
outcome is recorded. Plans are asked about only through `permissions.house`.
"""
