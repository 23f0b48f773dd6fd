"""The people who log in. What a role may do is in roles.py, who may grant it in permissions.py."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users; an address is the same person in capitals and without."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who can log in with this password, or with none until one is set by mail."""
        if not email:
            raise ValueError("A user needs an e-mail address to log in with.")
        user = self.model(email=folded_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """For whoever runs the server; journalists get roles."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=folded_email(email or ""))

    def with_role(self, role: str) -> models.QuerySet["User"]:
        """Those who hold this role and may log in."""
        return self.filter(is_active=True, groups__name=role)


def folded_email(email: str) -> str:
    """The one form in which an address is stored and looked for."""
    return email.strip().lower()


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody of the staff. Authors are not users: a byline needs no account."""

    email = models.EmailField(
        _("e-mail"),
        unique=True,
        error_messages={"unique": _("Somebody with this e-mail address is here already.")},
    )
    name = models.CharField(_("name"), max_length=150)
    is_staff = models.BooleanField(
        _("may open the desk"), default=False, help_text=_("Readers with an account may not.")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick instead of deleting: the past stays signed.")
    )

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "email"]
        constraints = [
            # Whoever writes past the form (a script, an import) cannot make a second of the same.
            models.UniqueConstraint(Lower("email"), name="one_user_per_email"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = folded_email(self.email)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """The first name, for a greeting."""
        return self.name.split(" ")[0] or self.email
