"""How long codes and links live, and how long one waits for another."""

from datetime import timedelta

from models.accounts.rules import LinkPurpose

CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
RESEND_AFTER = timedelta(seconds=60)
CODES_A_DAY = 30
WRONG_A_DAY = 15
WRONG_PASSWORDS_A_DAY = 30
LINK_LIVES = {
    LinkPurpose.FIRST_PASSWORD: timedelta(days=7),
    LinkPurpose.JOIN: timedelta(days=7),
    LinkPurpose.RESET: timedelta(minutes=30),
}
RESETS_AN_HOUR = 3
