"""The demo's five accounts, one for each role; made by `seed_demo` and by nothing else."""

from django.contrib.auth.models import Group

from newsroom.accounts import roles
from newsroom.accounts.models import User

PASSWORD = "newsroom-demo"  # noqa: S105  (public on purpose; production refuses these accounts)
CAST = (
    ("chief@demo.test", "Zofia Marchetti", roles.CHIEF),
    ("editor@demo.test", "Ansel Oyelaran", roles.SECTION_EDITOR),
    ("reporter@demo.test", "Dalia Fennimore", roles.REPORTER),
    ("letters@demo.test", "Lev Castellan", roles.NEWSLETTER_EDITOR),
    ("service@demo.test", "Noor Haddaway", roles.CUSTOMER_SERVICE),
)


def seed() -> None:
    """Make the accounts that are missing."""
    for email, name, role in CAST:
        if not User.objects.filter(email=email).exists():
            user = User.objects.create_user(email, PASSWORD, name=name, is_staff=True)
            user.groups.add(Group.objects.get(name=role))
