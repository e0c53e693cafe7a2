"""The addresses of this area; `kith.web.urls` includes them."""

from django.urls import URLPattern, path

from kith.web.visits import putting_right, says, showing, writing

CHILD = "child/<int:person_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CHILD}/visit/", writing.write_visit, name="write_visit"),
    path(f"{CHILD}/note/", writing.add_note, name="add_note"),
    path(f"{CHILD}/visits/", showing.visits, name="visits"),
    path(f"{CHILD}/visits/<int:thread>/", showing.visit, name="visit"),
    path(f"{CHILD}/visits/<int:thread>/correct/", putting_right.correct_visit, name="correct_visit"),
    path(f"{CHILD}/visits/<int:thread>/move/", putting_right.move_visit, name="move_visit"),
    path(f"{CHILD}/visits/line/<int:part>/", showing.visit_of_line, name="visit_of_line"),
    path(f"{CHILD}/said/<int:thread>/decided/", says.heed, name="heed"),
    path(f"{CHILD}/notes/line/<int:part>/", showing.note_of_line, name="note_of_line"),
    path(f"{CHILD}/notes/<int:thread>/", showing.note, name="note"),
    path(f"{CHILD}/notes/<int:thread>/correct/", putting_right.correct_note, name="correct_note"),
    path(f"{CHILD}/notes/<int:thread>/move/", putting_right.move_note, name="move_note"),
]
