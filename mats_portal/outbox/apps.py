from mats_portal.web import furnishing


class OutboxConfig(furnishing.Furnished):
    name = "mats_portal.outbox"
    label = "outbox"
    menu = ("mats_portal.outbox.dashboard.menu",)
    letters = ("mats_portal.outbox.accounts.ACCOUNT",)
    cohort_menu = ("mats_portal.outbox.dashboard.cohort_menu",)
    cohort_queues = ("mats_portal.outbox.dashboard.cohort_queues",)
    kept = ("mats_portal.outbox.erasing.kept",)
    erasures = ("mats_portal.outbox.erasing.ERASURE",)
    personal_data = ("mats_portal.outbox.privacy.personal_data",)
    invariants = ("mats_portal.outbox.invariants.INVARIANTS",)
