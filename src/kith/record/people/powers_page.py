"""The page of who may do what, `docs/powers.md`, made from the table.

`python -m kith.record.people.powers_page` writes it.
"""

import os
from pathlib import Path

PAGE = Path(__file__).parents[4] / "docs" / "powers.md"
_HEAD = """# Who may do what

Every power, and the roles that hold it. Made from `src/kith/record/people/data/powers.csv` by
`python -m kith.record.people.powers_page`; change the table, not this page.

A power says what a role may do. To open somebody's record, a working relationship (allocated, in the team,
its manager) or a broken glass has to be there as well: [decision 8](decisions/0008-access.md).
"""


def page() -> str:
    """The whole page in Markdown: each power with its roles, then each role with its powers."""
    from kith.record.people.models import Role
    from kith.record.people.permissions import powers

    by_power = [
        f"| {power.meaning[:1].upper()}{power.meaning[1:]} | "
        f"{', '.join(str(role.label) for role in Role if role in power.roles)} |"
        for power in powers().values()
    ]
    by_role = [
        f"| {role.label} | {'; '.join(power.meaning for power in powers().values() if role in power.roles)} |"
        for role in Role
    ]
    return "\n".join(
        [
            *(_HEAD, "## By power\n", "| To | Roles |", "|---|---|", *by_power),
            *("\n## By role\n", "| Role | May |", "|---|---|", *by_role, ""),
        ]
    )


def main() -> None:
    """Write the page, and say so."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.web.settings")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.name}")


if __name__ == "__main__":
    main()
