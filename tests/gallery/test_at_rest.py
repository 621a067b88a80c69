"""What is left of templates in memory and on disk: shared, sealed, erased, and whole or not there at all."""

from __future__ import annotations

import importlib.util
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from antigone.gallery import FOREVER, GalleryBusy, GalleryError, Rows, RowsRefused, ScanGallery, SnapshotRefused

spec = importlib.util.spec_from_file_location("gallery_people", Path(__file__).with_name("people.py"))
people = importlib.util.module_from_spec(spec)
spec.loader.exec_module(people)
ANYONE = people.ANYONE
KEY = bytes(range(32))
SIZE, DIMENSION = 21_000, 24


@pytest.fixture(scope="module")
def rows():
    return people.crowd(SIZE, DIMENSION)


@pytest.fixture
def place(tmp_path):
    return tmp_path / "segment"


def _gallery(place=None, **other):
    return ScanGallery(DIMENSION, **{"contract": "c", "epoch": "e", "segment": place} | other)


def _python(code: str, *arguments: object, **options) -> subprocess.Popen:
    """Another process, with the gallery at hand."""
    head = "import sys, numpy as np\nfrom antigone.gallery import *\nplace = sys.argv[1]\n"
    return subprocess.Popen(
        [sys.executable, "-c", head + code, *map(str, arguments)], stdout=subprocess.PIPE, text=True, **options
    )


def _said(process: subprocess.Popen) -> str:
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return out.strip()


def test_the_segment_is_for_its_owner_alone(place, rows):
    gallery = _gallery(place)
    gallery.build([rows], 1)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert gallery.stats()["shared"]
    place.chmod(0o640)
    assert not _gallery(place).attach()
    place.chmod(0o600)
    assert _gallery(place).attach()


def test_a_link_in_the_segments_place_is_not_followed(place, rows, tmp_path):
    _gallery(tmp_path / "other").build([rows], 1)
    place.symlink_to(tmp_path / "other")
    assert not _gallery(place).attach()


def test_without_shared_memory_it_says_so(tmp_path, rows):
    gallery = _gallery(tmp_path / "no such folder" / "segment")
    gallery.build([rows.take(np.arange(9))], 1)
    assert not gallery.stats()["shared"]
    assert "no shared memory" in gallery.stats()["why_private"]
    assert not _gallery(None).attach()


def test_a_memory_file_system_too_small_is_not_filled(place, rows, monkeypatch):
    real = os.statvfs(place.parent)
    small = type("Room", (), {"f_bavail": 10, "f_frsize": real.f_frsize})()
    monkeypatch.setattr(os, "statvfs", lambda path: small)
    gallery = _gallery(place)
    gallery.build([rows], 1)
    assert "too small" in gallery.stats()["why_private"]
    assert not place.exists()
    people.same_rows(gallery.search(rows.vectors[:1], 9, ANYONE)[0], rows, rows.vectors[0], 9, ANYONE)


def test_another_process_sees_the_segment_and_its_deletions(place, rows):
    gallery = _gallery(place)
    gallery.build([rows], 4)
    seen = np.flatnonzero(rows.searchable & (rows.until == FOREVER))[0]
    np.save(place.with_name("probe.npy"), rows.vectors[seen : seen + 1])
    code = """
g = ScanGallery(24, contract="c", epoch="e", segment=place)
assert g.attach()
probe = np.load(sys.argv[2])
print(g.generation, g.search(probe, 1, Where(None, 20000))[0].ids[0], flush=True)
sys.stdin.readline()
print(g.search(probe, 1, Where(None, 20000))[0].ids[0], g.verify_absent([int(sys.argv[3])]).absent)
"""
    other = _python(code, place, place.with_name("probe.npy"), rows.ids[seen], stdin=subprocess.PIPE)
    assert other.stdout.readline().split() == ["4", str(rows.ids[seen])]
    gallery.delete([rows.ids[seen]], 5)
    out, _ = other.communicate("\n", timeout=60)
    found, absent = out.split()
    assert found != str(rows.ids[seen])
    assert absent == "True"


@pytest.mark.parametrize("other", [{"contract": "another"}, {"epoch": "another"}])
def test_a_foreign_segment_or_snapshot_is_not_taken_up(place, rows, tmp_path, other):
    gallery = _gallery(place)
    gallery.build([rows], 1)
    gallery.save(tmp_path / "snapshot", KEY)
    assert not _gallery(place, **other).attach()
    with pytest.raises(SnapshotRefused):
        _gallery(None, **other).load(tmp_path / "snapshot", KEY)


