"""Cron expressions in words."""

from __future__ import annotations

import functools

_SCHEDULE = "schedule "
_LONGEST = 60


def in_words(what: str) -> str:
    """Return what a chain's first step says, a schedule's cron expression with its meaning behind it."""
    words = _words(what.removeprefix(_SCHEDULE)) if what.startswith(_SCHEDULE) else ""
    return f"{what} ({words})" if words else what


@functools.cache
def _words(expression: str) -> str:
    """Return a cron expression (5 to 7 fields, also as AWS writes it) in words, nothing for any other text."""
    fields = expression.removeprefix("cron(").removesuffix(")")
    if len(fields) > _LONGEST or not fields.isascii():
        return ""
    import cron_descriptor as cron

    options = cron.Options()
    options.use_24hour_time_format = True
    options.locale_code = "en_US"
    try:
        words = str(cron.get_description(fields, options))
    except (cron.FormatError, cron.MissingFieldError, cron.WrongArgumentError, ValueError, LookupError):
        return ""
    return words[:1].lower() + words[1:]
