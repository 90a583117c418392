"""The general questions of a cohort."""

from typing import Any

from django.db import transaction

from applications.defaults import general_questions
from applications.outreach.selectors import listed_names
from mats_portal.cohorts.models import Cohort
from mats_portal.questionnaires.models import Version
from mats_portal.questionnaires.selectors import current_version
from mats_portal.questionnaires.services import make_version, open_questionnaire
from mats_portal.questionnaires.states import Purpose


@transaction.atomic
def make_default_questions(*, cohort: Cohort, by: Any) -> Version:
    """The cohort's general questions: the current version, or the default ones when there is none yet."""
    questionnaire = open_questionnaire(cohort=cohort, purpose=Purpose.APPLICATION)
    return current_version(questionnaire) or make_version(
        questionnaire=questionnaire, questions=general_questions(listed_names()), by=by
    )
