"""Ledger actions of work that takes a while."""

from antigone.ledger.actions import register

register("jobs:job:ask", "{actor} asked for {object}, of the kind {kind}", redact=())
register("jobs:job:stop", "{actor} stopped {object}, of the kind {kind}", redact=())
register("jobs:job:fail", "{object}, of the kind {kind}, failed for {actor}", redact=())
register("jobs:job:sweep", "{actor} removed {count} jobs that had ended, from {object}", redact=())
