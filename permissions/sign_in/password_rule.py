"""What a new password must be, in one place (F14, C3): long enough, of several kinds of signs, and hard to guess."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from anyio import CapacityLimiter, to_thread
from zxcvbn import zxcvbn

from models.i18n import N_, _
from models.refusals import Invalid
from permissions.sign_in.common_words import NORWEGIAN

LONGEST = 200
"""No password is longer: hashing megabytes would be a way to stop the house."""

WEIGHED = 40
"""Signs that are weighed: more would take seconds, and whoever has that many has no weak password."""

TOO_WEAK = 1
STRENGTHS = (N_("svært svakt"), N_("svakt"), N_("middels"), N_("sterkt"), N_("svært sterkt"))
GUESSABLE = {
    "about": N_("Passordet inneholder navnet eller brukernavnet ditt. Velg noe annet."),
    "dictionary": N_("Passordet ligner på noe mange bruker. Velg noe annet, gjerne fire ord som ikke hører sammen."),
    "spatial": N_("Passordet følger rekkene på tastaturet. Velg noe annet, gjerne fire ord som ikke hører sammen."),
    "repeat": N_("Passordet gjentar de samme tegnene. Velg noe annet, gjerne fire ord som ikke hører sammen."),
    "sequence": N_("Passordet er en rekke som abc eller 123. Velg noe annet, gjerne fire ord som ikke hører sammen."),
}
one_at_a_time, one_glance_at_a_time = CapacityLimiter(1), CapacityLimiter(1)
"""Weighing is slow on purpose-made signs: whoever asks for many waits, and the house does not. Those who only glance at
the meter never stand in the way of those who save."""

QUEUE = 3
"""How many may wait for the meter: it is for pleasure, and is left out when many ask."""


@dataclass(frozen=True)
class Strength:
    """How hard a password is to guess, from 0 to 4, and what must be better before it will do."""

    score: int
    words: str
    lacks: str | None = None


@dataclass(frozen=True)
class PasswordRule:
    """The one rule for every new password; `length` is the installation's own, never below six (F14)."""

    length: int = 12

    def in_words(self) -> str:
        """The rule as a hint beside the field."""
        words = _("Minst %(length)s tegn, med både små og store bokstaver og tall. Gjerne noen ord etter hverandre.")
        return words % {"length": self.length}

    async def weigh(self, password: str, about: Iterable[str] = ()) -> Strength:
        """How hard it is to guess. `about` is what others know of the person."""
        return await self._judged(password, about, one_at_a_time)

    async def glance(self, password: str, about: Iterable[str] = ()) -> Strength | None:
        """For the meter: the very judgement that `check` goes by; None when too many are asking."""
        busy = one_glance_at_a_time.statistics().tasks_waiting >= QUEUE
        return None if busy else await self._judged(password, about, one_glance_at_a_time)

    async def _judged(self, password: str, about: Iterable[str], limiter: CapacityLimiter) -> Strength:
        told = sorted({word for text in about for word in _words(text)})
        weighed = await to_thread.run_sync(_weigh, password[:WEIGHED], told, limiter=limiter)
        lacks = self._misshapen(password) or _says_who(password, told) or _weakness(weighed, told)
        score = min(int(weighed["score"]), TOO_WEAK) if lacks else int(weighed["score"])
        return Strength(score, _(STRENGTHS[score]), lacks)

    async def check(self, password: str, again: str, about: Iterable[str] = ()) -> None:
        """Raises Invalid with a sentence for `password` or `again`."""
        lacks = self._misshapen(password) or (await self.weigh(password, about)).lacks
        if lacks:
            raise Invalid(password=lacks)
        if password != again:
            raise Invalid(again=_("De to passordene er ikke like."))

    def _misshapen(self, password: str) -> str | None:
        kinds = (str.islower, str.isupper, str.isdigit)
        if len(password) < self.length or not all(any(kind(sign) for sign in password) for kind in kinds):
            words = _("Bruk minst %(length)s tegn, med både små og store bokstaver og tall.")
            return words % {"length": self.length}
        if len(password) > LONGEST:
            return _("Passordet kan være på høyst %(length)s tegn.") % {"length": LONGEST}
        return None


def _words(text: str) -> Iterator[str]:
    return (word for word in re.split(r"[\W_]+", text.lower()) if len(word) > 2)


def _weigh(password: str, told: list[str]) -> dict[str, Any]:
    if not password:
        return {"score": 0, "sequence": []}
    found: dict[str, Any] = zxcvbn(password, user_inputs=[*told, *NORWEGIAN], max_length=WEIGHED)
    return found


def _says_who(password: str, told: list[str]) -> str | None:
    """More than half of it is what others know."""
    rest = password.lower()
    for word in told:
        rest = rest.replace(word, "")
    says_who = GUESSABLE["about"]
    return _(says_who) if len(rest) * 2 < len(password) else None


def _weakness(weighed: dict[str, Any], told: list[str]) -> str | None:
    """The sentence about the longest part that is easy to guess; a short one that is all chance is only short."""
    parts = [part for part in weighed["sequence"] if part["pattern"] in GUESSABLE]
    if not parts or weighed["score"] > TOO_WEAK:
        return None
    says_who = any(part.get("matched_word") in told for part in parts)
    pattern = "about" if says_who else max(parts, key=lambda part: len(part["token"]))["pattern"]
    sentence = GUESSABLE[pattern]
    return _(sentence)
