"""Ansvarsgruppa (F9): who takes part, how they are added, changed and taken out, and what the owner says to it."""
