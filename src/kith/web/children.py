"""Children: those this person works with, by their own allocation or their teams'."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kith.record.access.looking import names_to_show
from kith.record.access.permissions import Level, accesses
from kith.record.pathway.queries import in_open_work
from kith.record.people.models import Allocation
from kith.record.people.permissions import can
from kith.record.people.queries import in_force, memberships_of, merged_under, shown
from kith.web.story.home import where_each_lives
from kith.web.who_may import power, user_of

CHILDREN_A_PAGE = 50


@power("list_children")
def children(request: HttpRequest) -> HttpResponse:
    """The children of this person, of their teams or of nobody yet, by name. Each name shown is audited."""
    today = timezone.localdate()
    teams = [membership.team for membership in memberships_of(user_of(request), on=today)]
    may_see_nobodys = can("open_unallocated", user_of(request))
    held = Allocation.current.filter(in_force(today), person__merged_into=None)
    chosen = request.GET.get("whose")
    if chosen not in {"mine", "team", *(["nobody"] if may_see_nobodys else [])}:
        has_own = not teams or held.filter(worker=user_of(request)).exists()
        chosen = "mine" if has_own else "team"  # a manager's own are those of the team
    if chosen == "nobody":
        held = held.filter(in_open_work(today), team__is_unallocated=True)
    elif chosen == "team":
        held = held.filter(team__in=teams)
    else:
        held = held.filter(worker=user_of(request))
    seen = accesses(user_of(request), set(held.values_list("person_id", flat=True)))
    may = [pk for pk, access in seen.items() if access.level > Level.NOTHING]
    names = {pk: one.name for pk, one in shown(may).items()}
    page = Paginator(sorted(names, key=lambda pk: names[pk]), CHILDREN_A_PAGE).get_page(
        request.GET.get("page")
    )
    seen = names_to_show(user_of(request), list(page), where="children")
    people = shown(seen)
    may_open = merged_under(pk for pk, access in seen.items() if access.level is Level.RECORD)
    lives = where_each_lives(people, may_open, today)
    context = {
        "page": page,
        "people": [
            (people[pk], reverse("story", args=[pk]), lives.get(pk, "")) for pk in page if pk in people
        ],
        "teams": teams,
        "whose": chosen,
        "may_see_nobodys": may_see_nobodys,
        "may_give": chosen == "nobody" and can("allocate", user_of(request)),
    }
    return render(request, "kith/children.html", context)
