"""Static files under names that carry the hash of their content, so that browsers may keep them for ever."""

import re
from collections.abc import Iterator
from posixpath import dirname, join
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/portal.css"
_LAYERED_IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>\w+)\);')

Sources = dict[str, tuple[Storage, str]]


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Django's manifest storage, also for ES modules that import each other, with compressed copies beside the files.

    Until `collectstatic` has run (a developer's machine, tests) files keep their plain names; afterwards
    a name that the manifest does not hold raises `ValueError`, because it would be a broken link.
    The style sheet, which is one file per thing for those who write it, becomes one file for those who load it.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The name under which a file is served: hashed once files were collected, plain before."""
        return str(super().stored_name(name)) if self.hashed_files else name

    def post_process(self, paths: Sources, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Hash and rewrite what was collected, the style sheet first drawn together."""
        if SHEET in paths and not dry_run:
            self.delete(SHEET)
            self.save(SHEET, ContentFile(drawn_together(paths).encode()))
            paths = paths | {SHEET: (self, SHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def drawn_together(paths: Sources) -> str:
    """The style sheet with each of its imports in place, in its layer. Read from the sources, never from a copy."""

    def read(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return bytes(file.read()).decode()

    def in_place(found: re.Match[str]) -> str:
        return f"@layer {found['layer']} {{\n{read(join(dirname(SHEET), found['path']))}}}"

    return _LAYERED_IMPORT.sub(in_place, read(SHEET))
