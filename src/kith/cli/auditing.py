"""`kith audit`: whether the record of who looked and who wrote is as it was sealed."""

import sys

import click

from kith.cli.terminal import COULD_NOT, as_json, on_database, start_django, tell


@click.command(short_help="Seal the audit, and check every seal.")
@on_database
@as_json
def audit(database: str | None, as_json: bool) -> None:
    """Seal the audit up to now, and check every seal against its entries.

    Ends with 0 when all agree. Ends with 2 when an entry was changed, added or taken away, and names the
    first: then keep the database as it is, and tell whoever answers for security.
    """
    start_django(database)
    from kith.record.audit.sealing import seal, verify

    checked = verify()
    if checked.holds:
        seal()
        checked = verify()
    said = (
        f"{checked.entries:,} entries agree with their seals."
        if checked.holds
        else f"Entry {checked.first_broken} does not agree with its seal. {checked.because}"
    )
    result = {"entries": checked.entries, "holds": checked.holds, "first_broken": checked.first_broken}
    tell(result, [said], machine=as_json)
    if not checked.holds:
        sys.exit(COULD_NOT)
