"""What Kith keeps out of its logs: the addresses that let somebody in."""

import logging

from django.urls import Resolver404, resolve

LOGGERS = ("django.request", "django.security.csrf")  # a filter holds for its own logger alone


class NoLinks(logging.Filter):
    """Writes the name of a page that opens by a link in place of its address: whoever has that may go in."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and record.args:
            told = tuple(_without_link(arg) for arg in record.args)
            if told != record.args:
                record.args = told
                record.__dict__.pop("request", None)  # some handlers write it out, with its address
        return True


def _without_link(arg: object) -> object:
    if not isinstance(arg, str) or "/" not in arg:
        return arg
    return " ".join(_named(word) for word in arg.split(" "))


def _named(word: str) -> str:
    """The name of the page that opens by a link here; any other word as it is."""
    if not word.startswith("/"):
        return word
    try:
        found = resolve(word.partition("?")[0])
    except Resolver404:
        return word
    return f"the page {found.url_name}, by a link" if "token" in found.kwargs else word
