from __future__ import annotations

import gzip
import io
import zipfile
import zoneinfo
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

import applications as package
from applications.imports import cells
from applications.imports.mapping import BadMapping
from applications.imports.table import Table, UnreadableFile
from applications.models import Application, Choice, Preference, Submission
from applications.outreach.models import Channel, Interest, InterestChannel
from applications.outreach.selectors import heard
from applications.services.importing import ImportRefused, Outcome, import_file, suggested_mapping
from applications.states import ApplicationState, ImportKind
from mats_portal.cohorts.models import Cohort, Membership, Stream
from mats_portal.cohorts.states import CohortRole
from mats_portal.journal.selectors import entries_about
from mats_portal.people.models import Person
from mats_portal.questionnaires.models import Answer, Version
from tests import make

SAMPLE = Path(package.__file__).parent / "sample" / "summer-2023"
STREAMS, INTEREST, APPLICATIONS = ImportKind.STREAMS, ImportKind.INTEREST, ImportKind.APPLICATIONS
FILES = {STREAMS: "streams", INTEREST: "interest_form", APPLICATIONS: "applications"}
BY_ID = 'Record ID,Created,Name,Email address,Status,"Streams, best first",Highest education / status\r\n'


def sample(kind: ImportKind) -> io.BytesIO:
    return io.BytesIO((SAMPLE / f"{FILES[kind]}.csv.gz").read_bytes())


def take(cohort: Cohort, kind: ImportKind, content: bytes | io.BytesIO, **more: object) -> Outcome:
    file = content if isinstance(content, io.BytesIO) else io.BytesIO(content)
    return import_file(kind=kind, cohort=cohort, file=file, by=None, **more)  # type: ignore[arg-type]


@pytest.fixture
def summer(db: None) -> Cohort:
    """Summer 2023 with its three files."""
    make.make_channels()
    cohort = make.make_cohort("Summer 2023", is_synthetic=True)
    for kind in FILES:
        take(cohort, kind, sample(kind))
    return cohort


def counts() -> dict[str, int]:
    models = (Stream, Membership, Person, Version, Interest, InterestChannel, Channel, Application)
    return {model.__name__: model.objects.count() for model in (*models, Choice, Preference, Submission, Answer)}


def test_files_as_they_are_make_a_cohort_of_the_same_counts_and_twice_changes_nothing(summer: Cohort) -> None:
    states = Application.objects.values_list("state", flat=True)
    assert [list(states).count(state) for state in ("submitted", "draft", "withdrawn")] == [429, 24, 7]
    assert Interest.objects.filter(cohort=summer).count() == 381
    assert (summer.streams.count(), sum(stream.seats for stream in summer.streams.all())) == (15, 60)
    assert Membership.objects.in_role(CohortRole.MENTOR).count() == 19
    assert Person.objects.filter(is_synthetic=False).count() == 0
    assert not Person.objects.get(email="p0000@example.org").has_usable_password()
    before = counts()
    for kind, total in ((STREAMS, 15), (INTEREST, 381), (APPLICATIONS, 460)):
        again = take(summer, kind, sample(kind))
        assert (again.new, again.changed, again.unchanged, again.rejected) == (0, 0, total, [])
    assert counts() == before


def test_everything_in_the_files_arrives(summer: Cohort) -> None:
    row_arrives()
    drafts_stay_private_and_withdrawn_ones_uncounted()
    channels_are_told_apart(summer)
    every_column_but_one_has_found_its_place(summer)
    journal_has_the_counts(summer)


def row_arrives() -> None:
    found = Application.objects.get(external_id="rece43d755eebe34c8")
    assert (found.person.name, found.person.email, found.time_zone) == (
        "Lena Cohen",
        "p0001@example.org",
        "Europe/London",
    )
    assert (found.get_education_display(), found.field, found.years, found.hours) == ("PhD", "Other", 3, 40)
    assert (found.prerequisite, found.is_already_in_field, found.channels) == ("yes", False, ["EA Forum or EA event"])
    names = [preference.stream.name for preference in found.preferences.all()]
    assert names == ["Deceptive alignment A", "Provable safety A", "Governance A", "Evaluations A"]
    assert found.started_at == datetime(2023, 4, 8, 7, 0, 22, tzinfo=UTC)
    submission = found.submissions.get()
    assert [part["title"] for part in submission.content["parts"][-4:]] == names
    longest = Answer.objects.filter(question__version__questionnaire__stream__name="AI control B")
    assert max(len(answer.text) for answer in longest) > 13_000
    assert not Answer.objects.filter(text__contains="\r").exists()


