"""What the desk says of the machine: the clock that publishes, the worker, jobs that failed.

Reads the hold, what tick and worker keep (`JobRun`, `Heartbeat`) and the queue of tasks; six short
queries for the chief.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from newsroom.lib.panels import Panel, Row
from newsroom.lib.tasks import LOST_AFTER
from newsroom.management.heartbeat import WORKER, heard
from newsroom.models import JobRun
from newsroom.outgoing.models import Hold
from newsroom.pages.templatetags.paper import printed

# Tick and worker note themselves every 30 s, and readers of the desk know within two minutes.
SILENT = timedelta(seconds=100)
# A task that nobody took for so long has no worker.
UNTAKEN = timedelta(seconds=110)
PUBLISHING = "publish due"
SHOWN = 6


def panels(request: HttpRequest) -> list[Panel]:
    """Alarms for who publishes; how the machine does, and what failed, for the chief."""
    user, at = request.user, timezone.now()
    if not user.has_perm("articles.publish_article"):
        return []
    wrong = [Row(words, "") for words in filter(None, [clock(at), worker(at)])]
    alarms = [*(Row(words, "") for words in filter(None, [held()])), *wrong]
    found = [Panel(gettext_lazy("The machine"), alarms, order=0, alarm=True)]
    if user.has_perm("articles.publish_everywhere"):
        found += [_works(wrong), _failed()]
    return found


def held() -> str:
    """Why nothing leaves the house; empty when it does."""
    hold = Hold.objects.first()
    if hold is None:
        return ""
    until = _("Nothing is published by itself either. It stays so until the operator releases it.")
    if hold.backup_at is None:
        words = _("All that leaves by itself is held since %(time)s: no mail is sent.")
        return f"{words % {'time': printed(hold.since, _style(hold.since))}} {until}"
    words = _("This is a restored copy, of %(time)s: no mail leaves it.")
    return f"{words % {'time': printed(hold.backup_at, 'long')}} {until}"


def clock(at: datetime) -> str:
    """What is wrong with the clock that publishes; empty when it runs."""
    # Every machine has a tick for its own files; this is the job of the one for all.
    last = JobRun.objects.filter(pk=PUBLISHING).values_list("started_at", flat=True).first()
    if last is None:
        return _(
            "The clock that publishes has never run. Nothing goes live by itself until it does."
        )
    if at - last > SILENT:
        return _(
            "The clock that publishes has not run since %(time)s. Nothing goes live by itself "
            "until it does; publish by hand what cannot wait."
        ) % {"time": printed(last, _style(last))}
    job = JobRun.objects.filter(pk=PUBLISHING, failed_at__isnull=False).first()
    if job and job.failed_at and (job.done_at is None or job.done_at < job.failed_at):
        return _("Publishing on time fails since %(time)s: %(error)s") % {
            "time": printed(job.done_at or job.failed_at, _style(job.failed_at)),
            "error": job.error,
        }
    return ""


def worker(at: datetime) -> str:
    """What is wrong with the worker, which sends mails and cuts pictures; empty if nothing."""
    # One that was put back into the queue a moment ago is given the same time as a new one.
    untaken = DBTaskResult.objects.ready().filter(enqueued_at__lt=at - UNTAKEN)
    untaken = untaken.exclude(run_after__gt=at - UNTAKEN, run_after__lte=at)
    waiting = untaken.order_by().aggregate(count=Count("pk"), since=Min("enqueued_at"))
    if not waiting["count"]:
        return _unheard(at)
    if DBTaskResult.objects.filter(started_at__gt=at - UNTAKEN).exists():  # busy, not gone
        return ""
    return ngettext(
        "The worker does nothing: %(count)d task (mail, picture sizes) waits since %(time)s.",
        "The worker does nothing: %(count)d tasks (mails, picture sizes) wait, the first since "
        "%(time)s.",
        waiting["count"],
    ) % {"count": waiting["count"], "time": printed(waiting["since"], _style(waiting["since"]))}


def _unheard(at: datetime) -> str:
    """That no worker has said for long that it lives, though nothing waits; empty if one has, or is
    at a task that takes long."""
    last = heard(WORKER)
    if last is None or at - last < SILENT:
        return ""
    begun = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__gt=at - LOST_AFTER
    )
    if begun.exists():
        return ""
    return _(
        "The worker was last heard of at %(time)s. Nothing waits for it yet; mails and picture "
        "sizes will."
    ) % {"time": printed(last, _style(last))}


def _works(alarms: list[Row]) -> Panel:
    """When the clock ran last, and jobs of the tick that fail."""
    rows = []
    for job in JobRun.objects.order_by("pk"):
        failing = job.failed_at and (job.done_at is None or job.done_at < job.failed_at)
        if failing and job.failed_at:
            when = printed(job.failed_at, _style(job.failed_at))
            rows.append(Row(_("Job “%s” fails") % job.name, "", when, more=job.error))
        elif job.pk == PUBLISHING and job.done_at and not alarms:
            words = _("The clock that publishes")
            rows.insert(0, Row(words, "", _("ran %s") % printed(job.done_at, "hour")))
    if not alarms:
        rows.append(Row(_("The worker"), "", _("keeps up")))
    return Panel(gettext_lazy("The machine at work"), rows, order=80)


def _failed() -> Panel:
    """Tasks that failed and were not done since; those with attempts left are tried again."""
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")
    rows = [
        Row(
            task.task_path.rsplit(".", 1)[-1].replace("_", " "),
            "",
            printed(task.finished_at, _style(task.finished_at)) if task.finished_at else "",
            more=_("%(error)s; tried %(count)d times")
            % {
                "error": task.exception_class_path.rsplit(".", 1)[-1],
                "count": len(task.worker_ids),
            },
        )
        for task in failed.defer("traceback", "args_kwargs", "return_value")[:SHOWN]
    ]
    return Panel(gettext_lazy("Failed jobs"), rows, empty=gettext_lazy("None."), order=81)


def _style(moment: datetime) -> str:
    """Today the time is enough."""
    return "hour" if timezone.localdate(moment) == timezone.localdate() else "long"
