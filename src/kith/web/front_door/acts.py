"""Which steps of the pathway are taken at the front door."""

from kith.record.people.permissions import can
from kith.web.acts import ActPage
from kith.web.front_door.closing import may_close

PAGES = {
    "receive_contact": ActPage(
        "write_contact", lambda user, person: can("receive_referrals", user), takes_child=False
    ),
    "close_referral": ActPage("close_case", may_close),
}
