"""How long a form takes."""

import pytest

from mats_portal.questionnaires.effort import effort_words, minutes_for
from mats_portal.questionnaires.specs import QuestionSpec
from mats_portal.questionnaires.states import QuestionKind

Kind = QuestionKind


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "a few minutes"),
        (4, "a few minutes"),
        (23, "about 25 minutes"),
        (49, "about 50 minutes"),
        (50, "about 1 hour"),
        (60, "about 1 hour"),
        (85, "about 1½ hours"),
        (120, "about 2 hours"),
        (400, "about 6½ hours"),
    ],
)
def test_minutes_are_told_as_people_say_them(minutes: int, words: str) -> None:
    assert effort_words(minutes) == words


def test_long_texts_count_by_their_limit_and_optional_ones_by_half() -> None:
    long = QuestionSpec("a", Kind.LONG, "A?", max_words=600)
    assert minutes_for([long]) == 60
    assert minutes_for([QuestionSpec("a", Kind.LONG, "A?", max_words=600, is_required=False)]) == 30
    assert minutes_for([QuestionSpec("a", Kind.LONG, "A?", max_characters=3_600)]) == 60
    assert minutes_for([QuestionSpec("a", Kind.LONG, "A?")]) == 30
    grid = QuestionSpec("g", Kind.MATRIX, "G?", options=("a", "b"), rows=tuple("abcdefgh"))
    assert minutes_for([grid, QuestionSpec("s", Kind.SHORT, "S?")]) == 4
