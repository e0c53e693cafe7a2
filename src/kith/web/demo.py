"""Who one can be in a demonstration: one invented person for each role, and no real one.

Nothing here works unless the settings say DEMO.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kith.record.people.models import Role, User, UserRole
from kith.web.who_may import anyone

DEMO_PASSWORD = "northbrook-river-7"  # noqa: S105  shown on the sign-in page, and of no use outside a demonstration


@dataclass(frozen=True)
class DemoPerson:
    """Somebody invented, who holds one role."""

    name: str
    role: Role

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@northbrook.example"

    @property
    def password(self) -> str:
        return DEMO_PASSWORD


DEMO_PEOPLE = (
    DemoPerson("Sade Bankole", Role.SOCIAL_WORKER),
    DemoPerson("Ruth Calder", Role.TEAM_MANAGER),
    DemoPerson("Dev Marwaha", Role.DUTY_WORKER),
    DemoPerson("Owen Pritchard", Role.OUT_OF_HOURS),
    DemoPerson("Kit Farrow", Role.FAMILY_HELP_LEAD),
    DemoPerson("Leila Rahimi", Role.LEAD_PROTECTION_PRACTITIONER),
    DemoPerson("Marcus Odell", Role.REVIEWING_OFFICER),
    DemoPerson("Agnes Nowak", Role.PLACEMENT_OFFICER),
    DemoPerson("Tariq Bello", Role.PERSONAL_ADVISER),
    DemoPerson("Joan Whitlock", Role.SENIOR_MANAGER),
    DemoPerson("Mei Tanaka", Role.ANALYST),
    DemoPerson("Piers Hallam", Role.CUSTODIAN),
    DemoPerson("Nuala Byrne", Role.DATA_PROTECTION),
    DemoPerson("Bola Adeyemi", Role.ADMINISTRATOR),
)


def make_demo_people() -> list[User]:
    """The users of DEMO_PEOPLE, each with their role; those who are there already are left as they are."""
    return [_user_for(person) for person in DEMO_PEOPLE]


def _user_for(person: DemoPerson) -> User:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        user = User.objects.create(email=person.email, name=person.name, password=_hashed(person.password))
        UserRole.objects.create(user=user, role=person.role, started_on=timezone.localdate())
    return user


@cache
def _hashed(password: str) -> str:
    """Hashing is slow on purpose; so it is done once for the one password they share."""
    return make_password(password)


@anyone
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as the demonstration's person whose email was sent; not found outside a demonstration."""
    if not settings.DEMO:
        raise Http404("This is not a demonstration.")
    person = next((person for person in DEMO_PEOPLE if person.email == request.POST.get("email")), None)
    if person is None:
        raise Http404("Nobody in the demonstration has this email address.")
    login(request, _user_for(person), backend="django.contrib.auth.backends.ModelBackend")
    back_to = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        back_to, {request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back_to if is_ours else "my_work")
