"""A person, their roles, and invitations to more."""

from __future__ import annotations

import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from mats_portal.people.states import InvitationState, Role
from mats_portal.web.codes import new_code


def validate_time_zone(name: str) -> None:
    """Refuse what is not the name of an IANA time zone."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValidationError("Please choose a time zone from the list.") from error


class PersonManager(BaseUserManager["Person"]):
    """Makes people; an e-mail address is one address however it is capitalised."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person with a login. Without a password they sign in by a code sent by mail."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person who is an administrator (command line only)."""
        person = self.create_user(email, password, **fields)
        GlobalRole.objects.create(person=person, role=Role.ADMIN)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with that address, in any capitals."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody with a login. The e-mail address is the login and is kept in lower case."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    email = models.EmailField("e-mail address", max_length=254)
    name = models.CharField("full name", max_length=200, help_text="As you would like to be called.")
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    is_active = models.BooleanField(default=True)
    is_synthetic = models.BooleanField(default=False, help_text="Invented, for a demo cohort.")
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name_plural = "people"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["email"], name="one_person_per_email"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name as they gave it."""
        return str(self)

    def get_short_name(self) -> str:
        """The first word of the name."""
        return str(self).split()[0]


class GlobalRole(models.Model):
    """A role that holds in the whole portal, opened and closed, never overwritten."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="global_roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=models.Q(until=None), name="one_open_role_of_a_kind_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person}"


class Invitation(models.Model):
    """An offer of a role to an address; accepted once, by the person who owns the address.

    `purpose` is a word that the inviting app knows (`cohorts.invite` uses
    "<role>"); `target` is the public code or slug it concerns. The token itself
    is never kept, only its SHA-256.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=40)
    target = models.CharField(max_length=100, blank=True)
    detail = models.CharField(max_length=100, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=20, choices=InvitationState.choices, default=InvitationState.OPEN)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_sent")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations_accepted"
    )

    class Meta:
        ordering = ("-invited_at",)

    def __str__(self) -> str:
        return f"{self.purpose} {self.target}"

    @property
    def role_words(self) -> str:
        """The role of an invitation to a membership."""
        return self.detail.partition(":")[0]
