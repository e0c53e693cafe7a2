"""Every address of Kith, for whoever has to go through all of them."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def every_address(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Each address that leads to a view, in the order in which they are tried."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from every_address(entry)
