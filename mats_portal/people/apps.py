from mats_portal.web import furnishing


class PeopleConfig(furnishing.Furnished):
    name = "mats_portal.people"
    label = "people"
    menu = ("mats_portal.people.dashboard.menu",)
    letters = ("mats_portal.people.letters.INVITATION", "mats_portal.people.letters.ACCOUNT")
    personal_data = ("mats_portal.people.privacy.personal_data",)
