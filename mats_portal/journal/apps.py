from mats_portal.web import furnishing


class JournalConfig(furnishing.Furnished):
    name = "mats_portal.journal"
    label = "journal"
    kept = ("mats_portal.journal.erasing.kept",)
    erasures = ("mats_portal.journal.erasing.ERASURE",)
    invariants = ("mats_portal.journal.invariants.INVARIANTS",)
