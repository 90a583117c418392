"""The database itself refuses to change what a referee wrote."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION refuse_change_of_reference_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A letter of reference is final.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER reference_letters_are_final BEFORE UPDATE OR DELETE ON applications_referenceletter
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_reference_letter();
"""
BACKWARDS = """
DROP TRIGGER reference_letters_are_final ON applications_referenceletter;
DROP FUNCTION refuse_change_of_reference_letter();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_references_and_documents")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
