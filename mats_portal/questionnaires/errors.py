"""What can be refused about questions and answers."""

from dataclasses import dataclass

from mats_portal.questionnaires.models import Answer, Question
from mats_portal.questionnaires.reading import in_words
from mats_portal.web.comparison import Stretch, compare
from mats_portal.web.errors import Refusal


@dataclass(frozen=True, slots=True)
class Clash:
    """An answer that was changed in two places: what is stored, and what was sent."""

    question: Question
    theirs: str | list[str]
    mine: str | list[str]

    @property
    def theirs_text(self) -> str:
        """What is stored, as one text."""
        return self._text(self.theirs)

    @property
    def stretches(self) -> list[Stretch]:
        """Word by word from what is stored to what was sent."""
        return compare(self.theirs_text, self._text(self.mine))

    def _text(self, value: str | list[str]) -> str:
        text, choices = (value, []) if isinstance(value, str) else ("", value)
        return in_words(self.question, Answer(question=self.question, text=text, choices=choices))


class StaleAnswers(Refusal):
    """These answers were changed in another window. Both texts are below: keep what you want and save again."""

    def __init__(self, clashes: list[Clash], revision: int) -> None:
        super().__init__()
        self.clashes = clashes
        self.revision = revision


class AnswerTooLong(Refusal):
    """One answer is too long to be kept. Please shorten it and save again."""

    def __init__(self, question: Question, length: int, limit: int) -> None:
        super().__init__(
            f"“{question.wording[:80]}”: {length:,} characters; at most {limit:,} can be kept. Please shorten it."
        )
        self.question = question


class UnknownChoice(Refusal):
    """One of the choices is not on the list. Please choose from the list."""


class StaleQuestions(Refusal):
    """Somebody else changed these questions a moment ago. Look at them as they are now, then change them again."""


class UnfitQuestions(Refusal):
    """These questions cannot be asked like this."""
