from mats_portal.web import furnishing


class ReferralsConfig(furnishing.Furnished):
    name = "mentors.referrals"
    label = "referrals"
    cohort_menu = ("mentors.referrals.dashboard.cohort_menu",)
    home_sections = ("mentors.referrals.dashboard.sections",)
    withdrawals = ("mentors.referrals.services.end_consents",)
    letters = (
        "mentors.referrals.letters.ANNOUNCED",
        "mentors.referrals.letters.SHARED",
        "mentors.referrals.letters.TAKEN_BACK",
    )
    personal_data = ("mentors.referrals.privacy.personal_data",)
    kept = ("mentors.referrals.erasing.kept",)
    erasures = ("mentors.referrals.erasing.ERASURE",)
    purges = ("mentors.referrals.erasing.WORDS",)
