"""The addresses of this area; `kith.web.urls` includes them."""

from django.urls import path

from kith.web.authority import views

urlpatterns = [
    path("authority/", views.settings_of_authority, name="settings_of_authority"),
    path("authority/whose/", views.whose_record, name="whose_record"),
    path("authority/setting/<str:name>/", views.set_one, name="set_locally"),
]
