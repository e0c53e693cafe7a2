"""The pages of figures through the client: what each role is shown, of whom, and what leaves."""

import csv
import io
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from kith.insight.case import Worry
from kith.insight.charts.on_a_page import styles
from kith.record.access.models import Restriction
from kith.record.audit.models import Entry
from kith.record.care.models import PeriodOfCare
from kith.record.figures import services
from kith.record.figures.given_out import quarter_end
from kith.record.figures.models import Taking
from kith.record.figures.permissions import audience_of, audiences_of_roles, may_take_away
from kith.record.importer.tests.made import bring, episode, header, person_of, returns
from kith.record.people.models import Allocation, Membership, PersonName, Role, Team, User, UserRole
from kith.record.people.permissions import powers
from kith.web.pdf import can_make_pdf, well_set

pytestmark = pytest.mark.django_db
LONG_AGO = date(2015, 1, 1)
CHILDREN = 13
HOSTILE = "<script>alert(1)</script>"
CASE, FIGURE = reverse("insight"), reverse("figure", args=["children_in_care"])
BEHIND = reverse("figure_children", args=["children_in_care"])


@pytest.fixture
def record(tmp_path, settings):
    """Three years of returns of thirteen children in care, called Child A and so on."""
    settings.HOME = tmp_path / "home"
    (tmp_path / "returns").mkdir()
    ids = [f"C{number}" for number in range(CHILDREN)]
    for year in (2024, 2025, 2026):
        born = [header(child, born=f"0{number % 9 + 1}/06/2012") for number, child in enumerate(ids)]
        episodes = [episode(child, "01/05/2022", legal="C2") for child in ids]
        bring(returns(tmp_path / "returns", year, header=born, episodes=episodes))
    for number, child in enumerate(ids):
        PersonName.objects.create(
            person_id=person_of(child), given_names=f"Child {chr(65 + number)}", family_name="Invented"
        )
    return ids


@pytest.fixture
def taken(record):
    return services.take()


@pytest.fixture
def as_role(client):
    """Sign the client in as a new worker who holds these roles."""

    def sign_in(*roles):
        user = User.objects.create_user(f"{'-'.join(roles)}@example.test", None, name="Joan Invented")
        for role in roles:
            UserRole.objects.create(user=user, role=role, started_on=LONG_AGO)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return user

    return sign_in


def page(client, address, **asked):
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_before_anything_is_taken_the_page_says_what_will_be_here_and_how(client, record, as_role):
    as_role(Role.SENIOR_MANAGER)
    for address in (CASE, FIGURE, BEHIND, reverse("topic", args=["care"])):
        assert "No figures have been worked out yet" in page(client, address)
    assert "Work out today’s figures" in page(client, CASE)


def test_figures_are_asked_for_once_and_lead_back_to_the_page(client, record, as_role):
    user = as_role(Role.SENIOR_MANAGER)
    answer = client.post(reverse("work_out"), follow=True)
    assert answer.redirect_chain[-1][0] == CASE
    assert Taking.objects.get().by_id == user.pk
    assert "13 children were in care on the last day" in answer.content.decode()


def test_one_that_goes_on_is_told_of_and_watched(client, record, as_role):
    as_role(Role.ANALYST)
    Taking.objects.create()
    assert "being worked out" in page(client, CASE)
    assert 'http-equiv="refresh"' in page(client, reverse("working_out"))


def test_a_taking_that_failed_says_why(client, record, as_role):
    as_role(Role.ANALYST)
    Taking.objects.create(state="failed", message="The record holds nobody yet.")
    assert "The record holds nobody yet." in page(client, reverse("working_out"))


def test_the_six_findings_stand_with_what_they_do_not_know(client, taken, as_role):
    as_role(Role.SENIOR_MANAGER)
    words = page(client, CASE)
    for title in (
        "Help and investigation", "Children in care", "Close to home and together", "The same worker",
        "Carers gained and lost", "Fair to all",
    ):  # fmt: skip
        assert f">{title}</a>" in words
    assert words.count("What this does not know") == 7
    assert words.count("Take care") == 6
    assert "Nothing here stands out from its own past or from England." in words
    assert "; broken line: England, " in words
    assert "Tue 31 Mar 2026" in words


def test_a_period_is_chosen_and_one_that_is_none_is_the_newest(client, taken, as_role):
    as_role(Role.ANALYST)
    assert "Authority 999, 2023-24" in page(client, CASE, period="2023-24")
    for none in ("1999-00", HOSTILE, "\x00", "latest"):
        words = page(client, CASE, period=none)
        assert "Authority 999, 2025-26" in words
        assert HOSTILE not in words


def test_a_topic_tells_each_figure_or_why_it_is_not_held(client, taken, as_role):
    as_role(Role.ANALYST)
    words = page(client, reverse("topic", args=["care"]))
    assert "<strong>13 children</strong>" in words
    assert "Not held, and why" in words
    assert client.get(reverse("topic", args=["nowhere"])).status_code == 404
    assert "What became of decisions" in page(client, reverse("topic", args=["after_decisions"]))


