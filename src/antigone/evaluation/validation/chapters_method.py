"""Chapters 1 to 4: what the method is for, what it is, on what data and how it was measured."""

from __future__ import annotations

from typing import Any

from antigone.evaluation.degradation import LADDERS
from antigone.evaluation.validation.document import Block, Chapter, Heading, Items, Table, Text
from antigone.evaluation.validation.words import count
from antigone.evidence.ratio import ALTERNATIVE, PROPOSITION

Report = dict[str, Any]

HALF_WORDS = {
    "test": "the people of the test half, on which nothing was fitted",
    "calibration": "the people of the calibration half",
    "all": "everybody, of both halves",
}


def purpose(report: Report) -> Chapter:
    """Chapter 1."""
    return Chapter(
        "Purpose and scope",
        (
            Text(
                "The method compares a photograph of an unidentified person, dead or unable to state who they are, "
                "with portraits of missing persons, and returns a short list of leads, each with a score and, where "
                "a calibration is in force, a likelihood ratio. “None of these” is a normal answer."
            ),
            Text(
                "A lead is a reason to look, never an identification. Two examiners compare each lead, blind to each "
                "other and to the ratio; a board decides, on a primary identifier besides the face (friction ridges, "
                "teeth, DNA, a numbered implant). This report is about the automated comparison and its ratios alone: "
                "neither examiners nor boards were tested by it."
            ),
            Text(
                "It is written to be attached to the file on method validation that a laboratory keeps under ISO/IEC "
                "17025:2017, 7.2.2. It states what was measured. It sets no criterion of acceptance: those are the "
                "laboratory's, as is the conclusion whether the method is fit for its purpose (see the last chapter)."
            ),
        ),
    )


def method(report: Report) -> Chapter:
    """Chapter 2."""
    found = report["method"]
    rows = [(card["id"], card["task"], f"`{card['sha256']}`", card["licence"]) for card in found["models"]]
    blocks: list[Block] = [
        Text(
            f"Antigone {found['version']}. The method in use is the pipeline `{found['in_use']['pipeline']}`. Beside "
            "it, on the same photographs, stands a plain way of working: one template of one recogniser from one "
            "look in four quarter turns. It shows what the method in use adds, and is not offered for casework."
        ),
        Heading("Steps"),
        Items(
            (
                "The photograph is decoded within bounds; the original is kept as it came, under its SHA-256.",
                "Faces are sought in all four quarter turns. The method in use looks again in evened light, lets the "
                "recogniser say which way is up, and takes the mean of the landmarks over several looks, and seeks a "
                "face anew where little of it was seen. Of several "
                "faces an examiner chooses; here, the one nearest to the middle of the picture is taken.",
                "The face is brought to a crop of 112 by 112 pixels by five landmarks (a similarity transformation).",
                "Recognisers turn crops into vectors; a pipeline joins views and recognisers, in a learnt space "
                "where it has one, to one template of unit length. Nothing is painted, restored or generated.",
                "The template is compared with every portrait that may be searched, exactly, by the cosine. A person's "
                "score is the best over their portraits, and the mean of these over the photographs of the one sought.",
                "A candidate stands above the operating point when the score passes a threshold that is set "
                f"beforehand, so that at most {100 * found['fpir']:g} % of strangers' searches should return anybody, "
                "for the size of the gallery and from the tail of strangers' scores (extreme-value theory).",
                f"A calibration turns the score into a likelihood ratio: how much more probable the score is if "
                f"{PROPOSITION} than if {ALTERNATIVE}; within the bounds that its data support (ELUB).",
            ),
            numbered=True,
        ),
        Heading("Models and contract"),
        Table("Models", ("Model", "Task", "SHA-256 of the file", "Licence"), tuple(rows), figures=False),
    ]
    parts = found["in_use"]["components"]
    if parts:
        blocks.append(
            Table(
                "The pipeline in use: recognisers, weights, views and learnt spaces",
                ("Recogniser", "Weight", "Views of a portrait", "Views of a probe", "Learnt space"),
                tuple(
                    (
                        each["model"],
                        f"{each['weight']:g}",
                        ", ".join(each["portrait"]),
                        ", ".join(each["probe"]),
                        each["space"] or "none",
                    )
                    for each in parts
                ),
                figures=False,
            )
        )
    spaces = [(each["space"], f"`{each['space_sha256']}`") for each in parts if each["space"]]
    if spaces:
        blocks.append(
            Table(
                "Learnt spaces: numbers that come with the software, learnt once on half of a set of press photographs",
                ("Space", "SHA-256 of the numbers"),
                tuple(spaces),
                figures=False,
            )
        )
    blocks += [
        Table(
            "Embedding contracts: templates under different contracts are never compared",
            ("Way", "Pipeline", "Numbers", "Contract, SHA-256"),
            tuple(
                (words, f"`{found[way]['pipeline']}`", f"{found[way]['dimension']}", f"`{found[way]['contract']}`")
                for way, words in (("plain", "plain"), ("in_use", "in use"))
            ),
            figures=False,
        ),
        Heading("Ladders"),
        Text(
            f"A ladder degrades a photograph by fixed, seeded rules: version {found['ladders_version']}, SHA-256 "
            f"`{found['ladders_sha256']}`. Every ladder but `clean` is a stand-in for what death and the field do to a "
            "face: painted upon the living, never taken from the dead."
        ),
        Table(
            "Ladders that were measured",
            ("Ladder", "What it stands for"),
            tuple((name, LADDERS[name].sentence) for name in report["protocol"]["ladders"]),
            figures=False,
        ),
    ]
    return Chapter("The method and its version", tuple(blocks))


