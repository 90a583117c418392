from mats_portal.web import furnishing


class OutboxConfig(furnishing.Furnished):
    name = "mats_portal.outbox"
    label = "outbox"
    menu = ("mats_portal.outbox.dashboard.menu",)
    letters = ("mats_portal.outbox.accounts.ACCOUNT",)
    cohort_setup = ("mats_portal.outbox.dashboard.cohort_setup",)
    cohort_queues = ("mats_portal.outbox.dashboard.cohort_queues",)
    personal_data = ("mats_portal.outbox.privacy.personal_data",)
