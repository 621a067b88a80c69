"""Folders and manifests as givers hand them over."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.missing.errors import ManifestError, SourceError
from antigone.missing.records import LONGEST_REF, reference, reference_fault
from antigone.missing.sources import Source, from_folder, from_manifest, reference_of

PNG = b"\x89PNG\r\n\x1a\n and more"


def files(root: Path, *names: str, data: bytes = b"x") -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def manifest_of(folder: Path, text: str) -> Path:
    """A manifest beside the source folder, not in it."""
    folder.mkdir(exist_ok=True)
    manifest = folder.with_suffix(".csv")
    manifest.write_text(text, encoding="utf-8")
    return manifest


def reasons(source: Source) -> dict[str, str]:
    assert all(left.sentence.endswith(".") for left in source.ignored)
    return {left.name: left.reason for left in source.ignored}


def test_a_sub_folder_or_a_stem_is_the_reference(tmp_path: Path) -> None:
    source = from_folder(files(tmp_path, "Anna_A/1.jpg", "Anna_A/more/2.jpg", "Boris_B.png"))
    assert [(item.record.ref, item.name) for item in source.items] == [
        ("Boris_B", "Boris_B.png"),
        ("Anna_A", "Anna_A/1.jpg"),
        ("Anna_A", "Anna_A/more/2.jpg"),
    ]
    assert source.persons == 2
    assert source.ignored == source.misnamed == ()


def test_nothing_in_a_folder_is_skipped_without_a_word(tmp_path: Path) -> None:
    files(tmp_path / "in", "A/1.jpg", "A/notes.txt", "README.txt", ".hidden/3.jpg", "A/.DS", "E/F/.g")
    files(tmp_path / "elsewhere", "1.jpg")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "in" / "G").mkdir()
    source = from_folder(tmp_path / "in")
    # Inside a person's folder everything was handed in for that person.
    assert [item.name for item in source.items] == ["A/1.jpg", "A/notes.txt"]
    assert reasons(source) == {
        "README.txt": "not-a-picture",
        ".hidden": "hidden",
        "A/.DS": "hidden",
        "E/F/.g": "hidden",
        "linked": "link",
        "E": "empty-folder",
        "G": "empty-folder",
    }


def test_a_folder_that_cannot_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files(tmp_path, "A/1.jpg", "B/1.jpg")
    opened = os.scandir

    def scandir(path: str) -> object:
        # Rights alone would not do: nothing is closed to root.
        if Path(path).name == "B":
            raise PermissionError(errno.EACCES, "closed", path)
        return opened(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert reasons(from_folder(tmp_path)) == {"B": "closed-folder"}


def test_at_the_top_a_picture_is_one_by_its_name_or_by_its_first_bytes(tmp_path: Path) -> None:
    files(tmp_path, "A.jpg", "B.HEIC", "C.txt", "D")
    files(tmp_path, "E", "F.dat", data=PNG)
    os.mkfifo(tmp_path / "G")
    source = from_folder(tmp_path)
    assert [item.record.ref for item in source.items] == ["A", "B", "E", "F"]
    assert set(reasons(source)) == {"C.txt", "D", "G"}


def test_names_that_cannot_be_references_are_listed_and_the_rest_taken(tmp_path: Path) -> None:
    names = [b"A.jpg", b"\xff\xfe.jpg", b"line\nbreak.jpg", b"\x1b[31m/1.jpg", "Zoë.jpg".encode(), b"  .jpg"]
    for name in names:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    source = from_folder(tmp_path)
    assert {item.record.ref for item in source.items} == {"A", "Zoë"}
    assert {left.name for left in source.misnamed} == {
        "\\xff\\xfe.jpg",
        "line\\x0abreak.jpg",
        "\\x1b[31m/1.jpg",
        "  .jpg",
    }
    assert {left.reason for left in source.misnamed} == {"bad-name"}
    for left in source.misnamed:
        (left.name + left.sentence).encode()


def test_references_are_composed(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "Zoë")
    assert apart != "Zoë"
    (item,) = from_folder(files(tmp_path, f"{apart}/1.jpg")).items
    assert item.record.ref == "Zoë"


@given(st.text())
def test_a_reference_that_is_taken_can_be_kept(text: str) -> None:
    ref = reference(text)
    if reference_fault(ref) is None:
        assert ref.encode()
        assert len(ref) <= LONGEST_REF
        assert not any(unicodedata.category(each) == "Cc" for each in ref)
        assert reference(ref) == ref


def test_whose_a_file_is() -> None:
    assert reference_of("Anna/more/1.jpg") == "Anna"
    assert reference_of("Anna.b.jpg") == "Anna.b"


def test_an_empty_folder_and_none_at_all_are_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="empty"):
        from_folder(tmp_path)
    with pytest.raises(SourceError, match="not a folder"):
        from_folder(tmp_path / "nowhere")
    with pytest.raises(SourceError, match=r"README\.txt: It is not a picture"):
        from_folder(files(tmp_path, "README.txt"))


def test_a_manifest_describes_persons_and_names_files(tmp_path: Path) -> None:
    files(tmp_path, "a.jpg", "M-2/b.jpg")
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(
        "person_ref,file,name,name_native,sex,stature_cm\nM-1,a.jpg,Ostap Vyr,Остап Вир,male,180\nM-2,,,,,\nM-3,,,,,\n",
        encoding="utf-8",
    )
    source = from_manifest(tmp_path, manifest)
    assert [(item.record.ref, item.name) for item in source.items] == [("M-1", "a.jpg"), ("M-2", "M-2/b.jpg")]
    assert source.items[0].record.names == ("Ostap Vyr", "Остап Вир")
    assert [record.ref for record in source.without_file] == ["M-3"]
    assert source.ignored == ()


def test_files_that_a_manifest_does_not_name_are_said(tmp_path: Path) -> None:
    files(tmp_path / "in", "a.jpg", "b.jpg", "M-2/1.jpg", "M-9/1.jpg", ".kept/c.jpg", ".other/d.jpg")
    text = "person_ref,file\nM-1,./a.jpg\nM-2,\nM-2,M-2/1.jpg\nM-3,.kept/c.jpg\n"
    source = from_manifest(tmp_path / "in", manifest_of(tmp_path / "in", text))
    assert [item.name for item in source.items] == ["a.jpg", "M-2/1.jpg", ".kept/c.jpg"]
    assert reasons(source) == {"b.jpg": "not-in-manifest", "M-9/1.jpg": "not-in-manifest", ".other": "hidden"}


def test_a_manifest_and_a_folder_meet_whichever_way_their_letters_are_composed(tmp_path: Path) -> None:
    files(tmp_path / "in", unicodedata.normalize("NFD", "Zoë") + "/1.jpg")
    source = from_manifest(tmp_path / "in", manifest_of(tmp_path / "in", "person_ref\nZoë\n"))
    assert [item.record.ref for item in source.items] == ["Zoë"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name\nA\n", "no column person_ref"),
        ("", "no column person_ref"),
        ("person_ref,file\n", "describes nobody"),
        ("person_ref,sex\nM-1,unsure\n", "known are"),
        ("person_ref,stature_cm\nM-1,tall\n", "Line 2 .* stature"),
        ("person_ref,stature_cm\nM-1,²\n", "stature"),
        ("person_ref,stature_cm\nM-1," + "9" * 5000 + "\n", "stature"),
        ("person_ref,file\n\n,a.jpg\n", "Line 3 .* no person_ref"),
        ("person_ref,file\nM-1,../outside.jpg\n", "outside the source folder"),
        ("person_ref,file\nM-1,/etc/hostname\n", "outside the source folder"),
        ("person_ref,file\nM-1,a\0b.jpg\n", "Line 2 .* control character"),
        ("person_ref,file\nM-1," + "a" * 5000 + "\n", "longer than 4096"),
        ('person_ref\n"broken\n', "not a CSV file"),
        ("person_ref\n" + "M" * 201 + "\n", "Line 2 .* person_ref that is longer than 200"),
        ('person_ref\n"M\n1"\n', "person_ref that holds a control character"),
        ("person_ref\nM\x1b[1m\n", "person_ref that holds a control character"),
        ("person_ref,name\nM-1," + "N" * 201 + "\n", "a name that is longer than 200"),
        ("person_ref,name_native\nM-1,N\0N\n", "a name_native that holds a control character"),
        ("person_ref,marks\nM-1," + "m" * 2001 + "\n", "a marks that is longer than 2000"),
        ("person_ref,last_seen_place\nM-1," + "p" * 201 + "\n", "a last_seen_place that is longer than 200"),
        ("person_ref,marks\nM-1," + "m" * 200_000 + "\n", "not a CSV file"),
    ],
)
def test_a_faulty_manifest_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ManifestError, match=says):
        from_manifest(tmp_path, manifest_of(tmp_path / "in", text))


def test_a_description_may_have_several_lines(tmp_path: Path) -> None:
    text = 'person_ref,marks,stature_cm\nM-1,"mole\nscar",١٧٠\n'
    (record,) = from_manifest(tmp_path, manifest_of(tmp_path / "in", text)).without_file
    assert (record.marks, record.stature_cm) == ("mole\nscar", 170)


def test_a_manifest_in_another_encoding_is_refused(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_bytes("person_ref,name\nM-1,Остап\n".encode("cp1251"))
    with pytest.raises(ManifestError, match="UTF-8"):
        from_manifest(tmp_path, manifest)


def test_a_manifest_that_is_a_pipe_or_not_there_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "nowhere.csv", "."):
        with pytest.raises(ManifestError, match="Nothing was enrolled"):
            from_manifest(tmp_path, tmp_path / name)


def test_links_in_a_circle_are_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jpg").symlink_to("a.jpg")
    source = from_manifest(tmp_path / "in", manifest_of(tmp_path / "in", "person_ref,file\nM-1,a.jpg\n"))
    assert [item.name for item in source.items] == ["a.jpg"]
