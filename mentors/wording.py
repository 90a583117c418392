"""Praise that says nothing: phrases which letters of rejection are known for, and which their readers see through.

Plain text in, plain data out. From applicants' own reports: "we were impressed" in a letter that goes to
everybody tells nobody anything, and takes the weight from what is true.
"""

from __future__ import annotations

import re

HOLLOW = (
    r"(?:very |really |deeply |truly )?impressed (?:by|with)",
    r"impressive (?:profile|background|application|achievements?|r[eé]sum[eé])",
    r"(?:exceptionally |very |highly )?(?:strong|competitive|talented|high[- ]quality) "
    r"(?:field|pool|applicants?|applications?|candidates?)",
    r"(?:un)?precedented number",
    r"(?:we )?regret to inform",
    r"(?:very |extremely |incredibly )?(?:difficult|hard|tough) (?:decisions?|choices?)",
    r"(?:please )?do(?:n.t| not) be (?:discouraged|disheartened)",
    r"not a reflection (?:of|on)",
    r"(?:wish you|all the) (?:the )?(?:very )?best (?:of luck )?(?:in|with) your future",
    r"future endeavou?rs",
    r"carefully (?:considered|reviewed) (?:your|all|every)",
)
_HOLLOW = re.compile(r"\b(?:" + "|".join(HOLLOW) + r")\b", re.IGNORECASE)


def hollow_phrases(text: str) -> list[str]:
    """The phrases of a text that say nothing, as they stand there but on one line, each once, in order."""
    return list(dict.fromkeys(found.group() for found in _HOLLOW.finditer(" ".join(text.split()))))
