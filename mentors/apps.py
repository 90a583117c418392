from mats_portal.web import furnishing


class MentorsConfig(furnishing.Furnished):
    name = "mentors"
    label = "mentors"
    letters = (
        "mentors.letters.OFFER",
        "mentors.letters.OFFER_WITHDRAWN",
    )
