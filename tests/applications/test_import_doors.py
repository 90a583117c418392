"""The three files as real tools gave them, through both doors: the command line and the staff's page."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

import applications as package
from applications.models import Application
from applications.outreach.models import Interest
from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.jobs.services import run_waiting_jobs
from tests import make
from tests.conftest import SignIn

FILES = {"streams": "streams", "interest": "interest_form", "applications": "applications"}


def content(kind: str) -> bytes:
    """The file as it was before it was compressed."""
    packed = Path(package.__file__).parent / "sample" / "summer-2023" / f"{FILES[kind]}.csv.gz"
    return gzip.decompress(packed.read_bytes())


@pytest.fixture
def summer(db: None) -> Cohort:
    """An empty cohort for the files."""
    make.make_channels()
    return make.make_cohort("Summer 2023", slug="summer-2023")


def counts(cohort: Cohort) -> dict[str, int]:
    """What the files say of themselves: forms, applications by status, streams, seats."""
    states = list(Application.objects.in_cohort(cohort).values_list("state", flat=True))
    return {
        "interest": Interest.objects.filter(cohort=cohort).count(),
        "applications": len(states),
        "submitted": states.count("submitted"),
        "drafts": states.count("draft"),
        "withdrawn": states.count("withdrawn"),
        "streams": cohort.streams.count(),
        "seats": sum(stream.seats for stream in cohort.streams.all()),
    }


AS_IN_THE_FILES = {
    "interest": 381,
    "applications": 460,
    "submitted": 429,
    "drafts": 24,
    "withdrawn": 7,
    "streams": 15,
    "seats": 60,
}


def test_command_takes_the_files_as_they_are(summer: Cohort, tmp_path: Path) -> None:
    for kind in FILES:
        path = tmp_path / f"{kind}.csv"
        path.write_bytes(content(kind))
        call_command("import", kind, str(path), cohort=summer.slug)
    assert counts(summer) == AS_IN_THE_FILES


def test_page_takes_the_files_as_they_are(summer: Cohort, sign_in: SignIn) -> None:
    rui = make.make_person("Rui")
    make.make_membership(rui, summer, CohortRole.STAFF)
    browser = sign_in(rui)
    for kind in FILES:
        file = SimpleUploadedFile(f"{kind}.csv", content(kind), content_type="text/csv")
        upload = {"kind": kind, "zone": "America/Los_Angeles", "file": file}
        preview = browser.post(reverse("applications:upload", args=[summer.slug]), upload)["Location"]
        assert browser.get(preview).status_code == 200
        assert browser.post(preview, {"import": "1"}).status_code == 302
        run_waiting_jobs()
    assert counts(summer) == AS_IN_THE_FILES
