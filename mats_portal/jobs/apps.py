from mats_portal.web import furnishing


class JobsConfig(furnishing.Furnished):
    name = "mats_portal.jobs"
    label = "jobs"
    invariants = ("mats_portal.jobs.invariants.INVARIANTS",)