def data(report: Report) -> Chapter:
    """Chapter 3."""
    found = report["data"]
    halves = found["halves"]
    blocks: list[Block] = [
        Text(
            f"{found['name']}: {count(found['photographs'], 'photograph')} of "
            f"{count(found['people'], 'person', 'people')}, of whom {found['people_with_two']:,} have two or more. "
            f"SHA-256 over the name and the SHA-256 of every file, in order: `{found['sha256']}`."
        ),
        Table(
            "The two halves, by the SHA-256 of a person's name: even for calibration, odd for test",
            ("Half", "People", "With two or more", "Photographs"),
            tuple(
                (
                    which,
                    f"{halves[which]['people']:,}",
                    f"{halves[which]['people_with_two']:,}",
                    f"{halves[which]['photographs']:,}",
                )
                for which in ("calibration", "test")
            ),
        ),
        Items(
            (
                f"People filed under two names and taken as one, by a list that was given: {found['aliases']:,}.",
                "Files that are byte for byte equal and still under different people: "
                f"{found['same_file_two_people']:,}.",
                f"Files that could not be read: {found['unreadable']:,}.",
            )
        ),
        Text(_cohorts(found)),
        Text(
            "The data are photographs of living people who were looking at a camera or near one. They are not the "
            "dead, and nobody here was wounded, drowned, burnt or buried. They say nothing about children, about "
            "portraits many years older than the photograph, or about relatives and twins, unless the laboratory "
            "knows that its data hold such people and reports them apart. Who is on them is known from the names of "
            "files and folders.",
            "caution",
        ),
    ]
    return Chapter("Data", tuple(blocks))


def _cohorts(found: Report) -> str:
    cohorts = found["cohorts"]
    if cohorts is None:
        return (
            "Nothing is known here of these people's age, gender or origin: no list of cohorts was given. Differences "
            "between groups of people are therefore not measured in this report."
        )
    named = f"Cohorts from a list (SHA-256 `{cohorts['sha256']}`): {', '.join(cohorts['attributes']) or 'none'}"
    return " ".join([f"{named}; {cohorts['people']:,} of these people are on it.", *cohorts["remarks"]])


def protocol(report: Report) -> Chapter:
    """Chapter 4."""
    plan, counts = report["protocol"], report["counts"]
    limited = f", at most {plan['probes']:,} of each kind, drawn by the seed" if plan["probes"] else ""
    items = [
        f"Searches are of {HALF_WORDS[plan['half']]}.",
        "A fifth of these people are strangers: nothing of them is enrolled. People with one photograph are taken "
        "first, then others, by the seed. They are sought by their first photograph: "
        f"{counts['strangers']:,}{limited}.",
        f"Of everybody else the first photograph is enrolled, as it is: {counts['enrolled']:,}.",
        "Those who have a second one are sought by it, after the ladder, as a body is that somebody is missing: "
        f"{counts['mated']:,}{limited}. One photograph against one portrait a person.",
        "A photograph in which no face was found is a miss at every rank and threshold, and returns no candidate for a "
        "stranger; it is counted apart as well.",
        "The operating point is the one that the product would state for this gallery and for a photograph of this "
        "quality. It is not fitted to these searches.",
        "FNIR at FPIR 1 % moves the operating points, all alike, until 1 % of these very strangers pass, to compare "
        "ways of working at one rate of false candidates. It is stated where a hundred strangers or more are sought.",
        "Ratios: everybody of a half is enrolled by the first photograph and sought by the second, and compared with "
        f"everybody of that half. The calibration half ({counts['fitting_sought']:,} sought among "
        f"{counts['fitting_enrolled']:,}) fits, the test half ({counts['judging_sought']:,} among "
        f"{counts['judging_enrolled']:,}) judges. No person is in both. The method (logistic regression or kernel "
        "densities) is chosen by cross-validation in the calibration half alone.",
        f"Posteriors take {plan['missing']:,} people as missing, each as likely as the next, of whom those enrolled "
        "have a portrait.",
        f"Intervals are of 95 %: people are drawn again, with all their comparisons, {plan['rounds']:,} times "
        "(percentile intervals). Where nothing, or everything, was seen to happen, three in the number of people "
        "bounds the share (rule of three). They cover the choice of people, not another camera, population or ladder.",
        "People who are drawn twice make Cllr_min smaller, since a rising function fits repeats better: intervals of "
        "Cllr_min lie a little too low, and those of Cllr_cal a little too high.",
        f"Every draw is by seed {plan['seed']}.",
    ]
    return Chapter("Protocol", (Items(tuple(items)),))
