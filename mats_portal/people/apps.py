from mats_portal.web import furnishing


class PeopleConfig(furnishing.Furnished):
    name = "mats_portal.people"
    label = "people"
    menu = ("mats_portal.people.dashboard.menu",)
    jump = ("mats_portal.people.dashboard.jump",)

    kept = ("mats_portal.people.erasing.kept",)
    erasures = ("mats_portal.people.erasing.ERASURE",)
    personal_data = ("mats_portal.people.privacy.personal_data",)
    invariants = ("mats_portal.people.invariants.INVARIANTS",)

    def ready(self) -> None:
        """Register the check of demo logins, and note a new second factor in its session."""
        from allauth.mfa.signals import authenticator_added

        from mats_portal.people import checks  # noqa: F401 - importing registers the check
        from mats_portal.people.signing_in import note_second_factor

        authenticator_added.connect(note_second_factor, dispatch_uid="note_second_factor")
