"""The database itself refuses to change a question that somebody has been asked."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION refuse_change_of_asked_question() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.version_id ELSE OLD.version_id END;
BEGIN
    IF EXISTS (SELECT FROM questionnaires_answersheet WHERE version_id = asked) THEN
        RAISE EXCEPTION 'This version has been answered: make the next one.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER asked_questions_are_final BEFORE INSERT OR UPDATE OR DELETE ON questionnaires_question
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_asked_question();
"""
BACKWARDS = """
DROP TRIGGER asked_questions_are_final ON questionnaires_question;
DROP FUNCTION refuse_change_of_asked_question();
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_questionnaires_and_answers")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
