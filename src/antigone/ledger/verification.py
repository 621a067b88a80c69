"""Recomputes the tree from the entries and holds it against every checkpoint, in the database and outside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from antigone.instance import Instance
from antigone.ledger import actions, keys, outside, rows, sequencer, spool
from antigone.ledger.errors import KeyFault, NoteFault
from antigone.ledger.models import Checkpoint, Entry
from antigone.ledger.note import MOST_BYTES, Note, TreeHead, VerifierKey
from antigone.ledger.rules import Audit, Erasures, Fault, SignedRoot, StoredRow, Verification, base64_of
from antigone.ledger.tree import EMPTY_ROOT

# So many entries are recomputed between two words of how far it is.
STEP = 2_000

Progress = Callable[[int], None]


def verify(
    checkpoint_text: str | bytes | None = None, verifier: str | None = None, *, progress: Progress | None = None
) -> Verification:
    """Say whether every entry is as it was written, in its place, with none missing and none slipped in.

    `checkpoint_text` is a checkpoint of this log that somebody else held; it must be signed by our key, or by
    `verifier` (a verifier key in its text form, such as a countersigning agency's) where one is given. Reads
    only; other processes may go on writing. Nothing is raised for what is found: the answer says it. `progress` is
    told how many entries were recomputed; what it raises passes through.
    """
    here = sequencer.instance()
    try:
        key = keys.verifier(here)
    except KeyFault as exc:
        nothing = base64_of(EMPTY_ROOT)
        sealed = Checkpoint.objects.exists() or Entry.objects.filter(index__isnull=False).exists()
        if checkpoint_text is None and not sealed and not outside.history(here):
            # The key is made with the first checkpoint.
            waiting = Entry.objects.count()
            return Verification(True, None, "Nothing is sealed in the ledger yet.", 0, nothing, pending=waiting)
        return Verification(False, None, exc.sentence, 0, nothing)
    return _Run(here, key, progress).verify(checkpoint_text, verifier)


class _Run:
    """One verification: what was signed, by size, what is wrong with that, and how far the tree was recomputed."""

    def __init__(self, here: Instance, key: VerifierKey, progress: Progress | None = None) -> None:
        self.here, self.key, self.progress = here, key, progress
        self.signed: dict[int, list[SignedRoot]] = {}
        self.edges: dict[int, bytes] = {}
        self.checkpoints: dict[int, str] = {}
        self.heads: dict[bytes, TreeHead] = {}
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        self.countersigned = 0
        self.audit = Audit(self.signed, self.edges, erasures)

    def verify(self, checkpoint_text: str | bytes | None, verifier: str | None) -> Verification:
        # (1) What was signed. The files first: they are written after the commit, so the database has theirs.
        files = self._read_folder()
        self._read_database(0)
        self._compare(files)
        self._read_cosignatures()
        if checkpoint_text is not None:
            self._read_given(checkpoint_text, verifier)
        # (2) Every entry, in order, against itself and against the roots signed over it. A fault here is told
        # before a fault in a checkpoint: the entry is what people ask for.
        fault = self._walk()
        if fault is None and self.faults:
            fault = self.faults[0]
        # (3) Nothing missing at the end, nothing added.
        if fault is None:
            fault = self.audit.end(max(self.checkpoints, default=0))
        return self._answer(fault)

    def _read(self, text: bytes, where: str, size: object) -> TreeHead | None:
        """Check one of our own checkpoints and keep its root; `size` is the one it should have (None: any)."""
        try:
            head = self.heads.get(text)
            if head is None:
                note = Note.parse(text)
                note.verified_by([self.key])
                # The same text stands in the database and in two files; its signature is checked once.
                self.heads[text] = head = TreeHead.parse(note.text)
            if head.origin != self.key.name or (size is not None and head.size != size):
                raise NoteFault("It is not the one that belongs there.")
        except NoteFault as exc:
            self.faults.append(Fault(f"The checkpoint in {where} was altered, or is not ours. {exc}"))
            return None
        self.signed.setdefault(head.size, []).append(SignedRoot(head.root, where))
        return head

    def _read_folder(self) -> set[int]:
        """The checkpoints outside the database; returns the sizes that they cover."""
        found: set[int] = set()
        for size, path in outside.history(self.here).items():
            found.add(size)
            self._read(_bounded(path), f"ledger/{outside.HISTORY}/{path.name}", size)
        latest = self.here.ledger / outside.LATEST
        if latest.exists():
            head = self._read(_bounded(latest), f"ledger/{outside.LATEST}", None)
            if head is not None:
                found.add(head.size)
        published = self.here.ledger / keys.VERIFIER_FILE
        if published.exists() and _bounded(published).strip() != str(self.key).encode():
            self.faults.append(
                Fault(
                    "The verifier key in ledger/verifier is not that of the ledger's key: one of the two was "
                    "replaced. Compare both with the verifier key that other agencies were given."
                )
            )
        return found

    def _read_database(self, after: int) -> None:
        """The checkpoints in the database that cover more than `after` entries."""
        for size, root, edge, text in rows.checkpoints(after):
            where = f"the database over {size} entries"
            head = self._read(text, where, size)
            if head is None:
                continue
            if root != head.root:
                self.faults.append(
                    Fault(f"The checkpoint in {where} was altered: its root is not the one that was signed.")
                )
            self.checkpoints[head.size] = text.decode()
            self.edges[head.size] = edge

    def _compare(self, files: set[int]) -> None:
        """Hold the checkpoints in the folder against those in the database."""
        ours = max(self.checkpoints, default=0)
        gone = [size for size in sorted(files) if size <= ours and size not in self.checkpoints]
        if gone:
            self.faults.append(
                Fault(f"The checkpoint over {gone[0]} entries is gone from the database; its file is kept.")
            )
        missing = [size for size in self.checkpoints if size not in files]
        if missing:
            self.notes.append(
                f"{len(missing)} of {len(self.checkpoints)} checkpoints are not in the ledger folder, the first "
                f"over {missing[0]} entries; where the folder is behind, the next action writes them."
            )

    def _read_cosignatures(self) -> None:
        for size, verifier, line in rows.cosignatures():
            try:
                if size not in self.checkpoints:
                    raise NoteFault("The checkpoint that it signed is gone.")
                text = Note.parse(self.checkpoints[size]).text
                note = Note.parse(text.encode() + b"\n" + line)
                note.verified_by([VerifierKey.parse(verifier.decode())])
            except (NoteFault, UnicodeDecodeError) as exc:
                self.faults.append(
                    Fault(f"Another agency's signature on the checkpoint over {size} entries was altered. {exc}")
                )
            else:
                self.countersigned += 1

    def _read_given(self, text: str | bytes, verifier: str | None) -> None:
        try:
            note = Note.parse(text)
            head = TreeHead.parse(note.text)
            known = self.key if verifier is None else VerifierKey.parse(verifier)
            if head.origin != self.key.name:
                raise NoteFault(
                    f"It is of the log {head.origin}, and this log is {self.key.name}: it comes from another "
                    "instance, or this log was replaced."
                )
            note.verified_by([known])
        except NoteFault as exc:
            self.faults.append(Fault(f"The checkpoint given does not speak for this log. {exc}"))
            return
        self.signed.setdefault(head.size, []).append(SignedRoot(head.root, "the file given"))

    def _walk(self) -> Fault | None:
        fault = self.audit.begin()
        for row in self._rows() if fault is None else ():
            fault = self.audit.take(row)
            if fault is not None:
                break
            if self.progress is not None and self.audit.edge.size % STEP == 0:
                self.progress(self.audit.edge.size)
        return fault

    def _rows(self) -> Iterator[StoredRow]:
        reach = max(self.checkpoints, default=0)
        for row in rows.sequenced():
            if isinstance(row.place, int) and row.place >= reach:
                # Appended since the checkpoints were read: its checkpoint was committed together with it.
                self._read_database(reach)
                reach = max(self.checkpoints, default=0)
            yield row
            if isinstance(row.place, int) and row.place >= reach:
                return

    def _answer(self, fault: Fault | None) -> Verification:
        pending = Entry.objects.filter(index__isnull=True).count()
        aside, unreadable = spool.count(self.here)
        if pending or aside:
            self.notes.append(
                f"{pending + aside} entries wait for their place in the tree; the next action gives it to them."
            )
        if unreadable:
            self.notes.append(f"{unreadable} files in ledger/{spool.FOLDER} are no refusals that can be read.")
        if fault is not None:
            sentence = f"{fault.sentence} Nothing was changed by this check."
        else:
            sentence = f"All {self.audit.edge.size} entries are as they were written, under "
            sentence += f"{len(self.checkpoints)} signed checkpoints"
            if self.countersigned:
                sentence += f" with {self.countersigned} signatures of other agencies"
            if self.audit.erased:
                sentence += f"; {self.audit.erased} payloads were erased, and entries say so"
            sentence += "."
        return Verification(
            ok=fault is None,
            first_bad=None if fault is None else fault.first_bad,
            sentence=sentence,
            size=self.audit.edge.size,
            root=base64_of(self.audit.edge.root()),
            checkpoint=self.checkpoints[max(self.checkpoints)] if self.checkpoints else "",
            pending=pending + aside,
            erased=self.audit.erased,
            notes=tuple(self.notes),
        )


def _bounded(path: Path) -> bytes:
    """The bytes of a small file; nothing, which is no checkpoint, where it cannot be read."""
    try:
        with path.open("rb") as source:
            return source.read(MOST_BYTES + 1)
    except OSError:
        return b""


def erasures() -> Erasures:
    """What the erasures on record name."""
    places: set[int] = set()
    hashes: set[str] = set()
    for payload in rows.payloads(actions.PAYLOAD_ERASE.name):
        try:
            said = json.loads(payload)
            places.update(said["entries"])
            hashes.update(said["pending"])
        except (ValueError, KeyError, TypeError):
            # Altered: the audit finds that entry by its hash; here it excuses nothing.
            continue
    return Erasures(places, hashes)
