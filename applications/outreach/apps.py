from mats_portal.web import furnishing


class OutreachConfig(furnishing.Furnished):
    name = "applications.outreach"
    label = "outreach"
