"""What a person changes and takes along."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mats_portal.people import selectors, services
from mats_portal.people.forms import ProfileForm
from mats_portal.web.access import FORM, access, reader, signed_in


@access(signed_in, methods=FORM)
def settings(request: HttpRequest) -> HttpResponse:
    """Name and time zone; links to the rest of the account."""
    person = reader(request)
    form = ProfileForm(request.POST or None, initial={"name": person.name, "time_zone": person.time_zone})
    if request.method == "POST" and form.is_valid():
        services.change_profile(by=person, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("people:settings")
    return render(request, "people/settings.html", {"form": form})


@access(signed_in)
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything the portal knows about the reader, as a file to keep."""
    data = {"portal": "MATS portal", "made_at": timezone.now().isoformat(), **selectors.own_data(reader(request))}
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
