"""The ASGI entry point, for uvicorn and its like."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mats_portal.settings")

application = get_asgi_application()
