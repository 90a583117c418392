"""What was submitted is never rewritten, but may be emptied: when somebody is erased, or sensitive answers are due."""

from django.db import migrations, models

FORWARDS = """
CREATE OR REPLACE FUNCTION refuse_change_of_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.emptied_at IS NOT NULL
        AND octet_length(NEW.content::text) <= octet_length(OLD.content::text)
        AND to_jsonb(NEW) - 'content' - 'emptied_at' = to_jsonb(OLD) - 'content' - 'emptied_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A submission is final: submit again instead.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE FUNCTION refuse_change_of_reference_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.text = '' AND NEW.relationship = ''
        AND to_jsonb(NEW) - 'text' - 'relationship' = to_jsonb(OLD) - 'text' - 'relationship' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A letter of reference is final.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
BACKWARDS = """
CREATE OR REPLACE FUNCTION refuse_change_of_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A submission is final: submit again instead.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE FUNCTION refuse_change_of_reference_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A letter of reference is final.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_tallies")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="emptied_at",
            field=models.DateTimeField(
                blank=True, help_text="When answers were last taken out of it for good.", null=True
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
