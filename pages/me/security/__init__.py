"""Sikkerhet: one's own account. `once_more` asks for the password again before anything is changed."""
