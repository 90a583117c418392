from mats_portal.web import furnishing


class PeopleConfig(furnishing.Furnished):
    name = "mats_portal.people"
    label = "people"
    menu = ("mats_portal.people.dashboard.menu",)
    personal_data = ("mats_portal.people.privacy.personal_data",)
