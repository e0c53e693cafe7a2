"""Columns and codes that several rules name together."""

OC2_MAIN_ITEMS = ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
"""What is told of every child who was looked after all the year."""

OC2_ITEMS = (
    *("CONVICTED", "HEALTH_CHECK"),
    *OC2_MAIN_ITEMS,
    *("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
)
"""Everything in the OC2 table but the strengths and difficulties questionnaire (SDQ)."""

OC3_ITEMS = ("IN_TOUCH", "ACTIV", "ACCOM")
"""What is told of a care leaver."""

AD1_ITEMS = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")
"""What is told of a child who was adopted."""

ADOPTION_PLACEMENTS = "A3 A4 A5 A6"
"""The placement types of a child who is placed for adoption."""

SHORT_BREAKS = "V3 V4"
"""The legal statuses of a child in an agreed series of short breaks."""

ADOPTED = "E11 E12"
"""The reasons for the end of an episode that say a child was adopted."""


def of(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns as a rule on another table names them: "AD1.DATE_INT"."""
    return tuple(f"{table}.{column}" for column in columns)
