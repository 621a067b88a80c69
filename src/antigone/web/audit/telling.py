"""What the ledger says of itself, in the reader's language: the ledger knows no language, and its answers are kept."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from antigone.casework.telling import Form, Known

WHOLE = (
    gettext_noop("Nothing is sealed in the ledger yet."),
    gettext_noop("All %(size)s entries are as they were written, under %(checkpoints)s signed checkpoints."),
    gettext_noop(
        "All %(size)s entries are as they were written, under %(checkpoints)s signed checkpoints with %(others)s "
        "signatures of other agencies."
    ),
    gettext_noop(
        "All %(size)s entries are as they were written, under %(checkpoints)s signed checkpoints; %(erased)s payloads "
        "were erased, and entries say so."
    ),
    gettext_noop(
        "All %(size)s entries are as they were written, under %(checkpoints)s signed checkpoints with %(others)s "
        "signatures of other agencies; %(erased)s payloads were erased, and entries say so."
    ),
    gettext_noop(
        "%(number)s of %(all)s checkpoints are not in the ledger folder, the first over %(size)s entries; where the "
        "folder is behind, the next action writes them."
    ),
    gettext_noop("%(number)s entries wait for their place in the tree; the next action gives it to them."),
    gettext_noop("%(number)s files in %(folder)s are no refusals that can be read."),
)

FAULTS = (
    gettext_noop("Nothing was changed by this check."),
    gettext_noop("The checkpoint in %(where)s was altered, or is not ours."),
    gettext_noop("The checkpoint in %(where)s was altered: its root is not the one that was signed."),
    gettext_noop("The checkpoint over %(size)s entries is gone from the database; its file is kept."),
    gettext_noop("Another agency's signature on the checkpoint over %(size)s entries was altered."),
    gettext_noop("The checkpoint given does not speak for this log."),
    gettext_noop("The checkpoint in %(where)s says that an empty log is not empty."),
    gettext_noop(
        "The verifier key in ledger/verifier is not that of the ledger's key: one of the two was replaced. Compare "
        "both with the verifier key that other agencies were given."
    ),
    gettext_noop("Entry %(place)s is gone: it was removed, or given another place."),
    gettext_noop("An entry stands at a place that cannot be, before entry %(place)s."),
    gettext_noop("The payload of entry %(place)s is gone, and no entry says that it was erased."),
    gettext_noop("Entry %(place)s was altered: of its payload and salt one is missing."),
    gettext_noop("Entry %(place)s was altered: its payload does not match the hash kept of it."),
    gettext_noop("Entry %(place)s was altered since it was written."),
    gettext_noop("Entries were reordered: at place %(place)s stands the one written as entry %(other)s."),
    gettext_noop(
        "Entry %(place)s is not what was signed: the checkpoint in %(where)s over %(size)s entries has another root. "
        "History was rewritten."
    ),
    gettext_noop(
        "One of the entries %(place)s to %(other)s is not what was signed: the checkpoint in %(where)s over %(size)s "
        "entries has another root. History was rewritten."
    ),
    gettext_noop("The checkpoint over %(size)s entries in the database was altered: its edge is not the tree's."),
    gettext_noop("Entry %(place)s is gone, with all that came after it: %(size)s entries were signed."),
    gettext_noop("Entry %(place)s was added outside the sequence: no checkpoint covers it."),
    gettext_noop(
        "Entry %(place)s is gone, with all that came after it: the checkpoint in %(where)s covers %(size)s entries and "
        "the database holds %(held)s. It was rolled back, or entries were removed."
    ),
)

NOTES = (
    gettext_noop("It is not the one that belongs there."),
    gettext_noop("The checkpoint that it signed is gone."),
    gettext_noop(
        "It is of the log %(other)s, and this log is %(log)s: it comes from another instance, or this log was replaced."
    ),
    gettext_noop("The signature of %(log)s does not hold: the note was altered."),
    gettext_noop("The note is cut short: it must be a text, an empty line and signature lines."),
    gettext_noop("The note is not signed by a known key."),
    gettext_noop("The note carries no signature."),
    gettext_noop("This is not a checkpoint: origin, size and root, each on a line."),
    gettext_noop("This is not a verifier key: name+id+key in one line."),
    gettext_noop("The entry is not under this checkpoint yet. Sequence the ledger, then ask again."),
)


def _where(text: str) -> str:
    if text == "the file given":
        return _("the file given")
    match = re.fullmatch(r"the database over (\d+) entries", text)
    return _("the database over %(size)s entries") % {"size": match[1]} if match else text


KNOWN = Known((Form(each) for each in (*WHOLE, *FAULTS, *NOTES)), {"where": _where})

sentence = KNOWN.tell
