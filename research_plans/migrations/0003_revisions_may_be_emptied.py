"""A revision is never rewritten, but may be emptied when its scholar is erased."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION refuse_change_of_plan_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.content = '{"parts": {}, "outputs": []}'::jsonb
        AND to_jsonb(NEW) - 'content' = to_jsonb(OLD) - 'content' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Rows of % are never changed or removed.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER plan_revisions_are_final ON research_plans_planrevision;
CREATE TRIGGER plan_revisions_are_final BEFORE UPDATE OR DELETE ON research_plans_planrevision
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_plan_revision();
"""
BACKWARDS = """
DROP TRIGGER plan_revisions_are_final ON research_plans_planrevision;
CREATE TRIGGER plan_revisions_are_final BEFORE UPDATE OR DELETE ON research_plans_planrevision
    FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_history();
DROP FUNCTION refuse_change_of_plan_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("research_plans", "0002_revisions_are_final")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
