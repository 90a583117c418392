"""Numbers as people say them; the page, the spreadsheet and the printed report use the same words."""

from mats_portal.reports.frame import Cell, Hidden, Line
from mats_portal.reports.statistics import SMALL, Share

FEW = f"under {SMALL}"


def percent(fraction: float) -> str:
    """A fraction in per cent: whole above 10 %, one decimal below, none invented at the ends."""
    return f"{_per_hundred(fraction)} %"


def _per_hundred(fraction: float) -> str:
    value = 100 * fraction
    return f"{value:.0f}" if value >= 9.95 or value == 0 else f"{value:.1f}"


def say_interval(share: Share) -> str:
    """The interval of a share in per cent: "5.8–11"; empty of nothing."""
    if share.low is None or share.high is None:
        return ""
    return f"{_per_hundred(share.low)}–{_per_hundred(share.high)}"


def say_share(share: Share) -> str:
    """A share in full: "8.1 % (5.8–11)"."""
    if share.fraction is None:
        return "of none"
    return f"{percent(share.fraction)} ({say_interval(share)})"


def say_line(line: Line) -> str:
    """The number at a bar."""
    return FEW if line.count is None else f"{line.count:,}"


def say_note(line: Line, share_words: str = "") -> str:
    """The share at a bar with its interval: "90 % of the step before · 87–92"."""
    found = line.share
    if found is None or found.fraction is None:
        return ""
    return f"{percent(found.fraction)} {share_words}".strip() + f" · {say_interval(found)}"


def say_cell(cell: Cell) -> str:
    """A cell of a table; what is not known is a dash."""
    if cell is None:
        return "–"
    if isinstance(cell, Hidden):
        return FEW
    if isinstance(cell, Share):
        return say_share(cell)
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float):
        return f"{cell:,.2f}".rstrip("0").rstrip(".")
    return cell
