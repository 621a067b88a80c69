"""`antigone search`: photographs of a case against the portraits; ranked leads, or none of these."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from antigone.cli.session import DONE, NONE_OF_THESE, UNUSABLE, open_session, with_instance
from antigone.smallfiles import shown_name

if TYPE_CHECKING:
    from antigone.access.models import Operator
    from antigone.casework.models import Case
    from antigone.casework.searching.answer import Answer
    from antigone.casework.searching.reading import Given


@click.command("search")
@click.argument("photos", nargs=-1, metavar="PHOTO...", type=click.Path(path_type=Path))
@click.option("--case", "code", required=True, metavar="CODE", help="The case that the photographs belong to.")
@click.option("--all", "all_", is_flag=True, help="Add the photographs that the case already has.")
@click.option("--top", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many candidates to list.")
@click.option("--landmarks", type=click.Path(path_type=Path), help="Five landmarks placed by hand (JSON or text).")
@click.option(
    "--face", type=click.IntRange(1), help="Which of several faces in PHOTO is the subject's, counted from 1."
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@with_instance
def command(
    photos: tuple[Path, ...],
    code: str,
    all_: bool,
    top: int,
    landmarks: Path | None,
    face: int | None,
    as_json: bool,
    instance: str | None,
    as_name: str | None,
) -> None:
    """Search PHOTO... of the case CODE among all portraits that the mandate allows.

    Several photographs of one subject count together. The answer is a list of leads in the order of their scores, and
    says "none of these" when no one reaches the operating point: then it exits with status 3. That you saw it ranked
    is recorded, since who did cannot examine the case.

    Landmarks are five points x, y in pixels of the upright picture: the subject's right eye, left eye, nose tip, right
    and left corner of the mouth. FILE is JSON (five pairs, or an object from file names to five pairs) or five lines.
    A photograph that the case has already keeps the face or the landmarks chosen then, unless others are given.
    """
    session = open_session(instance, as_name)
    from antigone.casework import services
    from antigone.casework.errors import PictureUnusable
    from antigone.casework.searching import search

    # Step 1 stands before everything else: no file is opened without a mandate.
    case, _ = services.authorise_search(code, session.operator)
    if not photos and not all_:
        raise click.UsageError("Name at least one photograph, or --all for those that the case has.")
    if face is not None and len(photos) != 1:
        raise click.BadParameter(
            "It speaks of one photograph. Nothing was saved. Search each photograph of several faces by itself first; "
            "the choice is kept with the case, and holds when the photographs are searched together.",
            param_hint="--face",
        )
    try:
        given = _given(case, session.operator, photos, landmarks, face)
        if all_:
            given += search.photographs_of(case)
        if not given:
            raise click.UsageError("The case has no photographs yet; name one.")
        answer, _ = search.run(case, given, top, session.operator)
    except PictureUnusable as unusable:
        _tell_unusable(code, unusable, as_json)
        raise SystemExit(UNUSABLE) from None
    if as_json:
        click.echo(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
    else:
        show(answer)
    raise SystemExit(NONE_OF_THESE if answer.none_of_these else DONE)


def _given(
    case: Case, who: Operator, photos: tuple[Path, ...], landmarks: Path | None, face: int | None
) -> list[Given]:
    """The photographs named, each with the choice made now, or else with the one that the case keeps of it."""
    from antigone.casework import services
    from antigone.casework.errors import PictureUnusable
    from antigone.casework.searching import search
    from antigone.casework.searching.reading import Given
    from antigone.cli.landmarks import read_landmarks
    from antigone.enrolment.limits import picture_limits
    from antigone.imaging import ImageRefused
    from antigone.imaging.decoding import read_bounded

    names = [shown_name(photo.name) for photo in photos]
    for photo, name in zip(photos, names, strict=True):
        if not photo.is_file():
            raise click.BadParameter(f"There is no file {name}; nothing was saved.", param_hint="PHOTO")
    placed = read_landmarks(landmarks, names) if landmarks else {}
    given = []
    for photo, name in zip(photos, names, strict=True):
        try:
            data = read_bounded(photo, picture_limits())
        except ImageRefused as refused:
            services.note_unusable(case, who, None, refused.sentence)
            raise PictureUnusable(name, refused.sentence) from None
        points, place = placed.get(name), None
        if points is None and face is None:
            points, place = search.kept_choice(case, hashlib.sha256(data).hexdigest()) or (None, None)
        given.append(Given(name, data, points, face, place))
    return given


def _tell_unusable(code: str, unusable: Any, as_json: bool) -> None:
    if as_json:
        photo = {"file": unusable.file, "sha256": unusable.sha256, "faces": list(unusable.faces)}
        answer = {"case": code, "photos": [photo], "error": unusable.sentence}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    click.echo(f"{unusable.file}: {unusable.sentence}", err=True)


def show(answer: Answer) -> None:
    """Print an answer for a person: what was searched, the leads, and what stands behind them."""
    from rich.console import Console

    from antigone.casework.searching.meaning import none_means
    from antigone.cli.leads import below_the_table, leads_table, photograph_lines

    console = Console(highlight=False, soft_wrap=True, markup=False)
    persons = answer.searched_persons
    console.print(
        f"Case {answer.case}: {answer.searched} portraits of {persons} persons searched "
        f"(generation {answer.generation}, {'proven exact' if answer.proven_exact else 'NOT proven exact'})."
    )
    for line in photograph_lines(answer):
        console.print(line)
    passing = sum(each.passes for each in answer.candidates)
    if not persons:
        console.print("Nobody was searched, so this says nothing about anybody. The notes below may say why.")
    elif answer.none_of_these:
        console.print("None of these: no one reaches the operating point.")
    else:
        console.print(
            f"{passing} of the leads below reach{'es' if passing == 1 else ''} the operating point. Leads, never names."
        )
    for sentence in none_means(answer.as_json()):
        console.print(sentence)
    if answer.candidates:
        console.print(leads_table(answer))
        for line in below_the_table(answer):
            console.print(line)
    if answer.operating_point:
        point = answer.operating_point
        console.print(f"Operating point: score {point['threshold']:.3f}. {point['source']}")
    for note in answer.notes:
        console.print(f"Note: {note}")
