"""The demonstration's people, for the sign-in page."""

from django import template
from django.conf import settings

from kith.web.demo import DEMO_PEOPLE, DemoPerson

register = template.Library()


@register.simple_tag
def demo_people() -> tuple[DemoPerson, ...]:
    """Everybody one can be in a demonstration; nobody outside one."""
    return DEMO_PEOPLE if settings.DEMO else ()
