"""Static files under names that carry the hash of their content, so that browsers may keep them for ever."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedStaticFiles(ManifestStaticFilesStorage):
    """Django's manifest storage, also for the ES modules that import each other.

    Until `collectstatic` has run (a developer's machine, tests) files keep their plain names; afterwards
    a name that the manifest does not hold raises `ValueError`, because it would be a broken link.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The name under which a file is served: hashed once files were collected, plain before."""
        return str(super().stored_name(name)) if self.hashed_files else name
