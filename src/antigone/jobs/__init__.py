"""Work that takes a while: who asked for it, how far it is, and that it goes on after a kill."""

from antigone.jobs.registry import handles

__all__ = ["handles"]
