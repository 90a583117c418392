"""What was submitted is never changed or removed, by whatever door."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER plan_revisions_are_final BEFORE UPDATE OR DELETE ON research_plans_planrevision
    FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_history();
"""
ALLOW = "DROP TRIGGER plan_revisions_are_final ON research_plans_planrevision;"


class Migration(migrations.Migration):
    dependencies = [
        ("research_plans", "0001_plans_and_revisions"),
        ("journal", "0002_entries_are_final"),
    ]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
