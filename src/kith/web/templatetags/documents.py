"""What pages say of the scan of what is sent."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def is_scanned() -> bool:
    """Whether a command scans what is sent for harmful programs."""
    return bool(settings.SCAN_COMMAND)
