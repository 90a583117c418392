"""Every kind of question on its way: page, autosave, reading through, receipt, staff, own data, import."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from applications.imports.applications import KnownForm, KnownQuestion, parse
from applications.imports.cells import RowError
from applications.privacy import personal_data
from mats_portal.cohorts.states import CohortRole
from mats_portal.questionnaires.selectors import answers_of
from tests import make
from tests.conftest import SignIn
from tests.questionnaires.test_kinds import ALL

pytestmark = pytest.mark.django_db
AUTOSAVE: dict[str, Any] = {"headers": {"X-Requested-With": "fetch", "Accept": "application/json"}}
TYPED = {
    "q_skill": "3",
    "q_tools_0": "Well",
    "q_tools_1": "No",
    "q_order_0": "2",
    "q_order_1": "3",
    "q_order_2": "1",
    "q_born": "2026-05-07",
    "q_mail": "gil@example.org",
    "q_note": "*Why* not",
}
SHOWN = (
    *("3 (could teach it)", "<li>Python: Well</li>", "<li>Proofs: No</li>", "<li>1. Policy</li>", "2026-05-07"),
    *("gil@example.org", "<em>Why</em> not"),
)


def test_every_kind_goes_from_the_page_to_whoever_reads_it(sign_in: SignIn) -> None:
    cohort = make.make_cohort()
    make.make_questions(cohort, questions=ALL)
    application = make.make_application(cohort, submitted=False)
    ada = sign_in(application.person)
    page = reverse("applications:section", args=[cohort.slug, "questions"])
    saved = ada.post(page, {"revision": application.sheet.revision, **TYPED}, **AUTOSAVE)
    assert saved.status_code == 200
    again = ada.post(page, {"revision": 0, **TYPED, "q_tools_1": "Some", "q_order_0": "1"}, **AUTOSAVE)
    assert again.status_code == 409, "another window has saved since"
    both = ada.post(page, {"revision": 0, **TYPED, "q_tools_1": "Some"})
    assert "Proofs: No" in both.text, "what is stored is shown beside what was typed"
    review = reverse("applications:review", args=[cohort.slug])
    assert all(words in ada.get(review).text for words in SHOWN)
    ada.post(review)
    application.refresh_from_db()
    rui = sign_in(make.make_membership(make.make_person("Rui"), cohort, CohortRole.STAFF).person)
    page_of_staff = rui.get(application.get_absolute_url()).text
    assert all(words in page_of_staff for words in SHOWN)
    own = str(personal_data(application.person))
    assert "Python: Well\\nProofs: No" in own
    assert "1. Policy" in own


@pytest.mark.parametrize("value", ["\x00", "💥" * 3_000, "1e999", "<b>", "‮", "99999999999999999999"])
def test_hostile_values_are_told_or_kept_and_break_no_page(sign_in: SignIn, value: str) -> None:
    cohort = make.make_cohort()
    make.make_questions(cohort, questions=ALL)
    application = make.make_application(cohort, submitted=False)
    ada = sign_in(application.person)
    page = reverse("applications:section", args=[cohort.slug, "questions"])
    sent = ada.post(page, {"revision": "100", **dict.fromkeys(TYPED, value)})
    assert sent.status_code in (302, 422)
    for name in TYPED:
        assert ada.post(page, {"revision": "100", name: value}).status_code in (302, 422)
    assert ada.get(page).status_code == 200
    assert ada.get(reverse("applications:review", args=[cohort.slug])).status_code == 200
    assert set(answers_of(application.sheet)) <= {spec.key for spec in ALL}


ROW = {"external_id": "r1", "created": "2026-05-01T10:00", "name": "Ada", "email": "ada@example.org", "status": "draft"}


def imported(**cells: str) -> dict[str, Any]:
    known = tuple(KnownQuestion(spec.key, spec.kind, spec.wording, spec.options, spec.rows) for spec in ALL)
    row = ROW | {"streams": ""} | {f"general/{key}": cell for key, cell in cells.items()}
    return dict(parse(2, row, form=KnownForm(known, {}), zone=ZoneInfo("UTC")).general)


def test_a_file_answers_every_kind() -> None:
    found = imported(skill="3", tools="python: well; Proofs: No", order="policy, Theory\nPractice", born="2026-05-07")
    assert found == {
        "skill": ["3"],
        "tools": ["Well", "No"],
        "order": ["Policy", "Theory", "Practice"],
        "born": "2026-05-07",
    }


@pytest.mark.parametrize("cells", [{"tools": "Rust: Well"}, {"tools": "Well"}, {"order": "Pigeon"}, {"skill": "9"}])
def test_a_file_with_answers_off_the_list_is_told_so(cells: dict[str, str]) -> None:
    with pytest.raises(RowError):
        imported(**cells)
