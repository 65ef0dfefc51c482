"""Making a plan (F51, F180-F187): five steps that can be left and taken up again.

`begun` is what the steps share: what has been filled in so far, as it was typed, and where one goes from here. Each
step is a module with its form; `summary` makes the plan of them all, in one transaction.
"""