def drafts_stay_private_and_withdrawn_ones_uncounted() -> None:
    draft = Application.objects.filter(state=ApplicationState.DRAFT).first()
    assert draft is not None
    assert not draft.submissions.exists()
    assert not draft.preferences.exists()
    assert draft.education is None
    assert draft.choices.exists()
    assert Application.objects.submitted().count() == 429


def channels_are_told_apart(summer: Cohort) -> None:
    told = heard(summer)
    found = {one.name: one.share.k for one in told.channels}
    assert (told.n, told.silent, sum(found.values())) == (381, 9, 407)
    assert set(found) == {channel.name for channel in Channel.objects.filter(is_listed=True)}
    formula = Interest.objects.filter(other__startswith="=HYPERLINK")
    assert formula.count() == 62, "kept as it was written"


def every_column_but_one_has_found_its_place(summer: Cohort) -> None:
    table = Table(sample(APPLICATIONS))
    mapping = suggested_mapping(kind=APPLICATIONS, cohort=summer, table=table)
    left_out = [header for header, name in zip(table.headers, mapping, strict=True) if not name]
    assert left_out == ["Applied before?"]


def test_dry_run_says_what_would_happen_and_writes_nothing(db: None) -> None:
    cohort = make.make_cohort()
    before = counts()
    outcome = take(cohort, STREAMS, sample(STREAMS), dry_run=True)
    assert (outcome.new, outcome.sentence) == (15, "15 new, 0 changed, 0 as they were.")
    assert counts() == before
    assert not entries_about(cohort).exists()


def journal_has_the_counts(summer: Cohort) -> None:
    found = {entry.verb: entry.facts for entry in entries_about(summer)}
    assert found["import applications"] == {"total": 460, "new": 460, "changed": 0, "unchanged": 0, "rejected": 0}
    assert set(found) == {"import streams", "import interest", "import applications"}


def people(*rows: str) -> bytes:
    return (BY_ID + "".join(f"{row}\r\n" for row in rows)).encode()


GOOD = "r1,2023-04-08,Ada,ada@example.org,Submitted,Oversight,PhD"


@pytest.fixture
def winter(db: None) -> Cohort:
    """A cohort with one stream."""
    cohort = make.make_cohort()
    make.make_stream(cohort, "Oversight")
    return cohort


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("r2,2023-04-08,Ben,ben@example,Submitted,Oversight,PhD", "“ben@example” is not an e-mail address."),
        ("r2,yesterday,Ben,ben@example.org,Submitted,Oversight,PhD", "“yesterday” is not a date"),
        ("r2,0001-01-01,Ben,ben@example.org,Submitted,Oversight,PhD", "not in a sensible year"),
        ("r2,9999-12-31T23:59:59-14:00,Ben,ben@example.org,Submitted,Oversight,PhD", "not in a sensible year"),
        ("r2,2023-04-08,,ben@example.org,Submitted,Oversight,PhD", "There is no name."),
        ("r2,2023-04-08,Ben,ben@example.org,Perhaps,Oversight,PhD", "“perhaps” is not a status"),
        ("r2,2023-04-08,Ben,ben@example.org,Submitted,Nowhere,PhD", "There is no stream “Nowhere”"),
        ("r2,2023-04-08,Ben,ben@example.org,Submitted,Oversight; oversight,PhD", "twice"),
        ("r2,2023-04-08,Ben,ben@example.org,Submitted,Oversight,Wizard", "“Wizard” is not among the answers"),
        ("r1,2023-04-08,Ben,ben@example.org,Submitted,Oversight,PhD", "“r1” stands in line 2 already."),
        ("r2,2023-04-08,Ben,ADA@example.org,Submitted,Oversight,PhD", "stands in line 2 already."),
        (f"r2,2023-04-08,{'B' * 201},ben@example.org,Submitted,Oversight,PhD", "longer than 200 characters"),
    ],
)
def test_row_that_cannot_be_taken_is_named_and_stops_everything(winter: Cohort, row: str, reason: str) -> None:
    before = counts()
    with pytest.raises(ImportRefused) as refusal:
        take(winter, APPLICATIONS, people(GOOD, row))
    [rejected] = refusal.value.outcome.rejected
    assert (rejected.line, reason in rejected.reason) == (3, True), rejected.reason
    assert counts() == before
    assert take(winter, APPLICATIONS, people(GOOD, row), allow_rejected=True).new == 1
    assert Application.objects.get().person.email == "ada@example.org"


