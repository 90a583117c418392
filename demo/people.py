"""The demo people: one for each role, the same address in every demo cohort."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented person whom one can sign in as. `what` says what they are here for."""

    email: str
    name: str
    what: str
    time_zone: str
    has_second_factor: bool = False


ADA = Persona("ada@demo.example", "Ada Okonkwo", "applies", "Africa/Lagos")
MIRA = Persona("mira@demo.example", "Mira Lindqvist", "mentors a stream", "Europe/Stockholm")
REN = Persona("ren@demo.example", "Ren Hashimoto", "reviews applications", "Asia/Tokyo")
SAM = Persona("sam@demo.example", "Sam Castellanos", "is a scholar", "America/Los_Angeles")
GIL = Persona("gil@demo.example", "Gil Fernando", "grades research plans", "Asia/Kolkata")
SOL = Persona("sol@demo.example", "Sol Andersson", "supports scholars", "Europe/London", has_second_factor=True)
RUI = Persona("rui@demo.example", "Rui Almeida", "runs the cohorts", "America/Los_Angeles", has_second_factor=True)
INES = Persona("ines@demo.example", "Ines Moreau", "runs the cohorts with Rui", "Europe/Paris", has_second_factor=True)
ADI = Persona("adi@demo.example", "Adi Kaplan", "administers the portal", "Europe/Berlin", has_second_factor=True)
LUM = Persona("lum@demo.example", "Lum Tesfaye", "is an alumna", "Africa/Nairobi")
NOBODY = Persona("nobody@demo.example", "Noa Body", "has an account and no business here", "Europe/Paris")

# In the order in which they are shown to whoever wants to sign in as one of them.
PERSONAS = (ADA, MIRA, REN, SAM, GIL, SOL, RUI, INES, ADI, LUM, NOBODY)


def personas() -> tuple[Persona, ...]:
    """Whom the demo's door offers to sign in as."""
    return PERSONAS
