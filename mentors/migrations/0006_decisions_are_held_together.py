"""A decision, its words and its offer fit each other; what was confirmed does not change. Held by the database."""

from django.db import migrations

TOGETHER = """
ALTER TABLE mentors_decisionwords ADD CONSTRAINT words_with_their_kind UNIQUE (id, kind, release_id);
ALTER TABLE mentors_offer ADD CONSTRAINT offer_with_its_applicant UNIQUE (id, application_id);
ALTER TABLE mentors_decision ADD CONSTRAINT words_are_of_the_decisions_kind
    FOREIGN KEY (words_id, kind, release_id) REFERENCES mentors_decisionwords (id, kind, release_id);
ALTER TABLE mentors_decision ADD CONSTRAINT the_offer_is_the_applicants_own
    FOREIGN KEY (offer_id, application_id) REFERENCES mentors_offer (id, application_id);
"""
APART = """
ALTER TABLE mentors_decision DROP CONSTRAINT the_offer_is_the_applicants_own;
ALTER TABLE mentors_decision DROP CONSTRAINT words_are_of_the_decisions_kind;
ALTER TABLE mentors_offer DROP CONSTRAINT offer_with_its_applicant;
ALTER TABLE mentors_decisionwords DROP CONSTRAINT words_with_their_kind;
"""
FROZEN = """
CREATE FUNCTION refuse_to_change_what_was_confirmed() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'mentors_decision' THEN
        -- Erasing somebody empties their letter, and nothing else.
        IF NEW.subject = '' AND NEW.text = '' AND NEW.note = '' AND NEW.kind = OLD.kind
            AND NEW.application_id = OLD.application_id AND NEW.words_id = OLD.words_id
            AND NEW.release_id = OLD.release_id AND NEW.offer_id IS NOT DISTINCT FROM OLD.offer_id
            AND NEW.streams = OLD.streams AND NEW.code = OLD.code THEN
            RETURN NEW;
        END IF;
    END IF;
    IF (SELECT state FROM mentors_release WHERE id = NEW.release_id) <> 'draft' THEN
        RAISE EXCEPTION 'what was confirmed does not change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER confirmed_decisions_are_frozen BEFORE INSERT OR UPDATE ON mentors_decision
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_what_was_confirmed();
CREATE TRIGGER confirmed_words_are_frozen BEFORE INSERT OR UPDATE ON mentors_decisionwords
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_what_was_confirmed();
"""
THAWED = """
DROP TRIGGER confirmed_words_are_frozen ON mentors_decisionwords;
DROP TRIGGER confirmed_decisions_are_frozen ON mentors_decision;
DROP FUNCTION refuse_to_change_what_was_confirmed();
"""


class Migration(migrations.Migration):
    dependencies = [("mentors", "0005_releases_by_two")]

    operations = [migrations.RunSQL(TOGETHER, APART), migrations.RunSQL(FROZEN, THAWED)]
