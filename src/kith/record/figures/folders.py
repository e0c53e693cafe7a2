"""Where the tables of a taking lie."""

from pathlib import Path

from django.conf import settings

from kith.record.figures.models import Taking


def folder_of(taking: Taking) -> Path:
    """The folder with the tables of a taking; it is there once the taking is done."""
    return Path(settings.HOME) / "figures" / str(taking.pk)
