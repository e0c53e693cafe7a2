"""Every sample chart, with its name and the module that draws it."""

from typing import Any

from kith.insight.charts import bars, control, dot_line, funnel, ratios, spark, trend
from kith.insight.charts.tests.samples_by_row import BARS, DOT_LINES, RATIOS
from kith.insight.charts.tests.samples_of_places import FUNNELS
from kith.insight.charts.tests.samples_over_time import CONTROLS, TRENDS

SAMPLES: list[tuple[str, Any, Any]] = [
    (f"{module.__name__.rpartition('.')[2]} {name}", module, chart)
    for module, charts in (
        (trend, TRENDS),
        (bars, BARS),
        (ratios, RATIOS),
        (dot_line, DOT_LINES),
        (funnel, FUNNELS),
        (control, CONTROLS),
        (spark, TRENDS),
    )
    for name, chart in charts.items()
]
