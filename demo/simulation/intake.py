"""What comes in beside the applications themselves: words of outreach, offers to mentor, letters, CVs. All invented."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# (the day of the summer, the channel's name, whom it reaches, a note)
DEEDS: tuple[tuple[date, str, str, str], ...] = (
    (date(2023, 3, 9), "LessWrong / Alignment Forum", "Readers of the forum", "Announcement with the list of streams."),
    (date(2023, 3, 20), "AGI Safety Fundamentals", "Alumni of the course", "Mail by the organisers."),
    (date(2023, 4, 10), "80,000 Hours job board", "Job seekers", "Listed until the close."),
    (date(2023, 4, 18), "AI safety student group", "Twelve student groups", "A short text for their own letters."),
    (date(2023, 4, 25), "Twitter", "Followers of the programme", "One post, seven days before the usual rush."),
    (date(2023, 4, 30), "Rob Miles (YouTube / TikTok)", "Subscribers", "Named at the end of a video."),
    (date(2023, 5, 3), "AI safety Slack", "Two workspaces", "Reminder of the last days."),
)

# (who is recommended, by whom, why)
RECOMMENDED: tuple[tuple[str, str, str], ...] = (
    ("Thandi Halonen", "Otto Marin", "Found an error in our evaluation that nobody had seen in a year, and was kind."),
    ("Jarek Iyer", "Leila Quist", "Asks the question after which a discussion becomes useful."),
    ("Saga Mensah", "Otto Marin", "Left physics in spring and reads everything twice."),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer to mentor. points: what three experts make of it, None for one not given yet; seats: what staff plan."""

    stream: str
    agenda: str
    viewpoint: str
    asked: int
    hours: int
    plan: str
    points: tuple[int | None, int | None, int | None]
    seats: int | None = None
    word: str = ""


OFFERS: tuple[Offer, ...] = (
    Offer(
        "Interpretability D",
        "Circuits in small reasoning models",
        "empirical",
        asked=4,
        hours=8,
        plan="Two calls a week and a shared notebook. Scholars begin by reproducing one published circuit, then choose "
        "a behaviour of their own that could falsify it.",
        points=(5, 4, 4),
        seats=3,
    ),
    Offer(
        "Evaluations D",
        "Sandbagging in capability evaluations",
        "sceptical of present evaluations",
        asked=3,
        hours=6,
        plan="We write the evaluation and the model that cheats it side by side, and swap after three weeks.",
        points=(4, 4, None),
        seats=2,
    ),
    Offer(
        "Formal verification A",
        "Proof-carrying agents",
        "theoretical",
        asked=6,
        hours=5,
        plan="Reading group for two weeks, then one lemma for each scholar.",
        points=(3, 2, None),
    ),
    Offer(
        "Governance D",
        "Compute thresholds that can be checked",
        "policy",
        asked=2,
        hours=4,
        plan="Each scholar takes one threshold in a law that exists and asks how a regulator would know.",
        points=(4, 3, 5),
    ),
    Offer(
        "Field building A",
        "Growing the field",
        "",
        asked=10,
        hours=2,
        plan="Scholars would help with outreach.",
        points=(1, 2, 1),
        seats=0,
        word="There is no research project in it yet. With one of your own questions at its centre we would read it "
        "again next time.",
    ),
    Offer(
        "Product safety A",
        "Red-teaming our assistant",
        "industry",
        asked=3,
        hours=3,
        plan="Scholars would test our product before its release. Results stay with us.",
        points=(2, 2, 1),
        seats=0,
        word="Scholars need to be able to publish what they find. If that changes, please offer again.",
    ),
)

# (the kind of referee, how they know the applicant, the letter; None: not here yet)
LETTERS: tuple[tuple[str, str, str | None], ...] = (
    (
        "academia_ai",
        "Supervised their thesis for eight months.",
        "They stayed with a null result that I would have hidden, found out why it was one, and wrote it up so that "
        "two others could use it. Slow at first, and then very fast. I would take them again.",
    ),
    (
        "ai_industry",
        "Led the team in which they worked for a year.",
        "Reliable, exact, and not afraid to say that a plan of mine was wrong. Would gain most from a mentor who asks "
        "for writing early.",
    ),
    ("safety_org", "", None),
    (
        "academia_stem",
        "Taught the seminar in which they gave two talks.",
        "Among the three best of forty. Asks for the assumption first. I know less of how they work alone.",
    ),
    ("unknown", "", None),
)

ACCESS_NEEDS: tuple[str, ...] = (
    "I use a wheelchair: step-free rooms, please.",
    "I do not drink, and would like evenings that work without it.",
    "A quiet place to work for a part of the day helps me a lot.",
    "I take medicine that has to be kept cool.",
)


def curriculum_vitae(name: str, facts: Mapping[str, str]) -> bytes:
    """A page of plain PDF with a name and a few lines: enough to open, and nothing that runs."""
    lines = [name, "Curriculum vitae of an invented person", "", *(f"{title}: {text}" for title, text in facts.items())]
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    return _pdf(f"BT /F1 12 Tf 16 TL 72 770 Td {shown} ET".encode("ascii"))


def _escaped(line: str) -> str:
    """The line in ASCII, with what has a meaning in a PDF's text made harmless."""
    plain = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode()
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(content: bytes) -> bytes:
    """One A4 page with this content: five objects and where each begins."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    file, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer
