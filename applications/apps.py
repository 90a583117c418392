from mats_portal.web import furnishing


class ApplicationsConfig(furnishing.Furnished):
    name = "applications"
    label = "applications"
