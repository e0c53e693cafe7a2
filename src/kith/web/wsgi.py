"""The door through which a web server calls Kith."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.web.settings")
application = get_wsgi_application()

from kith.web.warming import warm_up_soon  # noqa: E402 - Django is set up by the line above

warm_up_soon()
