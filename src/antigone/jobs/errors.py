"""What can go wrong with work that takes a while, and how a handler learns that it must end."""

from __future__ import annotations


class JobError(Exception):
    """A job cannot be asked for, or is not there; the text says so, and nothing was changed."""

    @property
    def sentence(self) -> str:
        return str(self)


class UnknownKind(JobError):
    """No room handles this kind of work."""


class NoSuchJob(JobError):
    """No such job is known to whoever asks; somebody else's is none."""


class WorkEnds(BaseException):
    """Raised out of a handler by `Work.progress`; no `except Exception` of a handler is to hold it up."""


class Stopped(WorkEnds):
    """Somebody stopped the job, or another worker has taken it up; what was committed stays."""


class Interrupted(WorkEnds):
    """This worker was asked to end; the job goes on elsewhere from where it stood."""
