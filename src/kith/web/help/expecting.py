"""A baby who is expected, and the day the baby is born: nothing that is on record is typed again."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import show_names
from kith.record.access.permissions import can_open
from kith.record.chronology.policies import life_told
from kith.record.help import queries as help_queries
from kith.record.pathway import plan_life, pregnancy
from kith.record.pathway import pregnancy_ended as ending
from kith.record.pathway.life_over import open_for
from kith.record.people.models import Person, PersonDetails, PersonName, PregnancyEnd, User
from kith.record.people.queries import name_of, same_person_ids
from kith.record.versions import current_facts
from kith.standards.dates import age_on
from kith.web.help.forms.fields import line
from kith.web.people.life_over import ClosingForm, answered, beside, questions, where_next
from kith.web.task_pages.doing import carry_out
from kith.web.task_pages.forms import TaskForm, choice, day, words, yes_no
from kith.web.visits.whom import who_may_be_there
from kith.web.who_may import can_act_for, user_of

IT_ENDED = "the pregnancy ended"
YOUNGEST_MOTHER = 10  # years: nobody younger is offered
A_NUMBER = {"inputmode": "numeric", "class": "kith-short", "autocomplete": "off"}
SEX_AT_BIRTH = [("F", "Female"), ("M", "Male"), ("U", "Not known")]  # code list `sex`


class ExpectForm(TaskForm):
    """Who expects a baby, when, and how many."""

    def __init__(
        self, *args: Any, mothers: list[tuple[str, str]], may_be_helped: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {
            "mother": choice("Who is the mother?", mothers, "Choose who the mother is"),
            "expected_on": day("Expected on", "Write the day expected", help_text="As the last scan said."),
            "how_many": forms.IntegerField(
                label="How many babies?", min_value=1, max_value=pregnancy.MOST_AT_ONCE,
                widget=forms.TextInput(attrs=A_NUMBER),
                error_messages={"required": "Write how many", "invalid": "Write a whole number"},
            ),
            "family_name": line("Family name", help_text="It can be changed when the baby is born."),
        }  # fmt: skip
        if may_be_helped:
            asked["is_helped"] = yes_no("Is the baby helped with the family from now?")
        self.fields = {**asked, **self.fields}


class ExpectedForm(TaskForm):
    """The day expected as a scan told it, and the midwife."""

    expected_on = day("Expected on", "Write the day expected", is_filled=True)
    name = line("Midwife")
    phone = line("Phone of the midwife", longest=40)
    booked_at = line("Where is the birth booked?", help_text="The hospital, or at home.", longest=80)


class BornForm(TaskForm):
    """A birth."""

    on = day("On which day?", "Write the day of birth")
    sex = choice("Sex", SEX_AT_BIRTH, "Choose the sex, or not known", across=True)
    given_names = line("Given names", help_text="Leave it empty if the baby has no name yet.")
    family_name = line("Family name")


class EndedForm(ClosingForm):
    """What happened, in the family's own terms."""

    how = choice("What happened?", PregnancyEnd.choices, "Choose what happened, as the family says it")
    on = day("On which day?", "Write the day, or the day you were told")
    in_their_words = words(
        "How they say it", rows=4,
        help_text="Their own words, a name they gave the baby, what they want us to say and not to say.",
    )  # fmt: skip


class GoesOnForm(TaskForm):
    """Why it was written down that a pregnancy ended."""

    because = words("How did this come to be written down?", "Say how", rows=3)


