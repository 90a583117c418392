"""What must hold of questions and answers."""

from mats_portal.web.invariants import sql, trigger_stands

INVARIANTS = (
    trigger_stands("questionnaires_question", "asked_questions_are_final"),
    sql(
        "Each answer is to a question of its sheet's version",
        "SELECT answer.id FROM questionnaires_answer answer"
        " JOIN questionnaires_answersheet sheet ON sheet.id = answer.sheet_id"
        " JOIN questionnaires_question question ON question.id = answer.question_id"
        " WHERE question.version_id <> sheet.version_id",
    ),
    sql(
        "No answer is newer than its sheet",
        "SELECT answer.id FROM questionnaires_answer answer"
        " JOIN questionnaires_answersheet sheet ON sheet.id = answer.sheet_id WHERE answer.revision > sheet.revision",
    ),
)
