"""The database itself refuses to change what was submitted."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION refuse_change_of_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A submission is final: submit again instead.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER submissions_are_final BEFORE UPDATE OR DELETE ON applications_submission
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_submission();
"""
BACKWARDS = """
DROP TRIGGER submissions_are_final ON applications_submission;
DROP FUNCTION refuse_change_of_submission();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_applications")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
