from mats_portal.web import furnishing


class SupportConfig(furnishing.Furnished):
    name = "scholars.support"
    label = "support"
    letters = ("scholars.support.letters.NOTICE",)
