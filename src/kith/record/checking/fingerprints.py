"""What makes two findings the same one told again."""

import hashlib
import json
from collections.abc import Sequence

Pairs = Sequence[Sequence[str | None]]


def fingerprint(kind: str, authority: str, rule: str, child: str, values: Pairs) -> str:
    """The same for the same finding of another run or year: of return, authority, rule, child and values."""
    told = json.dumps([kind, authority, rule, child, [list(pair) for pair in values]], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
