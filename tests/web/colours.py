"""Colours of the style sheet, and how well one is seen on another (WCAG 2)."""

import math
import re
from pathlib import Path

from django.conf import settings

SHEET = Path(settings.BASE_DIR) / "static" / "css" / "colours.css"
_COLOUR = r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)"
_PAIR = re.compile(rf"--([\w-]+): light-dark\({_COLOUR}, {_COLOUR}\)")

Oklch = tuple[float, float, float]


def schemes() -> dict[str, dict[str, Oklch]]:
    """The named colours of both schemes as (lightness 0 to 1, chroma, hue in degrees)."""
    found: dict[str, dict[str, Oklch]] = {"light": {}, "dark": {}}
    for name, *numbers in _PAIR.findall(SHEET.read_text()):
        values = [float(number) for number in numbers]
        found["light"][name] = (values[0] / 100, values[1], values[2])
        found["dark"][name] = (values[3] / 100, values[4], values[5])
    return found


def luminance(colour: Oklch) -> float:
    """Relative luminance, by way of OKLab and linear sRGB (clipped to what a screen can show)."""
    lightness, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(max(part, 0.0), 1.0) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Oklch, other: Oklch) -> float:
    """From 1 (the same) to 21 (black on white)."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)
