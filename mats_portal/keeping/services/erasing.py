"""Carry an erasure out: each app erases its own part, in one transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from mats_portal.journal.services import record
from mats_portal.keeping.ledger import note, noted
from mats_portal.keeping.letters import DONE
from mats_portal.keeping.models import ErasureRequest
from mats_portal.keeping.selectors import erasures_in_order, hindrances, parts_of_erasure
from mats_portal.keeping.services.asking import NotNow
from mats_portal.keeping.states import ErasureState
from mats_portal.outbox.services import post_letter
from mats_portal.people.models import Person
from mats_portal.web.keeping import ERASED_DOMAIN


@transaction.atomic
def carry_out_erasure(*, request: ErasureRequest) -> ErasureRequest:
    """Erase the person of a granted request, once; called again it changes nothing.

    Effects: what each app erases; the counts of what went and what stays, kept with the request; a line in
    the ledger outside of the database; one last letter. Raises `NotNow` if something came in the way.
    """
    locked = ErasureRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    if locked.state != ErasureState.GRANTED:
        return locked
    person, address, name = locked.person, locked.person.email, locked.person.name
    if found := hindrances(person):
        raise NotNow(" ".join(found))
    report = [{"what": part.what, "count": part.count, "stays": part.stays} for part in parts_of_erasure(person)]
    answer = locked.answer
    _erase(person)
    done = ErasureRequest.objects.filter(pk=locked.pk)
    done.update(state=ErasureState.DONE, done_at=Now(), report=report, words="", answer="")
    record(by=locked.decided_by, verb="erase person", subject=locked, facts={"kinds": len(report)})
    facts = {
        "gone": [_line(part) for part in report if not part["stays"]],
        "stays": [f"{_line(part)}: {part['stays']}" for part in report if part["stays"]],
        "answer": answer,
    }
    post_letter(kind=DONE, address=address, name=name, key=f"erasure done:{locked.code}", facts=facts)
    transaction.on_commit(lambda: note(person.code))
    locked.refresh_from_db()
    return locked


def erase_again() -> list[str]:
    """After an old copy of the database was put back: erase everybody whom the ledger names; returns their codes.

    Whoever is erased already stays as they are.
    """
    again = Person.objects.filter(code__in=noted()).exclude(email__endswith=f"@{ERASED_DOMAIN}")
    codes = []
    for person in again.order_by("pk"):
        with transaction.atomic():
            _erase(person)
            record(by=None, verb="erase person again", subject=person)
        codes.append(person.code)
    return codes


def _erase(person: Any) -> None:
    for erasure in erasures_in_order():
        erasure.erase(person)


def _line(part: dict[str, Any]) -> str:
    return f"{part['what']} ({part['count']})"