def test_two_search_while_a_third_merges(place, rows):
    gallery = _gallery(place)
    gallery.build([rows], 1)
    np.save(place.with_name("probe.npy"), rows.vectors[:1])
    code = """
g = ScanGallery(24, contract="c", epoch="e", segment=place)
assert g.attach()
probe = np.load(sys.argv[2])
first = g.search(probe, 20, Where(None, 20000))[0].ids.tolist()
print("ready", flush=True)
seen = set()
while True:
    hits = g.search(probe, 20, Where(None, 20000))[0]
    assert hits.proven and hits.ids.tolist() == first
    seen.add(g.stats()["base_generation"])
    if max(seen) >= 4:
        break
print(sorted(seen)[-1])
"""
    readers = [_python(code, place, place.with_name("probe.npy")) for _ in range(2)]
    for reader in readers:
        assert reader.stdout.readline() == "ready\n"
    for generation in (2, 3, 4):
        far = people.unit(-rows.vectors[:1] + 0.1)
        gallery.upsert(Rows([10**8 + generation], [1], [0], [FOREVER], [True], far), generation)
        assert gallery.merge(wait=True)
    assert [_said(reader) for reader in readers] == ["4", "4"]


@pytest.mark.parametrize("after", [0.0, 0.15, 0.4])
def test_a_builder_killed_at_any_moment_leaves_the_former_segment(place, rows, after):
    gallery = _gallery(place)
    gallery.build([rows], 1)
    code = """
g = ScanGallery(24, contract="c", epoch="e", segment=place)
assert g.attach()
print("ready", flush=True)
while True:
    g.merge()
"""
    builder = _python(code, place)
    assert builder.stdout.readline() == "ready\n"
    time.sleep(after)
    builder.send_signal(signal.SIGKILL)
    builder.wait()
    fresh = _gallery(place)
    assert fresh.attach()
    people.same_rows(fresh.search(rows.vectors[3:4], 30, ANYONE)[0], rows, rows.vectors[3], 30, ANYONE)
    assert fresh.merge()  # the lock was let go, and what the dead left is swept away
    assert sorted(p.name for p in place.parent.iterdir()) == ["segment", "segment.lock"]


def test_a_half_written_segment_is_not_taken_for_whole(place, rows):
    gallery = _gallery(place)
    gallery.build([rows], 1)
    whole = place.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:100], b"", bytes(4096) + whole[4096:]):
        place.write_bytes(damaged)
        place.chmod(0o600)
        assert not _gallery(place).attach()


def test_a_refused_build_leaves_nothing(place, rows):
    gallery = _gallery(place)
    with pytest.raises(RowsRefused):
        gallery.build([rows.take(np.arange(9)), rows.take(np.arange(5))], 1)
    assert [path.name for path in place.parent.iterdir()] == ["segment.lock"]
    assert len(gallery) == 0


def test_two_do_not_build_at_once(place, rows):
    gallery = _gallery(place)
    gallery.build([rows], 1)
    with gallery._place.lock(), pytest.raises(GalleryBusy):
        _gallery(place).merge()
    assert gallery.merge()


def test_a_deletion_during_another_ones_merge_is_not_undone(place, rows, monkeypatch):
    gallery, other = _gallery(place), _gallery(place)
    gallery.build([rows], 1)
    assert other.attach()
    gone = rows.ids[100:103]
    from antigone.gallery import scan

    copied = scan.build

    def slow(*arguments, **named):
        base = copied(*arguments, **named)
        other.delete(gone, 2)  # the copy is made, but not published
        return base

    monkeypatch.setattr(scan, "build", slow)
    gallery.merge()
    monkeypatch.undo()
    assert gallery.verify_absent(gone).absent
    assert other.verify_absent(gone).absent
    late = _gallery(place)
    assert late.attach()
    assert late.verify_absent(gone).absent


def test_changes_survive_another_ones_older_base(place, rows):
    """A base that lacks this process's newest changes does not take them away."""
    gallery, other = _gallery(place), _gallery(place)
    gallery.build([rows], 5)
    assert other.attach()
    far = people.unit(-rows.vectors[:1] + 0.1)
    other.upsert(Rows([10**8], [1], [0], [FOREVER], [True], far), 5)  # told in parts: named by the last call
    other.delete([rows.ids[0]], 5)
    other.delete([], 7)
    gallery.delete([rows.ids[1]], 6)
    gallery.merge()
    assert other.search(far, 1, ANYONE)[0].ids[0] == 10**8
    assert other.stats()["base_generation"] == 6
    assert other.generation == 7
    assert other.verify_absent(rows.ids[:2]).absent


