"""Counts what a task costs the person who does it: screens, fields that have to be filled in, clicks.

A click is one press on a link, a button, a radio or a box to tick; choosing from a list is two; typing is
none. The press that opens the task counts; the page on which it is pressed does not. A screen is a page the
person had to do something on, and one that comes back with a complaint is one more.
A field is required when the server refuses the form without it. Each screen is sent away twice to find out,
as it came and with everything cleared, and what is refused has to be what the page itself calls required.
"""

import csv
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from kith.record.drafts.models import Draft

LIMITS = Path(__file__).parent / "limits.csv"
RESULTS = "tasks.json"

# The name of the first box of each field of a form: shown, required, required and not filled in, or refused.
FIELDS = """(form, which) => {
  const groups = [...form.querySelectorAll(".govuk-form-group")];
  const isRequired = (group) => group.querySelector("[required], [data-required]");
  const isFilled = (group) => [...group.querySelectorAll("input, textarea, select")].some((box) =>
    box.type === "radio" || box.type === "checkbox" ? box.checked : box.value);
  const asks = {
    shown: () => true,
    required: isRequired,
    unfilled: (group) => isRequired(group) && !isFilled(group),
    refused: (group) => group.classList.contains("govuk-form-group--error"),
  }[which];
  const names = groups.filter(asks).map((group) => group.querySelector("input, textarea, select")?.name);
  return [...new Set(names.filter(Boolean))].sort();
}"""
CLEAR = """(form) => form.querySelectorAll("input:not([type=hidden]), textarea, select").forEach((box) => {
  if (box.type === "radio" || box.type === "checkbox") box.checked = false;
  else box.value = "";
})"""


@dataclass
class Cost:
    """What a task cost. `required` and `fields` name each field once a screen."""

    task: str
    screens: int
    required: list[str]
    fields: list[str]
    clicks: int
    children: int


class Task:
    """One task, done in a browser on the shortest honest path. `arrived` waits for the page asked for."""

    def __init__(self, name, page, arrived, *, children=1):
        self.name, self.page, self.arrived, self.children = name, page, arrived, children
        self.clicks, self.required, self.fields = 0, [], []
        self._document, self._acted_on = 0, set()
        page.on("domcontentloaded", lambda _: self._a_new_document())

    def _a_new_document(self):
        self._document += 1

    def begin(self, locator):
        """The press that opens the task, on a page where the person is anyway."""
        self._click(locator)

    def press(self, locator):
        """One press on a link, a button, a radio or a box to tick."""
        self._acted_on.add(self._document)
        self._click(locator)

    def choose(self, locator, value):
        """Choosing from a list: one press to open it, one on the answer."""
        self._acted_on.add(self._document)
        self.clicks += 2
        locator.select_option(value)

    def type(self, locator, text):
        """Typing costs no click, and makes the page one that was worked on."""
        self._acted_on.add(self._document)
        locator.fill(text)

    def _click(self, locator):
        self.clicks += 1
        locator.click()
        self.arrived(self.page)

    def look(self, act):
        """Find out which fields of the form with this button are required; to be done once a screen, before
        anything is filled in. Fails where the page calls another field required than the server does."""
        form = self._form(self.page, act)
        said = form.evaluate(FIELDS, "required")
        refused = set()
        if form.evaluate(FIELDS, "unfilled"):  # else it would be taken as it came
            refused.update(self._refused(act, clear=False))
        if said:
            refused.update(self._refused(act, clear=True))
        refused = sorted(refused)
        assert refused == said, f"{self.name}: the server refuses without {refused}, the page says {said}"
        self.required += said
        self.fields += form.evaluate(FIELDS, "shown")

    def _refused(self, act, *, clear):
        """What the server refuses of this form sent from a page beside this one; nothing of it is kept."""
        kept = set(Draft.objects.values_list("pk", flat=True))
        beside = self.page.context.new_page()
        try:
            beside.goto(self.page.url)
            form = self._form(beside, act)
            if clear:
                form.evaluate(CLEAR)
            form.evaluate("form => { form.noValidate = true }")
            with beside.expect_navigation():
                form.get_by_role("button", name=act, exact=True).click()
            again = self._form(beside, act)
            assert again.count(), f"{self.name}: “{act}” took a form with nothing filled in"
            return again.evaluate(FIELDS, "refused")
        finally:
            beside.close()
            Draft.objects.exclude(pk__in=kept).delete()

    @staticmethod
    def _form(page, act):
        return page.locator("form", has=page.get_by_role("button", name=act, exact=True))

    def cost(self):
        return Cost(self.name, len(self._acted_on), self.required, self.fields, self.clicks, self.children)


def write(cost, folder=None):
    """Add what a task cost to the run's file."""
    path = Path(folder or settings.HOME) / RESULTS
    held = json.loads(path.read_text()) if path.exists() else {}
    held[cost.task] = asdict(cost)
    path.write_text(json.dumps(held, indent=2))


def limits():
    """{task: its row} of limits.csv: what was best elsewhere, and what Kith may cost at most."""
    with LIMITS.open(encoding="utf-8", newline="") as file:
        return {row["task"]: row for row in csv.DictReader(file)}


def passed(cost, limit):
    """What of a cost (as written) is over its limit, in words; nothing where it keeps within."""
    children = int(limit["required_a_child"] or 0) * cost["children"]
    most = {
        "screens": (cost["screens"], limit["screens"], 0),
        "required fields": (len(cost["required"]), limit["required"], children),
        "fields": (len(cost["fields"]), limit["fields"], 0),
        "clicks": (cost["clicks"], limit["clicks"], 0),
    }
    return [
        f"{took} {what}, at most {int(limit_) + more}"
        for what, (took, limit_, more) in most.items()
        if limit_ and took > int(limit_) + more
    ]
