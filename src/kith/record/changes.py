"""What a change says, each field by its name: no other can be set past the act that guards it."""

from enum import Enum
from typing import Any, Final


class Said(Enum):
    """What stands for a field of which a change says nothing: None and "" are things one may say."""

    NOTHING = "nothing"


NOTHING: Final = Said.NOTHING


def said(**fields: Any) -> dict[str, Any]:
    """The fields of which something was said."""
    return {name: value for name, value in fields.items() if value is not NOTHING}
