"""Everything that leaves the house as a file or as numbers.

A report takes a proof and a period, lets SQL count, and lets pandas shape what was counted: `statistics/report.py` says
what a report is, one file makes each, `statistics/__init__.py` lists them. pandas works in a thread, never on the loop.
"""
