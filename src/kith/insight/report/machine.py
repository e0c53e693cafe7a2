"""The report as one JSON object, for other programs."""

from datetime import date
from typing import Any

from kith.insight.report.asking import Report
from kith.insight.report.workbook import shown_figures


def as_json(report: Report) -> dict[str, Any]:
    """Figures (a list of rows), findings, what stands out, the largest of the shares that should be small,
    and what was told from, as plain values.
    """
    return {
        "place": report.place,
        "period": report.period.label,
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
        "audience": report.audience,
        "done": report.done,
        "told_from": list(report.told_from),
        "stands_out": [{"indicator": worry.indicator, "words": worry.words} for worry in report.case.worries],
        "largest": [{"indicator": share.indicator, "words": share.words} for share in report.case.largest],
        "findings": [
            {
                "id": finding.id,
                "title": finding.title,
                "says": list(finding.sentences),
                "beside": list(finding.beside),
                "does_not_know": list(finding.unknown),
                "caution": finding.caution,
            }
            for finding in report.case.findings
        ],
        "figures": [_plain(row) for row in shown_figures(report).to_dicts()],
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
