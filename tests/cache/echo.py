"""The site's addresses, and a view that repeats everything it is told."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.urls import urlpatterns as of_the_site


@kept(Lifetime.FRONT, query=("before",))
def echo(request: HttpRequest) -> HttpResponse:
    told = {name: value for name, value in request.META.items() if name.startswith("HTTP_")}
    return HttpResponse(repr((told, request.GET, request.COOKIES, request.get_full_path())))


urlpatterns = [path("echo/", echo), *of_the_site]
