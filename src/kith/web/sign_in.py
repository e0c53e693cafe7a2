"""How Kith uses allauth: nobody signs themselves up, and only these of its addresses are open."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import login, logout, password_change, reauthenticate
from allauth.mfa.base.views import authenticate, index
from allauth.mfa.base.views import reauthenticate as reauthenticate_with_code
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.usersessions.views import list_usersessions
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from kith.record.people.models import User
from kith.web.who_may import anyone, signed_in


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Accounts are made by an administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "That email address and password do not go together. Check both.",
        "too_many_login_attempts": (
            "Too many wrong passwords. Wait half an hour, or ask your administrator to help you in sooner."
        ),
        "incorrect_code": "That code is not right. Codes change every 30 seconds: type the one showing now.",
        "rate_limited": "Too many wrong codes. Wait a minute, then type the code showing then.",
    }

    def clean_password(self, password: str, user: User | None = None) -> str:
        """The password, if it is a good one, and not that which somebody else gave."""
        if user and user.has_given_password and user.check_password(password):
            raise ValidationError("Whoever gave you this password knows it. Choose another.")
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def set_password(self, user: User, password: str) -> None:
        user.has_given_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        raise PermissionDenied("Your account is closed. It was closed when you left, or by an administrator.")


class OwnPasswordFirst:
    """Middleware: whoever signed in with a password that somebody gave them chooses their own first."""

    OPEN = ("/accounts/", "/stay/", "/health/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.has_given_password and not request.path.startswith(self.OPEN):
            return redirect("account_change_password")
        return self.get_response(request)


# Sign-in itself has to be open; allauth checks for itself who is half-way through it.
URLS = [
    path("login/", anyone(login), name="account_login"),
    path("logout/", anyone(logout), name="account_logout"),
    path("2fa/authenticate/", anyone(authenticate), name="mfa_authenticate"),
    path("reauthenticate/", signed_in(reauthenticate), name="account_reauthenticate"),
    path("password/change/", signed_in(password_change), name="account_change_password"),
    path("2fa/", signed_in(index), name="mfa_index"),
    path("2fa/reauthenticate/", signed_in(reauthenticate_with_code), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", signed_in(activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", signed_in(deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        signed_in(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        signed_in(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("sessions/", signed_in(list_usersessions), name="usersessions_list"),
]
