"""Looking back: what the owner thinks, how it has gone with a goal, and the yearly report (F209, F83)."""
