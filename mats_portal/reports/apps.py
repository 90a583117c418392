from mats_portal.web import furnishing


class ReportsConfig(furnishing.Furnished):
    name = "mats_portal.reports"
    label = "reports"
