"""A place's case for change to read, print, work with and hand on: HTML, PDF, a workbook, JSON."""

from kith.insight.report.asking import Asked, NotInsideTheFigures, Report, report_of
from kith.insight.report.html import as_html
from kith.insight.report.machine import as_json
from kith.insight.report.workbook import write_workbook

__all__ = ["Asked", "NotInsideTheFigures", "Report", "as_html", "as_json", "report_of", "write_workbook"]
