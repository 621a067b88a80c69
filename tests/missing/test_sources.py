"""Folders and manifests as givers hand them over."""

from __future__ import annotations

from pathlib import Path

import pytest

from antigone.missing.errors import ManifestError, SourceError
from antigone.missing.sources import from_folder, from_manifest


def files(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")
    return root


def test_a_sub_folder_or_a_stem_is_the_reference(tmp_path: Path) -> None:
    source = from_folder(files(tmp_path, "Anna_A/1.jpg", "Anna_A/more/2.jpg", "Boris_B.png", ".hidden/3.jpg", ".DS"))
    assert [(item.record.ref, item.name) for item in source.items] == [
        ("Boris_B", "Boris_B.png"),
        ("Anna_A", "Anna_A/1.jpg"),
        ("Anna_A", "Anna_A/more/2.jpg"),
    ]
    assert source.persons == 2


def test_an_empty_folder_and_none_at_all_are_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="empty"):
        from_folder(tmp_path)
    with pytest.raises(SourceError, match="not a folder"):
        from_folder(tmp_path / "nowhere")


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


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name\nA\n", "no column person_ref"),
        ("person_ref,sex\nM-1,unsure\n", "known are"),
        ("person_ref,stature_cm\nM-1,tall\n", "stature"),
        ("person_ref,file\n,a.jpg\n", "Line 2 .* no person_ref"),
        ("person_ref,file\nM-1,../outside.jpg\n", "outside the source folder"),
        ("person_ref,file\nM-1,/etc/hostname\n", "outside the source folder"),
        ('person_ref\n"broken\n', "not a CSV file"),
    ],
)
def test_a_faulty_manifest_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=says):
        from_manifest(tmp_path, manifest)


def test_a_manifest_in_another_encoding_is_refused(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_bytes("person_ref,name\nM-1,Остап\n".encode("cp1251"))
    with pytest.raises(ManifestError, match="UTF-8"):
        from_manifest(tmp_path, manifest)