def test_line_of_a_row_after_a_cell_of_many_lines_is_the_files_own(winter: Cohort) -> None:
    streams = 'Stream,Mentors,Seats\r\n"One","Mira\n<mira@example.org>",3\r\nTwo,nobody,4\r\n'
    with pytest.raises(ImportRefused) as refusal:
        take(winter, STREAMS, streams.encode())
    assert [(row.line, row.reason) for row in refusal.value.outcome.rejected] == [
        (4, "“nobody” is not written “Name <address>”.")
    ]


def test_changed_row_is_written_anew_and_the_earlier_submission_stays(winter: Cohort) -> None:
    take(winter, APPLICATIONS, people(GOOD))
    outcome = take(winter, APPLICATIONS, people(GOOD.replace("PhD", "Postdoc")))
    found = Application.objects.get()
    assert (outcome.changed, found.get_education_display(), found.submission_count) == (1, "Postdoc", 2)
    assert found.submissions.count() == 2
    assert found.preferences.count() == 1


def test_application_changed_here_since_is_left_alone(winter: Cohort) -> None:
    make.make_application(winter, make.make_person(email="ada@example.org"))
    for row, reason in ((GOOD, "has an application to this cohort already"),):
        with pytest.raises(ImportRefused, match=reason):
            take(winter, APPLICATIONS, people(row))


def test_person_on_the_support_side_cannot_be_imported_as_a_mentor(winter: Cohort) -> None:
    sol = make.make_person("Sol", email="sol@example.org")
    make.make_membership(sol, winter, CohortRole.SUPPORT)
    with pytest.raises(ImportRefused, match="supports scholars in this cohort"):
        take(winter, STREAMS, b"Stream,Mentors,Seats\nOne,Sol <sol@example.org>,3\n")


def test_fewer_seats_than_are_taken_are_refused(winter: Cohort) -> None:
    Stream.objects.update(seats_taken=3)
    with pytest.raises(ImportRefused, match="3 seats are taken already; 2 are too few"):
        take(winter, STREAMS, b"Stream,Mentors,Seats\nOversight,Mira <mira@example.org>,2\n")


def test_semicolons_tabs_and_utf16_are_read_too(winter: Cohort) -> None:
    text = "Stream;Mentors;Seats\nZwölf;Mira <mira@example.org>;3\n"
    assert take(winter, STREAMS, text.encode("utf-8-sig")).new == 1
    assert take(winter, STREAMS, text.replace(";", "\t").encode("utf-16")).unchanged == 1


def workbook(rows: list[list[object]], name: str = "Sheet1") -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def test_workbook_says_the_same_as_text(winter: Cohort) -> None:
    rows: list[list[object]] = [["Stream", "Mentors", "Seats", "Agenda"], ["One", "Mira <mira@example.org>", 3, "=1+1"]]
    assert take(winter, STREAMS, workbook(rows)).new == 1
    assert Stream.objects.get(name="One").agenda == "=1+1"
    assert take(winter, STREAMS, b"Stream,Mentors,Seats,Agenda\nOne,Mira <mira@example.org>,3,=1+1\n").unchanged == 1