def test_bytes_of_a_deleted_vector_are_found_nowhere(place, rows, tmp_path):
    gallery = _gallery(place)
    gallery.build([rows], 1)
    gallery.save(tmp_path / "snapshot", KEY)
    gone = rows.take(np.arange(40, 44))
    slices = [vector.tobytes()[8:28] for vector in gone.vectors]
    assert all(part in place.read_bytes() for part in slices)  # the control: they are there before
    gallery.delete(gone.ids, 2)
    assert not any(part in place.read_bytes() for part in slices)
    gallery.purge()
    ids = [int(i).to_bytes(8, "little") for i in gone.ids]
    body = gallery._base.layout.view(gallery._base.segment.body, "ids").tobytes()
    assert not any(i in [body[at : at + 8] for at in range(0, len(body), 8)] for i in ids)
    fresh = _gallery(None)
    fresh.load(tmp_path / "snapshot", KEY)
    assert fresh.generation == 2
    assert fresh.verify_absent(gone.ids).absent
    assert not any(part in fresh._base.segment.memory.tobytes() for part in slices)


def test_a_row_deleted_from_the_changes_is_wiped(rows):
    gallery = _gallery(None)
    gallery.upsert(rows.take(np.arange(10)), 1)
    held = gallery._delta.rows.vectors
    gallery.delete([rows.ids[3]], 2)
    assert not held[3].any()
    assert gallery.verify_absent([rows.ids[3]]).absent
    assert len(gallery) == 9


def test_a_snapshot_holds_nothing_in_clear(rows, tmp_path):
    gallery = _gallery(None)
    gallery.build([rows], 1)
    gallery.save(tmp_path / "snapshot", KEY)
    sealed = (tmp_path / "snapshot").read_bytes()
    assert stat.S_IMODE((tmp_path / "snapshot").stat().st_mode) == 0o600
    assert not any(vector.tobytes()[:16] in sealed for vector in rows.vectors[::500])
    assert list(tmp_path.iterdir()) == [tmp_path / "snapshot"]


def test_a_snapshot_opens_to_the_same_answers(place, rows, tmp_path):
    gallery = _gallery(place)
    gallery.build([rows], 9)
    gallery.save(tmp_path / "snapshot", KEY)
    gallery.remove_segment()
    fresh = _gallery(place)
    assert not fresh.attach()
    fresh.load(tmp_path / "snapshot", KEY)
    assert fresh.generation == 9
    people.same_rows(fresh.search(rows.vectors[5:6], 30, ANYONE)[0], rows, rows.vectors[5], 30, ANYONE)
    assert _gallery(place).attach()


def test_a_damaged_snapshot_is_refused(rows, tmp_path, monkeypatch):
    from antigone.gallery import snapshot

    monkeypatch.setattr(snapshot, "CHUNK", 64 << 10)
    gallery = _gallery(None)
    gallery.build([rows.take(np.arange(3000))], 1)
    path = tmp_path / "snapshot"
    gallery.save(path, KEY)
    good = path.read_bytes()
    piece = (64 << 10) + 16
    start = len(good) - len(good) % piece  # well inside
    swapped = good[: -2 * piece] + good[-piece:] + good[-2 * piece : -piece]
    for damaged in (
        b"",
        good[:7],
        b"x" + good[1:],
        good[:-1],
        good + b"\0",
        good[:20] + b"9" + good[21:],
        good[: start // 2] + bytes([good[start // 2] ^ 1]) + good[start // 2 + 1 :],
        swapped,
    ):
        path.write_bytes(damaged)
        with pytest.raises(SnapshotRefused) as refused:
            _gallery(None).load(path, KEY)
        assert "built from its rows" in refused.value.sentence
    path.write_bytes(good)
    with pytest.raises(SnapshotRefused):
        _gallery(None).load(path, bytes(32))
    with pytest.raises(GalleryError):
        _gallery(None).load(path, b"short")
    with pytest.raises(SnapshotRefused):
        _gallery(None).load(tmp_path / "none", KEY)
    _gallery(None).load(path, KEY)


def test_a_save_killed_at_any_moment_leaves_the_former_snapshot(rows, tmp_path):
    gallery = _gallery(None)
    gallery.build([rows], 1)
    gallery.save(tmp_path / "snapshot", KEY)
    code = """
g = ScanGallery(24, contract="c", epoch="e")
g.load(place, bytes(range(32)))
print("ready", flush=True)
while True:
    g.save(place, bytes(range(32)))
"""
    for after in (0.0, 0.05, 0.2):
        writer = _python(code, tmp_path / "snapshot")
        assert writer.stdout.readline() == "ready\n"
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        fresh = _gallery(None)
        fresh.load(tmp_path / "snapshot", KEY)
        assert len(fresh) == SIZE
