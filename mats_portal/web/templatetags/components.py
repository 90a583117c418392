"""Every component as a template tag, in one library that all templates have without `{% load %}`.

The tags live by kind in `mats_portal.web.components`; docs/architecture/components.md is their cheat sheet.
"""

from django import template

from mats_portal.web.components import (
    actions,
    charts,
    courses,
    fields,
    forms,
    frame,
    layout,
    marks,
    moments,
    notes,
    progress,
    tables,
)

register = template.Library()

for _part in (actions, charts, courses, fields, forms, frame, layout, marks, moments, notes, progress, tables):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
