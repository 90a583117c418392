"""Text on its way into a spreadsheet: it stays text, whatever it looks like."""

_LEADERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠", "'")


def inert(value: object) -> str:
    """The value as a cell of CSV that no spreadsheet takes for a formula.

    A leading apostrophe is doubled, so that what was written can be told from what was added.
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_LEADERS) or text.startswith(_LEADERS) else text
