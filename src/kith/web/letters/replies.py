"""A reply to whoever told us, on paper: the words as a worker said they were sent; nothing of the file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from kith.record.audit.services import record
from kith.record.frontdoor.queries import reply_of
from kith.web.pdf import can_make_pdf, pdf_response
from kith.web.who_may import power, user_of


@power("receive_referrals")
def reply_paper(request: HttpRequest, thread: int) -> HttpResponse:
    """One reply as a letter; that it was made is written down, without whom it names."""
    reply = reply_of(thread)
    if reply is None:
        raise Http404("No such reply")
    record("reply_printed", by=user_of(request), about={"reply": thread, "message": reply.message_thread})
    html = render_to_string("kith/letters/reply.html", {"reply": reply}, request)
    if not can_make_pdf():
        return HttpResponse(html, headers={"Cache-Control": "private, no-store"})
    return pdf_response(request, html, f"reply-{timezone.localdate(reply.sent_at):%Y-%m-%d}")
