"""What this authority decides for itself: what holds today, since when, and who agreed."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.people import local
from kith.record.people.local import BETWEEN, Setting
from kith.record.people.models import LocalSetting
from kith.web.authority.forms import SettingForm, WhoseForm
from kith.web.task_pages.doing import carry_out
from kith.web.who_may import power, user_of


@dataclass(frozen=True)
class SettingLine:
    """One setting: what holds today, in words, and the rows that were ever set, the newest first."""

    setting: Setting
    words: str
    rows: list[tuple[LocalSetting, str]]
    url: str

    @property
    def is_set(self) -> bool:
        return bool(self.rows)


@power("keep_local_settings")
def settings_of_authority(request: HttpRequest) -> HttpResponse:
    """Everything that may be set, what holds today, and what was set before."""
    today = timezone.localdate()
    rows: dict[str, list[LocalSetting]] = {}
    for row in LocalSetting.objects.order_by("-started_on", "-pk").select_related("recorded_by"):
        rows.setdefault(row.name, []).append(row)
    lines = [
        SettingLine(
            setting, in_words(local.local_setting(name, today)),
            [(row, in_words(row.value)) for row in rows.get(name, [])],
            reverse("set_locally", args=[name]),
        )
        for name, setting in local.settings_there_are().items()
    ]  # fmt: skip
    return render(
        request, "kith/authority/settings.html",
        {"lines": lines, "own": local.own_authority(today), "today": today},
    )  # fmt: skip


def in_words(value: str) -> str:
    """What is set, as a person reads it."""
    return ", ".join(value.split(BETWEEN)) or "nothing"


@power("keep_local_settings")
def set_one(request: HttpRequest, name: str) -> HttpResponse:
    """Set one thing from a day on; what held before ends on that day and stays readable."""
    setting = local.settings_there_are().get(name)
    if setting is None:
        raise Http404("Nothing of that name can be set")
    today, back = timezone.localdate(), reverse("settings_of_authority")
    now = local.local_setting(name, today)
    form = SettingForm(
        request.POST or None, of=setting,
        initial={"value": now.replace(BETWEEN, "\n"), "started_on": today},
    )  # fmt: skip
    return carry_out(
        request, form, lambda said: local.set_locally(name=name, by=user_of(request), **said),
        page="kith/authority/set_one.html", to=back, said="It is set.",
        context={
            "title": "What this authority decides", "act": "Set it", "setting": setting, "cancel_url": back,
        },
    )  # fmt: skip


@power("keep_local_settings")
def whose_record(request: HttpRequest) -> HttpResponse:
    """Say whose record this is from a day on: its code stands in the ids of children who are new."""
    back, own = reverse("settings_of_authority"), local.own_authority()
    said_now = {"code": own.code, "name": own.name} if own else {}
    form = WhoseForm(request.POST or None, initial={**said_now, "started_on": timezone.localdate()})
    return carry_out(
        request, form, lambda said: local.name_own_authority(by=user_of(request), **said),
        page="kith/task.html", to=back, said="It is on record.",
        context={"title": "Whose record is this?", "act": "Save whose it is", "cancel_url": back},
    )  # fmt: skip
