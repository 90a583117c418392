from mats_portal.web import furnishing


class OutboxConfig(furnishing.Furnished):
    name = "mats_portal.outbox"
    label = "outbox"
    letters = ("mats_portal.outbox.accounts.ACCOUNT",)
