"""Fields that several forms of help ask."""

from django import forms

from kith.record.help.models import Way

REACHED_BY = [
    (each.value, str(each.label)) for each in (Way.PHONE, Way.TEXT, Way.VISIT, Way.LETTER, Way.PARTNER)
]


def line(label: str, asks: str = "", *, help_text: str = "", longest: int = 200) -> forms.CharField:
    """A field for a few words on one line."""
    return forms.CharField(
        label=label,
        required=bool(asks),
        help_text=help_text,
        max_length=longest,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": asks},
    )
