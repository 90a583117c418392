"""Staff change the rubric on its page: versions, never a score that changes its meaning."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mats_portal.cohorts.models import Cohort
from mats_portal.cohorts.states import CohortRole
from mats_portal.people.models import Person
from mats_portal.rubrics.models import HIGHEST
from mats_portal.rubrics.selectors import criteria_of, current_version, editions
from mats_portal.rubrics.services import StaleRubric, default_rubric, make_rubric_version, open_rubric, start_sheet
from mats_portal.rubrics.specs import CriterionSpec, changes_between, new_key
from mats_portal.rubrics.states import Dimension, RubricPurpose
from tests import make
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
WRITING = {"label": "Writing", "dimension": "ability", "weight": "1", "anchor_1": "cannot be read", "anchor_5": "sings"}


def make_line() -> tuple[Cohort, Person]:
    """A cohort with the portal's own rubric, and its staff."""
    cohort, rui = make.make_cohort(), make.make_person("Rui")
    make.make_membership(rui, cohort, CohortRole.STAFF)
    default_rubric(cohort=cohort, by=rui)
    return cohort, Person.objects.get(pk=rui.pk)


def keys(cohort: Cohort) -> list[str]:
    """The criteria of the current version."""
    version = current_version(cohort, RubricPurpose.APPLICATION)
    return [criterion.key for criterion in criteria_of(version)] if version else []


def post(client: Client, name: str, *args: object, **data: object) -> int:
    """The status of a post to a page of the rubric."""
    return client.post(reverse(f"rubrics:{name}", args=args), {"after": "1"} | data).status_code


def test_staff_add_change_move_and_remove_criteria(sign_in: SignIn) -> None:
    cohort, rui = make_line()
    client, before = sign_in(rui), keys(cohort)
    assert post(client, "add", cohort.slug, **WRITING) == 302
    assert keys(cohort) == [*before, "writing"]
    assert post(client, "move", cohort.slug, "writing", to="up", after="2") == 302
    assert keys(cohort) == [*before[:-1], "writing", before[-1]]
    assert post(client, "criterion", cohort.slug, "writing", **WRITING | {"label": "Prose", "after": "3"}) == 302
    assert post(client, "remove", cohort.slug, before[0], after="4") == 302
    assert keys(cohort) == [*before[1:-1], "writing", before[-1]]
    page = client.get(reverse("rubrics:rubric", args=[cohort.slug])).content.decode()
    assert "“Writing” is now called “Prose”." in page
    assert "Version 5" in page


def test_an_editor_who_saw_an_older_version_overwrites_nothing(sign_in: SignIn) -> None:
    cohort, rui = make_line()
    client = sign_in(rui)
    assert post(client, "add", cohort.slug, **WRITING) == 302
    late = client.post(reverse("rubrics:add", args=[cohort.slug]), WRITING | {"after": "1", "label": "Late thought"})
    assert late.status_code == 409
    assert "Late thought" in late.content.decode()
    assert "late-thought" not in keys(cohort)
    with pytest.raises(StaleRubric):
        make_rubric_version(rubric=open_rubric(cohort=cohort), criteria=[CriterionSpec("a", "A")], by=rui, after=1)


def test_the_same_criteria_make_no_version(sign_in: SignIn) -> None:
    cohort, rui = make_line()
    specs = [CriterionSpec.of(one) for one in criteria_of(default_rubric(cohort=cohort, by=rui))]
    assert make_rubric_version(rubric=open_rubric(cohort=cohort), criteria=specs, by=rui, after=1).number == 1
    assert post(sign_in(rui), "move", cohort.slug, specs[0].key, to="up") == 302
    assert len(editions(cohort, RubricPurpose.APPLICATION)) == 1


def test_an_earlier_version_is_used_again(sign_in: SignIn) -> None:
    cohort, rui = make_line()
    client, before = sign_in(rui), keys(cohort)
    post(client, "remove", cohort.slug, before[0])
    page = client.get(reverse("rubrics:version", args=[cohort.slug, 1])).content.decode()
    assert "Use it again" in page
    assert post(client, "restore", cohort.slug, 1, after="2") == 302
    assert keys(cohort) == before
    assert client.get(reverse("rubrics:version", args=[cohort.slug, 9])).status_code == 404


