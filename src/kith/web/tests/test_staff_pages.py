"""Staff, teams and roles through the client: an administrator does it, sees no child, leaves a trace."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.audit.models import Entry
from kith.record.people import staff
from kith.record.people.models import Allocation, Membership, Role, Team, User
from kith.record.people.queries import memberships_of, roles_of
from kith.web.tests.families import the_khans, user

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY = timezone.localdate()


@pytest.fixture
def root():
    return user("Bola Adeyemi", Role.ADMINISTRATOR)


@pytest.fixture
def second():
    return user("Rae Second", Role.ADMINISTRATOR)


@pytest.fixture
def ada():
    return user("Ada Osei", Role.SOCIAL_WORKER)


@pytest.fixture
def admin(client, root):
    client.force_login(root, backend=BACKEND)
    return client


def words(answer):
    return answer.content.decode()


def said(day):
    return f"{day.day}/{day.month}/{day.year}"


def new(**changes):
    return {
        "name": "Jo New", "email": "jo@northbrook.example", "role": Role.SOCIAL_WORKER,
        "started_on": said(TODAY), "team": "", **changes,
    }  # fmt: skip


def acts(of):
    return list(Entry.objects.filter(about__user=of.pk).order_by("id").values_list("act", "actor_id"))


def test_the_list_says_who_is_here_with_role_and_team(admin, ada):
    Membership.objects.create(
        user=ada, team=Team.objects.create(name="Help north"), started_on=TODAY, is_manager=True
    )
    page = words(admin.get(reverse("staff"), {"q": "osei"}))
    assert "Ada Osei" in page and "Help north (manages it)" in page and "Social worker" in page
    assert "Bola Adeyemi</a>" not in page
    assert "Nobody of that name" in words(admin.get(reverse("staff"), {"q": "\x00zz"}))


def test_a_new_kith_tells_its_administrator_what_to_do_first_until_it_is_done(admin, client):
    page = words(admin.get("/"))
    steps = ("Add a second administrator", "Make the teams", "Add the team managers", "Add a data analyst")
    assert all(step in page for step in steps) and "Add who answers at the front door" in page
    for role in (Role.ADMINISTRATOR, Role.TEAM_MANAGER, Role.OUT_OF_HOURS):
        user(f"Held by {role}", role)
    Team.objects.create(name="Help north")
    page = words(admin.get("/"))
    assert "Add a data analyst" in page and not any(step in page for step in steps[:3])
    analyst = user("Mei Tanaka", Role.ANALYST)
    assert "First steps" not in words(admin.get("/"))
    analyst.is_active = False
    analyst.save()
    client.force_login(User.objects.get(name="Held by team_manager"), backend=BACKEND)
    assert "First steps" not in words(client.get("/"))


@pytest.mark.parametrize("name", ["staff", "teams", "roles", "add_worker"])
@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_sees_staff_pages(client, role, name):
    client.force_login(user("Ola Other", role), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse(name)).status_code == 403


def test_no_page_for_staff_names_a_child(admin):
    khans = the_khans(TODAY)
    pages = [admin.get(reverse(name)) for name in ("staff", "teams", "roles", "add_worker")]
    staff.allocate(khans.yusuf, by=khans.manager, worker=khans.worker)
    held = set(Allocation.current.filter(worker=khans.worker).values_list("person_id", flat=True))
    pages.append(admin.get(reverse("worker", args=[khans.worker.pk])))
    assert all(page.status_code == 200 for page in pages)
    assert not any("Amira" in words(page) for page in pages)
    assert f"{len(held)} children" in words(pages[-1])
    assert admin.get(reverse("story", args=[khans.amira.pk])).status_code == 403


def test_a_worker_is_added_with_role_team_and_a_password_shown_once(admin, client, root):
    team = Team.objects.create(name="Help north")
    answer = admin.post(reverse("add_worker"), new(team=team.pk, is_manager="on", phone="01632 960100"))
    added = User.objects.get(email="jo@northbrook.example")
    password = words(answer).partition("<code>")[2].partition("</code>")[0]
    assert added.check_password(password) and added.phone == "01632 960100"
    assert "no-store" in answer["Cache-Control"]
    assert roles_of(added) == {Role.SOCIAL_WORKER}
    assert [(m.team, m.is_manager) for m in memberships_of(added)] == [(team, True)]
    assert acts(added) == [(act, root.pk) for act in ("user_added", "role_given", "team_joined")]
    assert password not in words(admin.get(reverse("worker", args=[added.pk])))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": ""}, "Write their name"),
        ({"email": "no address"}, "Write a whole email address"),
        ({"email": "BOLA.ADEYEMI@example.test"}, "Somebody signs in as"),
        ({"role": "king"}, "Select a valid choice"),
        ({"role": ""}, "Choose a role"),
        ({"started_on": "soon"}, "Write the day as 3/3/2026"),
        ({"team": "999"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_nobody_is_added(admin, changes, refusal):
    answer = admin.post(reverse("add_worker"), new(**changes))
    assert answer.status_code == 422
    assert refusal in words(answer)
    assert not User.objects.filter(name="Jo New").exists()


def test_a_role_is_given_from_a_day_and_ended_on_one(admin, ada):
    later = TODAY + timedelta(days=7)
    sent = {"role": Role.DUTY_WORKER, "started_on": said(later)}
    assert admin.post(reverse("give_role", args=[ada.pk]), sent).status_code == 302
    assert roles_of(ada) == {Role.SOCIAL_WORKER}
    assert roles_of(ada, on=later) == {Role.SOCIAL_WORKER, Role.DUTY_WORKER}
    held = ada.roles_held.get(role=Role.SOCIAL_WORKER)
    admin.post(reverse("end_role", args=[ada.pk, held.pk]), {"on": said(TODAY)})
    assert roles_of(ada) == set()
    assert [act for act, _ in acts(ada)] == ["role_given", "role_ended"]
    page = words(admin.get(reverse("worker", args=[ada.pk])))
    assert "Front door and duty worker</strong>, from" in page
    assert admin.get(reverse("end_role", args=[ada.pk, held.pk])).status_code == 404  # it has ended


def test_a_role_cannot_end_before_it_began(admin, ada):
    held = ada.roles_held.get()
    answer = admin.post(reverse("end_role", args=[ada.pk, held.pk]), {"on": "1/1/1999"})
    assert answer.status_code == 422 and "before it began" in words(answer)


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.ANALYST, Role.DATA_PROTECTION])
def test_an_administrator_gives_themselves_nothing(admin, root, second, role):
    sent = {"role": role, "started_on": said(TODAY)}
    answer = admin.post(reverse("give_role", args=[root.pk]), sent)
    assert answer.status_code == 422 and "may not give yourself a role" in words(answer)
    assert roles_of(root) == {Role.ADMINISTRATOR}
    if role != Role.ANALYST:
        answer = admin.post(reverse("give_role", args=[second.pk]), sent)
        assert answer.status_code == 422 and "see no child" in words(answer)


def test_somebody_moves_team_and_leaves_it(admin, ada):
    north, south = Team.objects.create(name="North"), Team.objects.create(name="South")
    admin.post(reverse("join_team", args=[ada.pk]), {"team": north.pk, "on": said(TODAY)})
    [member] = memberships_of(ada)
    sent = {"team": south.pk, "on": said(TODAY), "is_manager": "on"}
    admin.post(reverse("move_team", args=[ada.pk, member.pk]), sent)
    [member] = memberships_of(ada)
    assert (member.team, member.is_manager) == (south, True)
    admin.post(reverse("leave_team", args=[ada.pk, member.pk]), {"on": said(TODAY)})
    assert not memberships_of(ada).exists()
    assert [act for act, _ in acts(ada)] == ["team_joined", "team_left", "team_joined", "team_left"]


def test_ending_a_sign_in_ends_it_everywhere_at_once(admin, client, ada):
    theirs = type(client)()
    theirs.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    assert theirs.get("/").status_code == 200
    assert admin.post(reverse("end_sign_in", args=[ada.pk]), {"because": ""}).status_code == 422
    admin.post(reverse("end_sign_in", args=[ada.pk]), {"because": "Left on Friday"})
    assert theirs.get("/").status_code == 302
    assert acts(ada)[-1][0] == "user_stopped"
    assert "Let them sign in again" in words(admin.get(reverse("worker", args=[ada.pk])))
    admin.post(reverse("let_back", args=[ada.pk]), {"because": "The wrong Ada"})
    assert User.objects.get(pk=ada.pk).is_active


def test_the_last_administrator_cannot_end_their_own_sign_in(admin, root):
    answer = admin.post(reverse("end_sign_in", args=[root.pk]), {"because": "Off"})
    assert answer.status_code == 422 and "the only administrator" in words(answer)
    assert User.objects.get(pk=root.pk).is_active


def test_a_team_is_made_once(admin):
    admin.post(reverse("teams"), {"name": "Help north", "phone": ""})
    assert Team.objects.filter(name="Help north").count() == 1
    answer = admin.post(reverse("teams"), {"name": "help north", "phone": ""})
    assert answer.status_code == 422 and "a team called help north already" in words(answer)


def test_a_team_says_what_it_does_so_that_alerts_find_it(admin):
    admin.post(reverse("teams"), {"name": "Emergency duty", "phone": "", "kind": "out_of_hours"})
    assert Team.objects.get(name="Emergency duty").kind == Team.Kind.OUT_OF_HOURS
    assert 'Emergency duty<span class="kith-id">, out of hours</span>' in words(admin.get(reverse("teams")))


def test_the_page_of_roles_says_who_sees_no_child(admin):
    page = words(admin.get(reverse("roles")))
    assert page.count("Sees no child’s record.") == 2
    assert "Import files into the record" in page


def test_that_nothing_scans_what_is_sent_is_said_to_whoever_looks_after_it(admin, settings):
    settings.SCAN_COMMAND = []
    assert "Files that are sent are not scanned" in words(admin.get(reverse("staff")))
    settings.SCAN_COMMAND = ["clamdscan"]
    assert "not scanned" not in words(admin.get(reverse("staff")))
