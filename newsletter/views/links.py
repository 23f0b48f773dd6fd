"""The pages behind the links in mails: for one person, never stored, never indexed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsletter import choices, tokens
from newsletter.networks import truncated
from newsletter.views.personal import personal
from newsroom.lib.ratelimit import client_network


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one button and does nothing: mail scanners follow links. POST confirms."""
    if request.method != "POST":
        newsletter = choices.newsletter_of(tokens.CONFIRM, token)
        return render(request, "newsletter/confirm.html", {"newsletter": newsletter})
    network = truncated(client_network(request))
    newsletter = choices.confirm(token, network=network, at=timezone.now())
    return render(request, "newsletter/confirmed.html", {"newsletter": newsletter})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one button. POST acts, from the page or from a mail program (RFC 8058)."""
    if request.method != "POST":
        newsletter = choices.newsletter_of(tokens.UNSUBSCRIBE, token)
        return render(request, "newsletter/unsubscribe.html", {"newsletter": newsletter})
    one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    choices.unsubscribe(
        token,
        source="one click" if one_click else "mail",
        network=truncated(client_network(request)),
        at=timezone.now(),
    )
    return render(request, "newsletter/unsubscribed.html")
