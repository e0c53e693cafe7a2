"""What a task asks, and what becomes of the answers: none filled in, none lost, each child their own."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.utils import timezone

from kith.web.task_pages.forms import (
    PerChild,
    TaskForm,
    choice,
    code_choice,
    day,
    moment,
    ticks,
    words,
    yes_no,
)
from kith.web.task_pages.per_child import called

SEEN = (("alone", "Seen alone"), ("not_alone", "Seen, not alone"), ("not_seen", "Not seen"))


def child(pk, name, born=date(2019, 3, 3)):
    return SimpleNamespace(person_id=pk, name=name, date_of_birth=born)


AMIRA, YUSUF, SANA = child(1, "Amira Khan"), child(2, "Yusuf Khan"), child(3, "Sana Khan")
FAMILY = [AMIRA, YUSUF, SANA]


class Visit(TaskForm):
    children = ticks(
        "Who?", [(1, "Amira"), (2, "Yusuf"), (3, "Sana")], "Choose the children", with_all=True, coerce=int
    )
    joint = yes_no("Joint?")
    each = PerChild(
        "Each child",
        asked_of="children",
        for_all="seen",
        seen=choice("Was {name} seen?", SEEN, "Choose whether {name} was seen"),
        private=words("Only for {name}’s record", rows=2),
    )
    what = words("What happened?", "Write what happened")


def visit(**sent):
    return Visit(sent, children=FAMILY)


def test_no_answer_is_chosen_before_somebody_chooses_it():
    page = str(Visit(children=FAMILY))
    assert "checked" not in page


def test_what_is_left_empty_is_asked_for_in_the_childs_name():
    form = visit(children=["1"])
    assert form.errors == {
        "each-1-seen": ["Choose whether Amira was seen"],
        "what": ["Write what happened"],
    }


def test_of_a_child_who_is_not_ticked_nothing_is_asked_and_nothing_kept():
    form = visit(children=["1"], what="All well", **{"each-1-seen": "alone", "each-2-private": "Hers"})
    assert form.is_valid()
    assert form.answers["each"] == {1: {"seen": "alone", "private": ""}}


def test_each_childs_answers_stay_with_that_child():
    sent = {"each-1-seen": "alone", "each-2-seen": "not_seen", "each-2-private": "His"}
    form = visit(children=["1", "2"], what="All well", **sent)
    assert form.is_valid()
    assert form.answers["each"] == {
        1: {"seen": "alone", "private": ""},
        2: {"seen": "not_seen", "private": "His"},
    }
    assert form.answers["children"] == [1, 2]


def test_one_press_answers_for_all_children_and_keeps_what_was_typed():
    form = visit(all="each:seen:alone", what="Half a sen", **{"each-2-private": "His"})
    assert not form.is_valid()
    assert form.errors == {}  # nobody asked for it to be sent
    page = str(form)
    assert page.count("checked") == len(FAMILY)
    assert "Half a sen" in page
    assert "His" in page


def test_one_press_ticks_all_children():
    page = str(visit(all="children"))
    assert page.count("checked") == len(FAMILY)


def test_a_button_for_all_that_the_form_does_not_have_sends_the_form():
    assert "what" in visit(all="nothing:at:all").errors


@pytest.mark.parametrize(
    "said, means",
    [("yes", True), ("no", False), ("unsaid", None), ("", None)],  # nobody said is never No
)
def test_yes_and_no_have_a_third_answer(said, means):
    class Form(TaskForm):
        joint = yes_no("Joint?")

    form = Form({"joint": said})
    assert form.is_valid()
    assert form.answers == {"joint": means}


def test_an_optional_choice_pressed_by_mistake_can_be_taken_back():
    class Form(TaskForm):
        how = choice("How?", SEEN)

    form = Form({"how": "unsaid"})
    assert form.is_valid()
    assert form.answers == {"how": ""}


class Told(TaskForm):
    source = choice("Who told us?", [(str(n), f"Answer {n}") for n in range(12)], "Choose who told us")


def test_more_than_nine_answers_wait_behind_more():
    before, after = str(Told()).split("<details")
    assert before.count('type="radio"') == 9
    assert after.count('type="radio"') == 3
    assert " open>" not in after


def test_more_is_open_where_the_answer_is_in_it():
    assert " open>" in str(Told({"source": "11"}))


def test_codes_of_a_list_are_those_of_the_day_with_the_usual_ones_first():
    class Form(TaskForm):
        need = code_choice("Need?", "need_codes", date(2026, 3, 3), "Choose the need", first=("N4", "N1"))

    before, after = str(Form()).split("<details")
    assert before.index('value="N4"') < before.index('value="N1"')
    assert 'value="N2"' in after


class When(TaskForm):
    at = moment("When", "Write when")


def at(day_, time_, which=""):
    return When({"at_day": day_, "at_time": time_, "at_which": which})


@pytest.mark.parametrize("typed", ["14:05", "14.05", "1405", "2:05 pm", "2.05pm"])
def test_a_time_is_read_as_people_type_it(typed):
    form = at("3/3/2026", typed)
    assert form.is_valid()
    assert form.answers["at"] == datetime(2026, 3, 3, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["3/3/2026", "3.3.26", "3-3-2026", "3 3 2026", "3 March 2026", "Tue 3 Mar 2026"]
)
def test_a_day_is_read_as_people_type_it_and_as_pages_write_it(typed):
    assert day("When").clean(typed) == date(2026, 3, 3)
    assert at(typed, "14:05").is_valid()


def test_on_the_night_the_clocks_go_back_it_asks_which_of_the_two():
    form = at("25/10/2026", "01:30")
    assert "came twice on Sun 25 Oct 2026" in form.errors["at"][0]
    assert "The second, after they went back" in str(form)


@pytest.mark.parametrize("which, hour", [("first", 0), ("second", 1)])
def test_first_and_second_are_an_hour_apart(which, hour):
    form = at("25/10/2026", "01:30", which)
    assert form.is_valid()
    assert form.answers["at"].astimezone(UTC) == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_passed_over_is_refused_in_words():
    assert "There was no 01:30 on Sun 29 Mar 2026" in at("29/3/2026", "01:30").errors["at"][0]


def test_on_any_other_day_nothing_is_asked_about_clocks():
    assert "The second" not in str(at("26/10/2026", "01:30"))


@pytest.mark.parametrize("day_, time_", [("", "14:05"), ("3/3/2026", ""), ("31/31/2026", "14:05"), ("", "")])
def test_half_a_moment_is_asked_for(day_, time_):
    assert "at" in at(day_, time_).errors


def test_a_moment_filled_in_with_now_falls_back_to_it_and_is_not_called_required():
    class Form(TaskForm):
        at = moment("When", is_filled=True)

    assert f"{timezone.localtime():%d/%m/%Y}" in str(Form())
    assert "required" not in str(Form())
    assert "optional" not in str(Form())
    form = Form({"at_day": "", "at_time": ""})
    assert form.is_valid()
    assert (timezone.now() - form.answers["at"]).total_seconds() < 60


def test_the_second_time_that_came_twice_is_shown_as_the_second():
    class Form(TaskForm):
        at = moment("When")

    form = Form(initial={"at": datetime(2026, 10, 25, 1, 30, tzinfo=UTC)})
    first, second = str(form).split('value="second"')
    assert "checked" not in first
    assert "checked" in second
    assert "01:30" in first


@pytest.mark.parametrize(
    "children, names",
    [
        (FAMILY, ["Amira", "Yusuf", "Sana"]),
        ([child(1, "Sam Lee"), child(2, "Sam Roe")], ["Sam Lee", "Sam Roe"]),
        ([child(1, "Sam Lee", date(2015, 1, 1)), child(2, "Sam Lee", date(2020, 1, 1))], None),
        ([child(1, "Baby Khan", None), child(2, "Baby Khan", None)], ["Baby Khan, 1", "Baby Khan, 2"]),
    ],
)
def test_children_of_one_name_are_told_apart(children, names):
    said = called(children)
    assert len(set(said.values())) == len(children)
    assert names is None or list(said.values()) == names
    assert names or all(" years" in each for each in said.values())


def test_the_form_remembers_which_version_was_seen():
    fact = SimpleNamespace(thread=7, pk=41)

    class Form(TaskForm):
        on = day("On")

    shown = Form(seen=[fact])
    form = Form({"seen": shown["seen"].value(), "on": ""})
    assert form.is_valid()
    assert form.expected(fact) == 41
    assert form.expected(SimpleNamespace(thread=8, pk=1)) is None


@pytest.mark.parametrize("seen", ["{", "[1]", '{"a": "b"}', "7"])
def test_a_version_that_cannot_be_read_is_refused_and_breaks_nothing(seen):
    assert "seen" in Visit({"seen": seen}, children=FAMILY).errors


@pytest.mark.parametrize("seen", ['{"1": Infinity}', "[" * 200_000, '{"1": null}', "9" * 10_000, "7"])
def test_what_was_seen_that_nobody_can_read_is_refused_kindly(seen):
    form = visit(children=["1"], what="Tea", seen=seen, **{"each-1-seen": "alone"})
    assert not form.is_valid()
    assert form.errors["seen"] == ["Load the page again before you save."]


class Typed(TaskForm):
    what = words("What happened?", "Say what happened")
    where = forms.CharField(label="Where?", required=False)
    short = words("In short", longest=10)


def test_more_than_is_kept_is_refused_kindly_and_stays_in_the_page():
    typed = {"what": "é" * 200_001, "where": "x" * 200_001, "short": "Eleven, yes"}
    form = Typed(typed)
    for name, letters in {"what": (200_001, 200_000), "where": (200_001, 200_000), "short": (11, 10)}.items():
        [said] = form.errors[name]
        assert said.startswith(f"This is {letters[0]} letters long, and at most {letters[1]} are kept")
        assert form[name].value() == typed[name]
    assert "maxlength" not in str(form["short"])  # a browser would cut off what is pasted, in silence


def test_as_many_letters_as_are_stated_are_taken():
    assert Typed({"what": "é" * 200_000}).is_valid()
