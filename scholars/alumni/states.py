"""What somebody does after the programme, and how we know."""

from django.db.models import TextChoices


class Category(TextChoices):
    """What an alumna or alumnus does now. Academia and industry are split by whether the work serves safety."""

    SAFETY_STAFF = "safety_staff", "Safety work at an organisation"
    SAFETY_FOUNDER = "safety_founder", "Founded a safety organisation or team"
    SAFETY_INDEPENDENT = "safety_independent", "Independent safety research"
    ACADEMIA_SAFETY = "academia_safety", "Academia, more safety-relevant than before"
    ACADEMIA_OTHER = "academia_other", "Academia, not safety-relevant"
    INDUSTRY_SAFETY = "industry_safety", "Industry, more safety-relevant than before"
    SKILL_BUILDING = "skill_building", "Building skills for later safety work"
    POLICY = "policy", "Government or policy"
    CAPABILITIES = "capabilities", "Capabilities work"
    STUDYING = "studying", "Studying"
    OTHER = "other", "Other work"
    UNKNOWN = "unknown", "Not known"


ON_SAFETY = (
    Category.SAFETY_STAFF,
    Category.SAFETY_FOUNDER,
    Category.SAFETY_INDEPENDENT,
    Category.ACADEMIA_SAFETY,
    Category.INDUSTRY_SAFETY,
    Category.POLICY,
)


class Method(TextChoices):
    """How an outcome is known. Outcomes of different methods are never added up."""

    SELF = "self", "Said by themselves"
    PROFILE = "profile", "Read in a public profile"
    STAFF = "staff", "Known to staff"
