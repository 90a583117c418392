from mats_portal.web import furnishing


class ScholarsConfig(furnishing.Furnished):
    name = "scholars"
    label = "scholars"