def bomb() -> bytes:
    file = io.BytesIO(workbook([["Stream", "Mentors", "Seats"]]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.xml", b"0" * 60_000_000)
    return file.getvalue()


def far_cell() -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.add_worksheet().write(1_000_000, 16_000, "far")
    book.close()
    return file.getvalue()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "blank first line": (b"\n\n\n", "empty"),
    "binary zeros": (b"Stream,Mentors,Seats\nOne\x00,Mira <m@example.org>,3\n", "Line 2 holds binary zeros"),
    "latin-1": ("Stream,Mentors,Seats\nÜ,Mira <m@example.org>,3\n".encode("latin-1"), "not in UTF-8"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ""),
    "a cell of one megabyte": (
        b"Stream,Mentors,Seats\n" + b"x" * 1_000_000 + b",a,3\n",
        "one of its cells is too long",
    ),
    "a million rows": (b"Stream,Mentors,Seats\n" + b"a,b,c\n" * 1_000_000, "more than 20,000 rows"),
    "a thousand columns": (b"," * 1_000 + b"Stream\n", "1001 columns"),
    "missing columns": (b"Stream,Mentors\nOne,Mira <m@example.org>\n", "No column is “Seats”"),
    "open quotation": (b'Stream,Mentors,Seats\n"One,Mira <m@example.org>,3\n' + b"x" * 200_000, "too long"),
    "zip that is no workbook": (b"PK\x03\x04" + b"0" * 100, "cannot be opened"),
    "half a workbook": (workbook([["Stream"]])[:800], "cannot be opened"),
    "zip bomb": (bomb(), "suspiciously tight"),
    "cell far out": (far_cell(), "goes beyond 20,000 rows"),
    "gzip of nothing": (b"\x1f\x8b\x08", ""),
    "gzip bomb": (gzip.compress(b"0" * 121 * 1024 * 1024), "larger than 120 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_a_sentence(winter: Cohort, name: str) -> None:
    content, words = HOSTILE[name]
    before = counts()
    with pytest.raises((UnreadableFile, BadMapping, ImportRefused)) as refusal:
        take(winter, STREAMS, content)
    assert words in refusal.value.sentence
    assert refusal.value.sentence.endswith((".", ")"))
    assert counts() == before


@pytest.mark.parametrize(
    ("cell", "known", "found"),
    [
        ('"80,000 Hours job board", Friend', ["80,000 Hours job board"], ["80,000 Hours job board", "Friend"]),
        ("80,000 Hours job board, Friend", ["80,000 Hours job board"], ["80,000 Hours job board", "Friend"]),
        ("80,000 Hours", [], ["80", "000 Hours"]),
        ("friend,FRIEND , Other,", ["Friend"], ["Friend", "Other"]),
        ("Friendly", ["Friend"], ["Friendly"]),
        ('"open, Friend', ["Friend"], ['"open', "Friend"]),
        ("", ["Friend"], []),
        (" , ,; ", [], [";"]),
    ],
)
def test_choices_in_one_cell(cell: str, known: list[str], found: list[str]) -> None:
    assert cells.choices(cell, known) == found


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("03/09/2023 02:31am", "2023-03-09T10:31:00+00:00"),
        ("03/09/2023 12:05 PM", "2023-03-09T20:05:00+00:00"),
        ("2023-04-08T02:09:44.000Z", "2023-04-08T02:09:44+00:00"),
        ("2023-04-08 02:09", "2023-04-08T09:09:00+00:00"),
    ],
)
def test_moments_as_tools_write_them(cell: str, iso: str) -> None:
    assert cells.moment(cell, zoneinfo.ZoneInfo("America/Los_Angeles")).isoformat() == iso


def test_command_does_the_same_and_fails_with_the_rows(db: None, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    cohort = make.make_cohort()
    file = tmp_path / "streams.csv"
    file.write_bytes(gzip.decompress(sample(STREAMS).getvalue()))
    call_command("import", "streams", str(file), "--cohort", cohort.slug, "--dry-run")
    assert not Stream.objects.exists()
    call_command("import", "streams", str(file), "--cohort", cohort.slug)
    said = capsys.readouterr().out
    assert "Nothing was changed; an import would make: 15 new" in said
    assert "streams.csv: 15 new, 0 changed, 0 as they were." in said
    file.write_text("Stream,Mentors,Seats\nOne,Mira <mira@example.org>,many\n")
    with pytest.raises(CommandError, match="1 of 1 rows cannot be taken"):
        call_command("import", "streams", str(file), "--cohort", cohort.slug)
    assert "line 2: “many” is not a number of seats" in capsys.readouterr().err
    with pytest.raises(CommandError, match="There is no cohort"):
        call_command("import", "streams", str(file), "--cohort", "nowhere")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import", "streams", "nothing.csv", "--cohort", cohort.slug)
