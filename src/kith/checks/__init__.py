"""The DfE's validation rules: one small file a rule, run over a whole return in one pass.

from kith.checks import check
report = check(tables, return_="903", year=2027)
"""

from kith.checks.catalogue import NoSuchRule, every_rule, rule_of, rules_of
from kith.checks.checking import check
from kith.checks.outcome import Finding, FoundRow, Outcome
from kith.checks.report import Report
from kith.checks.rule import Rule

__all__ = [
    "Finding",
    "FoundRow",
    "NoSuchRule",
    "Outcome",
    "Report",
    "Rule",
    "check",
    "every_rule",
    "rule_of",
    "rules_of",
]
