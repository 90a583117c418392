from mats_portal.web import furnishing


class MentorsConfig(furnishing.Furnished):
    name = "mentors"
    label = "mentors"
    concealed_applications = ("mentors.selectors.conflicted_applications",)
    letters = (
        "mentors.letters.OFFER",
        "mentors.letters.OFFER_WITHDRAWN",
    )
