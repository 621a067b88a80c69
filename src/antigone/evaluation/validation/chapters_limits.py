"""Chapters 6 and 7: what the figures do not say, and what they were made with; and who signs."""

from __future__ import annotations

from typing import Any

from antigone.evaluation.validation.document import Chapter, Fields, Items, RunLines, Table, Text

Report = dict[str, Any]


def limits(report: Report) -> Chapter:
    """Chapter 6."""
    counts = report["counts"]
    ratios = [each for each in report["ratios"].values() if "refused" not in each]
    highest = max((each["high"] for each in ratios), default=None)
    items = [
        "No photograph of a dead person was used. How the method does on the dead is not known from this report; what "
        "happens to a face after days in water, in heat, in a fire or in the ground lies beyond every ladder.",
        "The ladders are stand-ins, painted by rules that people wrote. They compare one way of working with "
        "another. A share measured on them is no forecast for a mortuary.",
        "Children and the very old, portraits many years older than the photograph, and faces changed by illness or "
        "surgery are covered only as far as the data hold them; see the chapter on data. For anybody who may be "
        "under 18 by the record the product gives no ratio; where no age is on record it gives one and says so.",
        "Relatives and twins look alike. A ratio here is against an unrelated person of the same population; where "
        "relatives are missing too it does not hold. The product withholds it where kinship is on record; whoever "
        "knows of relatives whom nobody recorded must leave the ratio aside.",
        "People who are alike in age, sex and origin, and pictures taken by one camera, score higher with each other "
        "than strangers at large. Where the figures by cohort are not stated, differences between groups are not "
        "excluded.",
        f"The largest gallery searched here held {counts['enrolled']:,} people. Misses and false candidates grow with "
        "the gallery; the operating point follows its size by extrapolation, which was checked at the sizes given "
        "and no others.",
        "One photograph was compared with one portrait. Several photographs of a body, or several portraits, were "
        "not tested.",
        "An interval says how much a figure would move with other people like these. It says nothing of other people.",
        "The face that was searched for was the one nearest to the middle of the picture; in casework an examiner "
        "chooses it.",
        "Calibrations on the living and on stand-ins rank and sort leads. They unlock no words of support: only a "
        "validation on an agency's own cases, closed by DNA, prints or dental comparison, does (`antigone validate "
        "--own-cases`).",
        "A posterior needs the number of the missing, which the case gives and this report does not.",
    ]
    if highest is not None:
        items.insert(
            7,
            f"No ratio above 10 to the {highest:.2f} was stated, whatever the score: so much, and no more, the data "
            "bear. A ratio that stands at the bound may be larger or not; nobody here can tell.",
        )
    return Chapter("Limits, in plain words", (Items(tuple(items)),))


def versions(report: Report) -> Chapter:
    """Chapter 7."""
    run = report["run"]
    lines = (
        ("Day of the run (UTC)", run["date"]),
        ("Processor", str(run["machine"]["cpu"])),
        ("Cores, threads", f"{run['machine']['cores']}, {run['machine']['threads']}"),
        ("System", str(run["machine"]["system"])),
    )
    return Chapter(
        "Versions, command and machine",
        (
            Table(
                "Software",
                ("Package", "Version"),
                tuple((name, f"`{version}`") for name, version in report["software"].items()),
                figures=False,
            ),
            Text("The command; files and folders by their names alone:"),
            Text(f"`{report['command']}`"),
            RunLines("The day and the machine", lines),
            Text(
                "Two runs of this command on the same photographs, models and software give the same figures, and "
                "the same report but for the table above, which alone holds the day and the machine, and the day in "
                "the file's own record (PDF). Another processor may round a score's last digits otherwise."
            ),
            Text(
                "Fonts: Libertinus Serif (SIL Open Font License 1.1) and DejaVu Sans (Bitstream Vera terms), "
                "embedded in the PDF as their licences allow."
            ),
        ),
    )


def signatures() -> Chapter:
    """The last page: the laboratory's own judgement."""
    return Chapter(
        "The laboratory's conclusion",
        (
            Text(
                "To be filled in by the laboratory. The software draws no conclusion on whether the method is fit "
                "for the intended use."
            ),
            Fields(
                (
                    "Intended use",
                    "Criteria of acceptance",
                    "Method fit for this use (yes, no, within limits)",
                    "Limits and conditions",
                    "Validated by (name, function)",
                    "Date and signature",
                    "Approved by (name, function)",
                    "Date and signature",
                    "To be validated again by",
                )
            ),
        ),
        numbered=False,
    )