def test_a_figure_has_its_charts_tables_and_definition(client, taken, as_role):
    as_role(Role.ANALYST)
    words = page(client, FIGURE, by="sex")
    assert "Children in care, over the years" in words
    assert "Children in care, by sex" in words
    assert words.count("<svg") >= 4
    assert '<th scope="row" class="govuk-table__header">2024-25</th>' in words
    assert "Every child who is looked after" in words
    assert client.get(reverse("figure", args=["nothing_such"])).status_code == 404


def test_a_figure_is_never_broken_down_by_who_decided(client, taken, as_role):
    as_role(Role.SENIOR_MANAGER)
    for name in ("referrals", "referrals_closed_that_came_back"):
        words = page(client, reverse("figure", args=[name]), by="worker")
        assert 'value="worker"' not in words
    assert 'value="team"' not in words


def test_a_senior_manager_sees_the_children_behind_a_figure_each_written_down(client, taken, as_role):
    user = as_role(Role.SENIOR_MANAGER)
    words = page(client, BEHIND)
    assert "Child A Invented" in words
    shown = Entry.objects.filter(act="name_shown", actor_id=user.pk)
    assert shown.count() == CHILDREN
    assert {entry.about["why"] for entry in shown} == {"figure children_in_care"}


def test_a_restricted_child_is_counted_and_not_listed_and_nobody_is_told_how_many(client, taken, as_role):
    custodian = User.objects.create_user("keeper@example.test", None, name="Noel Keeper")
    Restriction.objects.create(
        person_id=person_of("C0"),
        kind="restricted",
        reason="At risk",
        custodian=custodian,
        placed_by=custodian,
    )
    as_role(Role.SENIOR_MANAGER)
    words = page(client, BEHIND)
    assert "Child A Invented" not in words
    assert "Child B Invented" in words
    assert "Some children may not be listed" in words
    assert "13 children as the record stood" in words
    assert " 12 " not in words


def test_a_team_manager_sees_the_children_of_the_team_alone(client, taken, as_role):
    user = as_role(Role.TEAM_MANAGER)
    team, other = Team.objects.create(name="North"), Team.objects.create(name="South")
    Membership.objects.create(user=user, team=team, is_manager=True, started_on=LONG_AGO)
    Allocation.objects.filter(team__is_unallocated=True).update(team=other)
    assert "There is nobody to list" in page(client, BEHIND)
    Allocation.objects.create(person_id=person_of("C1"), team=team, started_on=LONG_AGO)
    words = page(client, BEHIND)
    assert "Child B Invented" in words
    assert "Child A Invented" not in words
    assert reverse("story", args=[person_of("C1")]) in words


@pytest.mark.parametrize(
    "role", [Role.ANALYST, Role.REVIEWING_OFFICER, Role.SOCIAL_WORKER, Role.ADMINISTRATOR]
)
def test_nobody_else_sees_a_child_behind_a_figure(client, taken, as_role, role):
    as_role(role)
    answer = client.get(BEHIND)
    assert answer.status_code == 403
    assert "Invented" not in answer.content.decode().replace("Joan Invented", "")
    assert not Entry.objects.filter(act="name_shown").exists()


def test_a_role_below_the_right_is_given_rounded_figures(client, record, as_role):
    user = as_role(Role.REVIEWING_OFFICER)
    services.ask(by=user)
    words = page(client, CASE)
    assert "15 children were in care" in words
    assert "13 children" not in words
    assert "Numbers are rounded to the nearest 5" in words
    assert "Show the children" not in words
    assert "13 children" not in page(client, FIGURE)


def test_what_stands_out_leads_to_its_figure(client, taken, as_role, monkeypatch):
    stands_out = (
        Worry("children_in_care", "Children in care: 65, far higher than chance alone would give.", 4),
    )
    monkeypatch.setattr("kith.insight.case.case.worries", lambda look, names: stands_out)
    as_role(Role.SENIOR_MANAGER)
    words = page(client, CASE)
    assert f'href="{FIGURE}?period=2025-26">Children in care: 65, far higher' in words
    assert "Nothing here stands out" not in words


def test_every_role_that_sees_figures_has_an_audience():
    assert set(audiences_of_roles()) == powers()["see_insight"].roles


def test_the_widest_of_several_roles_counts_and_a_role_without_one_is_anybodys(as_role):
    both = as_role(Role.REVIEWING_OFFICER, Role.ANALYST)
    assert audience_of(both) == "inside"
    assert audience_of(as_role(Role.SOCIAL_WORKER)) == "public"
    assert may_take_away(as_role(Role.PLACEMENT_OFFICER)) == ("partners", "public")