@can_act_for("keep_people")
def expect_baby(request: HttpRequest, person: Person) -> HttpResponse:
    """Put a baby on record who is expected in this family, tied to the mother."""
    user, today = user_of(request), timezone.localdate()
    mothers = _who_may_be_the_mother(user, person, today)
    help = help_queries.family_of(person.pk, today)
    form = ExpectForm(
        request.POST or None, mothers=mothers, may_be_helped=help is not None,
        initial={"family_name": _family_name(person)},
    )  # fmt: skip

    def do(said: dict[str, Any]) -> list[Person]:
        is_helped = said.pop("is_helped", None)
        babies = pregnancy.expect(by=user, **{**said, "mother": Person(pk=int(said["mother"]))})
        if help and is_helped:
            for baby in babies:
                plan_life.join_family_help(help=help, person=baby, on=today, by=user)
        return babies

    def to(babies: list[Person]) -> str:
        page, about = ("baby_expected", babies[0]) if can_open(user, babies[0]) else ("story", person)
        return reverse(page, args=[about.pk])

    def told(babies: list[Person]) -> str:
        return "The baby is on record." if len(babies) == 1 else f"{len(babies)} babies are on record."

    return carry_out(
        request, form, do, page="kith/task.html", to=to, said=told,
        context={
            "title": "A baby is expected", "act": "Put the baby on record",
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


def _who_may_be_the_mother(user: User, person: Person, today: date) -> list[tuple[str, str]]:
    """(id, name) of the grown-ups of the family and of this person, but for men and young children."""
    grown_up = [*who_may_be_there(user, person, [], today), (str(person.pk), name_of(person))]
    rows = PersonDetails.current.filter(person__in=[int(pk) for pk, _ in grown_up])
    known = {details.person_id: details for details in rows}
    return [(pk, name) for pk, name in grown_up if _may_be_the_mother(known.get(int(pk)), today)]


def _may_be_the_mother(details: PersonDetails | None, today: date) -> bool:
    if details is None:
        return True
    age = age_on(details.date_of_birth, today) if details.date_of_birth else YOUNGEST_MOTHER
    is_unborn = details.date_of_birth is None and details.expected_date_of_birth is not None
    return details.sex != "M" and not is_unborn and (age or 0) >= YOUNGEST_MOTHER


@can_act_for("keep_people")
def baby_expected(request: HttpRequest, person: Person) -> HttpResponse:
    """The day expected and the midwife of an unborn child; what is told of twins is told once."""
    user, details = user_of(request), _unborn_or_404(person)
    form = ExpectedForm(
        request.POST or None, seen=[details], initial={"expected_on": details.expected_date_of_birth}
    )

    def do(said: dict[str, Any]) -> None:
        if said["expected_on"] != details.expected_date_of_birth:
            pregnancy.mend_expected(
                child=person, expected_on=said["expected_on"], by=user, expected=form.expected(details)
            )
        if said["name"].strip():
            midwife = {name: said[name] for name in ("name", "phone", "booked_at")}
            pregnancy.name_midwife(child=person, by=user, **midwife)

    here = reverse("baby_expected", args=[person.pk])
    twins = [one.pk for one in pregnancy.expected_with(person) if one.pk != person.pk]
    named = show_names(user, twins, where="babies expected together") if twins else {}
    return carry_out(
        request, form, do, page="kith/help/baby_expected.html", to=here, said="It is on record.",
        context={
            "title": f"Birth and midwife: {name_of(person)}", "act": "Save", "person": person,
            "twins": named.values(), "cancel_url": reverse("story", args=[person.pk]),
            "has_mother": pregnancy.mother_of(person) is not None,
        },
    )  # fmt: skip


@can_act_for("keep_people")
def one_more_baby(request: HttpRequest, person: Person) -> HttpResponse:
    """Say that one more baby is expected together with this one."""
    _unborn_or_404(person)
    here = reverse("baby_expected", args=[person.pk])
    form = TaskForm(request.POST if request.method == "POST" else None)
    return carry_out(
        request, form,
        lambda _: pregnancy.one_more(child=person, family_name=_family_name(person), by=user_of(request)),
        page="kith/task.html", to=here, said="One more baby is on record.",
        context={"title": "One more baby is expected", "act": "Put one more on record", "cancel_url": here},
    )  # fmt: skip


@can_act_for("keep_people")
def baby_born(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down a birth; all that is on record of the unborn child stays this child's."""
    user = user_of(request)
    _unborn_or_404(person)
    form = BornForm(request.POST or None, initial={"family_name": _family_name(person)})

    def to(_: Any) -> str:
        left = [one for one in pregnancy.expected_with(person) if one.pk != person.pk and can_open(user, one)]
        return reverse("baby_born", args=[left[0].pk]) if left else reverse("story", args=[person.pk])

    return carry_out(
        request, form, lambda said: pregnancy.born(child=person, by=user, **said),
        page="kith/task.html", to=to, said="The birth is on record.",
        context={
            "title": f"{name_of(person)} is born", "act": "Save the birth",
            "cancel_url": reverse("story", args=[person.pk]),
        },
    )  # fmt: skip


@can_act_for("keep_people")
def pregnancy_end(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down that a pregnancy ended, or that there was none; everything about a birth stops."""
    user, details, held = user_of(request), _unborn_or_404(person), open_for(person)
    asked = questions(user, person, held, IT_ENDED)
    form = EndedForm(request.POST or None, seen=[details], asked=asked)

    def do(said: dict[str, Any]) -> PersonDetails:
        expected = form.expected(details)
        return ending.pregnancy_ended(child=person, by=user, expected=expected, **answered(said))

    return carry_out(
        request, form, do, page="kith/help/pregnancy_end.html", to=lambda _: where_next(user, person),
        said="It is on record. Nothing about a birth is due any more.",
        context={
            "title": f"The pregnancy ended: {name_of(person)}", "act": "Save what happened", "ends": True,
            "cancel_url": reverse("story", args=[person.pk]), "person": person,
            "has_twin": len(pregnancy.expected_with(person)) > 1, **beside(user, person, held),
        },
    )  # fmt: skip


@can_act_for("close_cases")
def pregnancy_close(request: HttpRequest, person: Person) -> HttpResponse:
    """Close what is still open for a child who is not expected any more."""
    user, held = user_of(request), open_for(person)
    if life_told(person).pregnancy_ended_on is None or not held:
        raise Http404("No end of a pregnancy is on record, or nothing is open")
    asked = questions(user, person, held, IT_ENDED)
    form = ClosingForm(request.POST if request.method == "POST" else None, asked=asked)
    return carry_out(
        request, form, lambda said: ending.close_after_it(child=person, by=user, **answered(said)),
        page="kith/help/pregnancy_end.html", to=lambda _: where_next(user, person), said="It is closed.",
        context={
            "title": f"What is still open for {name_of(person)}", "act": "Save", "ends": False,
            "cancel_url": reverse("story", args=[person.pk]), **beside(user, person, held),
        },
    )  # fmt: skip


@can_act_for("keep_people")
def pregnancy_goes_on(request: HttpRequest, person: Person) -> HttpResponse:
    """Say that a pregnancy was written down as ended by mistake."""
    if life_told(person).pregnancy_ended_on is None:
        raise Http404("No end of a pregnancy is on record")
    back = reverse("story", args=[person.pk])
    return carry_out(
        request, GoesOnForm(request.POST or None),
        lambda said: ending.goes_on_after_all(child=person, by=user_of(request), **said),
        page="kith/task.html", to=back, said="The child is expected. What had ended is open again.",
        context={
            "title": f"The pregnancy goes on: {name_of(person)}", "act": "Say that it goes on",
            "cancel_url": back,
        },
    )  # fmt: skip


def _unborn_or_404(person: Person) -> PersonDetails:
    """What is known of an unborn child."""
    held = current_facts(PersonDetails, same_person_ids(person))
    if not held or not life_told(person).is_unborn:
        raise Http404("Nobody is expected")
    own: PersonDetails = next((each for each in held if each.person_id == person.pk), held[0])
    return own


def _family_name(person: Person) -> str:
    names = current_facts(PersonName, same_person_ids(person))
    legal = [name for name in names if name.kind == PersonName.Kind.LEGAL and name.ended_on is None]
    return legal[-1].family_name if legal else ""
