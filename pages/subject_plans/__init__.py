"""Other plans that exist, and whom to ask about them (F86-F88)."""
