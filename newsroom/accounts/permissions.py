"""Who may manage people and hand out roles. Asked by the forms and the admin, on every request."""

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import Case, QuerySet, When

from newsroom.accounts.models import User
from newsroom.accounts.roles import CHIEF, ROLES

Someone = User | AnonymousUser


def has_role(user: Someone, role: str) -> bool:
    """Whether this user holds the role (one query)."""
    return user.is_active and user.groups.filter(name=role).exists()


def may_manage_people(user: Someone) -> bool:
    """Chief editors and whoever runs the server; no single permission is enough."""
    return user.is_active and (user.is_superuser or has_role(user, CHIEF))


def may_change(user: Someone, other: User) -> bool:
    """A chief editor changes everybody but those who run the server: their e-mail is their key."""
    return may_manage_people(user) and (user.is_superuser or not other.is_superuser)


def may_change_roles(user: Someone, other: User) -> bool:
    """Nobody changes what they themselves may do."""
    return may_change(user, other) and other.pk != user.pk


def roles_granted_by(user: Someone) -> QuerySet[Group]:
    """The roles this user may give and take, in the order of the house."""
    names = ROLES if may_manage_people(user) else ()
    place = Case(*(When(name=name, then=n) for n, name in enumerate(ROLES)))
    return Group.objects.filter(name__in=names).order_by(place)


def is_last_chief(user: User) -> bool:
    """Whether without this user nobody could manage people.

    Locks the role's row, so call it inside the transaction that takes the role away: two chiefs who
    remove one another at the same moment are asked one after the other.
    """
    Group.objects.select_for_update().filter(name=CHIEF).first()
    chiefs = User.objects.with_role(CHIEF).filter(is_staff=True)
    return has_role(user, CHIEF) and not chiefs.exclude(pk=user.pk).exists()
