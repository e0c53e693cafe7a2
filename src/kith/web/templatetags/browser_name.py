"""A browser's long name for itself, as words a person knows."""

from django import template

register = template.Library()

BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
MACHINES = (
    ("Android", "an Android phone"),
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


@register.filter
def browser_name(user_agent: str) -> str:
    """For example "Chrome on Windows"; "Another browser" when neither is known."""
    browser = next((words for mark, words in BROWSERS if mark in user_agent), "Another browser")
    machine = next((words for mark, words in MACHINES if mark in user_agent), "")
    return f"{browser} on {machine}" if machine else browser
