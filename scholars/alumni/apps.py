from mats_portal.web import furnishing


class AlumniConfig(furnishing.Furnished):
    name = "scholars.alumni"
    label = "alumni"
