"""Who may arrange which front; the admin and the commands ask here."""

from articles.fronts.models import Front
from articles.permissions import edits_section
from newsroom.accounts.models import User


def can_arrange(user: User, front: Front) -> bool:
    """A section's front: who edits the section. Home, opinion and Hot Opinion: every editor."""
    if not (user.is_active and user.is_staff and user.has_perm("fronts.change_front")):
        return False
    return front.section_id is None or edits_section(user, front.section_id)
