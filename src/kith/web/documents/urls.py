"""The addresses of this area; `kith.web.urls` includes them."""

from django.urls import URLPattern, path

from kith.web.documents import views

OF_CHILD = "child/<int:person_id>/documents/"

urlpatterns: list[URLPattern] = [
    path(OF_CHILD, views.documents, name="documents"),
    path(f"{OF_CHILD}add/", views.add_document, name="add_document"),
    path(f"{OF_CHILD}<int:thread>/", views.document, name="document"),
    path(f"{OF_CHILD}<int:thread>/take-off/", views.take_document_off, name="take_document_off"),
]