def test_the_rubric_of_another_cohort_is_copied_by_who_runs_both(sign_in: SignIn) -> None:
    cohort, rui = make_line()
    earlier, strange = make.make_cohort("Earlier"), make.make_cohort("Strange")
    make.make_membership(rui, earlier, CohortRole.STAFF)
    for other, label in ((earlier, "Depth"), (strange, "Secret")):
        spec = CriterionSpec(label.lower(), label, anchors=("low",) * HIGHEST, weight=3)
        make_rubric_version(rubric=open_rubric(cohort=other), criteria=[spec], by=rui)
    client = sign_in(Person.objects.get(pk=rui.pk))
    page = client.get(reverse("rubrics:rubric", args=[cohort.slug])).content.decode()
    assert earlier.name in page
    assert strange.name not in page
    assert post(client, "copy", cohort.slug, cohort=strange.slug) == 422
    assert post(client, "copy", cohort.slug, cohort=earlier.slug) == 302
    assert keys(cohort) == ["depth"]


def test_the_page_says_when_reviews_were_begun_with_two_versions(sign_in: SignIn) -> None:
    cohort, rui = make_line()
    client, url = sign_in(rui), reverse("rubrics:rubric", args=[cohort.slug])
    start_sheet(version=default_rubric(cohort=cohort, by=rui), by=rui)
    assert "more than one version" not in client.get(url).content.decode()
    post(client, "add", cohort.slug, **WRITING)
    start_sheet(version=default_rubric(cohort=cohort, by=rui), by=make.make_person("Gil"))
    assert "more than one version" in client.get(url).content.decode()


def test_the_preview_shows_the_scales_and_their_texts(sign_in: SignIn) -> None:
    cohort, rui = make_line()
    page = sign_in(rui).get(reverse("rubrics:preview", args=[cohort.slug])).content.decode()
    assert "could start with close guidance" in page
    assert "Save" not in page.partition("<main")[2].partition("</main")[0]


def test_unusable_criteria_are_refused_with_what_was_typed(sign_in: SignIn) -> None:
    cohort, rui = make_line()
    client = sign_in(rui)
    for wrong in ({"weight": "0"}, {"weight": "11"}, {"label": " "}, {"anchor_3": "x" * 301}):
        answer = client.post(reverse("rubrics:add", args=[cohort.slug]), WRITING | {"after": "1"} | wrong)
        assert answer.status_code == 422
        assert "cannot be read" in answer.content.decode()
    assert len(editions(cohort, RubricPurpose.APPLICATION)) == 1


def test_the_page_asks_the_same_number_of_questions_for_2_versions_and_for_8(sign_in: SignIn) -> None:
    cohort, rui = make_line()
    client, url = sign_in(rui), reverse("rubrics:rubric", args=[cohort.slug])
    counts = []
    for rounds in (1, 6):
        for _ in range(rounds):
            number = len(editions(cohort, RubricPurpose.APPLICATION))
            assert post(client, "add", cohort.slug, **WRITING | {"after": str(number)}) == 302
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_changes_are_told_one_by_one() -> None:
    before = [CriterionSpec("a", "Depth", "Why?", ("low",), 1), CriterionSpec("b", "Care"), CriterionSpec("c", "Speed")]
    after = [
        CriterionSpec("c", "Speed"),
        CriterionSpec("a", "Depth", "How?", ("bad", "good"), 2, Dimension.MOTIVATION),
        CriterionSpec("d", "Wit"),
    ]
    assert changes_between(before, after) == [
        "“Wit” is new.",
        "“Care” is gone.",
        "“Depth” weighs 2 instead of 1.",
        "“Depth” measures motivation instead of ability.",
        "“Depth” is explained anew.",
        "“Depth”: another text for 1 and 2.",
        "The order is another.",
    ]
    assert changes_between(after, after) == []


def test_keys_do_not_repeat() -> None:
    taken = [CriterionSpec("writing", "Writing"), CriterionSpec("writing-2", "Writing")]
    assert new_key(taken, "Writing") == "writing-3"
    assert new_key([], "文") == "criterion"
