"""The program's own log, for the operator: where something went wrong, never what was in a row."""

import logging
import traceback


def tell(logger: logging.Logger, what: str, error: BaseException) -> None:
    """Where it went wrong, without the error's own words: they may hold names, or what somebody wrote."""
    logger.error("%s: %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
