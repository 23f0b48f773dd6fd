"""The service desks and the form that reaches them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from newsroom.lib.json_ld import to_script
from newsroom.lib.open_forms import turned_back
from newsroom.lib.shedding import shed_first
from newsroom.pages.desks import desks
from newsroom.pages.forms import ContactForm
from newsroom.pages.messages import receive
from newsroom.pages.organisation import organisation_with_desks
from newsroom.pages.structured_data import trail

# Messages from one network in an hour; a person with a grievance writes two or three.
LIMIT = 6


# No session is read here, so there is nothing a forged request could use: newsroom.lib.open_forms.
@csrf_exempt
def contact(request: HttpRequest) -> HttpResponse:
    """The page, and at the same address the form with its errors; success is a 303."""
    if request.method == "POST":
        return _take(request)
    form = ContactForm(
        initial={"desk": request.GET.get("desk"), "page": request.GET.get("page")}, desks=desks()
    )
    return _show(request, form)


def _show(request: HttpRequest, form: ContactForm, status: int = 200) -> HttpResponse:
    here = trail([], _("Contact and customer service"))
    data = to_script(organisation_with_desks(), here)
    context = {"desks": desks(), "form": form, "structured_data": data}
    return render(request, "pages/contact.html", context, status=status)


@shed_first
def _take(request: HttpRequest) -> HttpResponse:
    form = ContactForm(ContactForm.typed(request.POST), desks=desks())
    if form.is_trapped:
        return _sent()
    back = turned_back(
        request,
        form,
        show=lambda status: _show(request, form, status),
        limit=LIMIT,
        too_many=_(
            "Several messages have come from your network in a short time. "
            "Please send this one in an hour, or call us."
        ),
    )
    if back:
        return back
    words = form.cleaned_data
    receive(
        desk_id=next((desk.id for desk in desks() if desk.slug == words.get("desk")), None),
        **{name: words[name] for name in ("name", "email", "subject", "body", "page")},
    )
    return _sent()


def _sent() -> HttpResponse:
    response = redirect("message_sent")
    response.status_code = 303
    return response


@require_safe
def message_sent(request: HttpRequest) -> HttpResponse:
    """Where the form leads when it was accepted; reloading it sends nothing."""
    return render(request, "pages/message_sent.html")