def test_a_figure_is_taken_away_as_its_audience_is_given_it(client, record, as_role):
    user = as_role(Role.ANALYST)
    services.ask(by=user)
    address = reverse("figure_file", args=["children_in_care", "csv"])
    numbers = {}
    for audience in ("inside", "partners", "public"):
        rows = rows_of(client.get(address, {"for": audience, "period": "2025-26", "by": "sex"}))
        number = [row for row in rows if row["measure"] == "number" and row["period"] == "2025-26"]
        numbers[audience] = next(row["value"] or row["marker"] for row in number if not row["breakdown"])
        assert {row["breakdown"] for row in rows} == {"", "sex"}
    assert numbers == {"inside": "13.0", "partners": "15.0", "public": "c"}
    taken = [entry.about["for"] for entry in Entry.objects.filter(act="figures_taken_away").order_by("pk")]
    assert taken == ["inside", "partners", "public"]


def test_a_workbook_says_what_was_done_to_its_numbers(client, record, as_role):
    services.ask(by=as_role(Role.ANALYST))
    address = reverse("figure_file", args=["children_in_care", "xlsx"])
    book = io.BytesIO(client.get(address, {"for": "public"}).content)
    about = pl.read_excel(book, sheet_name="What these are", has_header=False)
    assert "Numbers are rounded to the nearest 10" in " ".join(about.to_series(1).to_list())


def test_what_is_exact_is_not_given_to_somebody_below(client, record, as_role):
    services.ask(by=as_role(Role.REVIEWING_OFFICER))
    address = reverse("figure_file", args=["children_in_care", "csv"])
    assert client.get(address, {"for": "inside"}).status_code == 403
    assert client.get(address, {"for": "partners"}).status_code == 200
    assert client.get(address, {"for": "nobody"}).status_code == 403


def test_what_became_of_decisions_leaves_in_no_file(client, record, as_role):
    services.ask(by=as_role(Role.ANALYST))
    for name in ("referrals_closed_that_came_back", "assessments_closed_that_came_back"):
        for audience in ("inside", "partners", "public"):
            address = reverse("figure_file", args=[name, "csv"])
            assert client.get(address, {"for": audience}).status_code == 403


def test_figures_for_outside_are_made_once_a_quarter_and_stay_as_they_are(client, record, as_role):
    user = as_role(Role.ANALYST)
    services.ask(by=user)
    address = reverse("figure_file", args=["children_in_care", "csv"])
    before = client.get(address, {"for": "partners"}).content
    PeriodOfCare.objects.all().delete()
    services.ask(by=user)
    assert client.get(address, {"for": "partners"}).content == before
    assert Entry.objects.filter(act="figures_given_out").count() == 1


@pytest.mark.parametrize(
    "day, end",
    [
        (date(2026, 3, 31), date(2026, 3, 31)),  # the quarter ends with the day
        (date(2026, 3, 30), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_quarter_is_over_at_the_end_of_its_last_day(day, end):
    assert quarter_end(day) == end


def test_the_page_asks_the_database_little(client, taken, as_role, django_assert_max_num_queries):
    as_role(Role.SENIOR_MANAGER)
    page(client, CASE)
    with django_assert_max_num_queries(12):
        page(client, CASE)
    with django_assert_max_num_queries(12):
        page(client, FIGURE)


def test_the_page_is_given_as_a_pdf_or_to_be_printed(client, taken, as_role):
    as_role(Role.SENIOR_MANAGER)
    answer = client.get(reverse("insight_pdf"))
    if can_make_pdf():
        assert answer.content.startswith(b"%PDF")
        assert Entry.objects.get(act="figures_taken_away").about["form"] == "pdf"
    else:
        assert "set for paper" in answer.content.decode()


def test_six_full_findings_are_set_on_two_sheets(rf):
    if not can_make_pdf():
        pytest.skip("NOT RUN: WeasyPrint is not here")
    finding = SimpleNamespace(
        id="care",
        title="Children in care",
        question="Are children kept close to home, settled, and with their brothers and sisters?",
        caution="One family of five can move this figure; and miles are as the crow flies.",
        unknown=[
            "Children in care who changed school in the year: Kith does not hold changes of school yet."
        ],
    )
    card = SimpleNamespace(
        finding=finding,
        says="Children in care per 10,000 children: 56 in 2020-21, 62 in 12 months; England, 68 in 2019-20",
        sentences=["16% (9% to 27%) of children in care live more than 20 miles from home."] * 4,
        england=["Children who had three or more homes in a year, England 2019-20: 11%."] * 2,
        more=["62% (43% to 78%) of those long in care have been in one home for two years."],
    )
    worries = [SimpleNamespace(indicator="children_in_care", words="Children in care: 74% (54% to 87%).")] * 3
    case = SimpleNamespace(worries=worries, largest=(), not_known=())
    reading = SimpleNamespace(chosen="latest", as_of=timezone.localdate())
    filled = {"case": case, "cards": [card] * 6, "reading": reading, "paper": "kith/paper.html"}
    html = render_to_string("kith/insight/case.html", filled, rf.get("/"))
    assert len(well_set(html, "This copy was made by Joan Invented.").pages) == 2


def test_the_styles_of_charts_have_one_home():
    from django.contrib.staticfiles import finders

    assert Path(str(finders.find("kith/charts.css"))).read_text(encoding="utf-8") == styles()
