"""What the report of a board's decision says, in the form of ISO 21043-5: from what was signed, and from nothing else.

What was asked, items, method, findings, evaluation, decision, limits, versions. Names of voters and reasons are those
that were signed; examinations are read from what their examiners sealed, each held against its digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from antigone.access.models import Operator
from antigone.casework.deciding.rivals import kin_told, told
from antigone.casework.deciding.rules import PRIMARY, Ground
from antigone.casework.judging import scale
from antigone.casework.judging.components import BY_NUMBER, Explanation, Finding, Reliability, Weight
from antigone.casework.judging.scale import Outcome
from antigone.casework.judging.sealing import unaltered
from antigone.casework.models import Choice, Decision, DecisionKind, Examination, LineFinding, LineKind
from antigone.casework.reporting import frame
from antigone.casework.reporting.comparing import Written
from antigone.casework.reporting.document import Block, document, facts, heading, items, section, table, text
from antigone.casework.reporting.primary import ORDER, TONES
from antigone.enrolment.models import Contract
from antigone.missing.models import KinshipKind
from antigone.remains import custody
from antigone.remains.models import Photograph, Subject, SubjectKind


def of(decision: Decision, content: Mapping[str, Any], who: Operator) -> Written:
    """The report of an identification or an exclusion whose content stands."""
    kind = DecisionKind(decision.kind)
    by_face = content["ground"] == Ground.FACE
    subject = Subject.objects.get(pk=decision.subject)
    people = _names(content)
    sections = [
        _in_short(content, kind, by_face),
        section(_("What was asked"), *_asked(content, kind)),
        section(_("Items, their digests and their custody"), *_items(content, subject, who)),
        section(_("Method and versions"), *_method(content)),
        section(_("Findings: other evidence, each on its own line"), *_lines(content, kind)),
        section(_("Findings: the face"), *_face(content, people)),
        section(_("Kin among the missing"), *_kin(content)),
        section(_("Evaluation"), *_evaluation(content)),
        section(_("Decision, votes and dissent"), *_decision(content, kind, by_face)),
        section(_("Limits, in plain words"), items(_limits(content, kind, by_face))),
        section(_("Verification"), *_verification(decision, content)),
        frame.signed(*_signers(content)),
    ]  # fmt: skip
    if kind is DecisionKind.IDENTIFY:
        title = _("Identification report")
    else:
        title = _("Exclusion report: set aside on the face alone") if by_face else _("Exclusion report")
    subtitle = " · ".join(filter(None, (content["serial"], content["subject"]["code"], _person_ref(content))))
    made = document(title, subtitle, sections, language=get_language() or "en", official=frame.official())
    return Written(made, ("sensitive", "inscriptions"))


def _person_ref(content: Mapping[str, Any]) -> str:
    return str((content["person"] or {}).get("ref", ""))


def _in_short(content: Mapping[str, Any], kind: DecisionKind, by_face: bool) -> dict[str, Any]:
    person, subject = content["person"] or {}, content["subject"]
    names = "; ".join(dict.fromkeys(name for name, _script, _kind in person.get("names", ())))
    if kind is DecisionKind.IDENTIFY:
        said = _(
            "The board decided that the remains %(code)s are those of the person recorded as %(ref)s. It rests on "
            "%(ground)s."
        )
        if subject["kind"] == SubjectKind.UNABLE:
            said = _(
                "The board decided that the living person %(code)s is the person recorded as %(ref)s. It rests on "
                "%(ground)s."
            )
    elif by_face:
        said = _(
            "The person recorded as %(ref)s was set aside as the remains %(code)s, on the face alone. That can be "
            "taken back at any time: the person stays in every search, and searches go on. It rests on %(ground)s."
        )
    else:
        said = _("The board decided that the remains %(code)s are not those of the person recorded as %(ref)s. It "
                 "rests on %(ground)s.")  # fmt: skip
    words = said % {"code": subject["code"], "ref": person.get("ref", ""), "ground": Ground(content["ground"]).label}
    return section(
        _("In short"),
        text(words, "caution" if by_face else "plain"),
        facts(
            (_("Number"), content["serial"]),
            (_("Decided"), _moment(content["decided_at"])),
            (_("Names on record"), names if kind is DecisionKind.IDENTIFY else ""),
            (_("Date of birth on record"), person.get("birth_date", "") if kind is DecisionKind.IDENTIFY else ""),
            (_("Agency"), content["agency"]["name"]),
        ),
    )


def _asked(content: Mapping[str, Any], kind: DecisionKind) -> list[Block]:
    subject, proposal = content["subject"], content["proposal"]
    question = _("Whether the subject %(code)s and the missing person %(ref)s are one person.") % {
        "code": subject["code"], "ref": _person_ref(content)}  # fmt: skip
    return [
        text(question),
        facts(
            (_("Asked by"), f"{proposal['name']}, {content['agency']['name']}"),
            (_("Put before the board"), _moment(proposal["at"])),
            (_("Question put"), DecisionKind(content["asked"]).label),
            (_("Reasons for asking"), proposal["reasons"]),
            (_("Case"), f"{content['case']['code']}, {_moment(content['case']['opened_at'])}"),
        ),
        text(_("Two propositions were weighed against one another. First: %(first)s. Second: %(second)s.") % {
            "first": _("the subject is this person"),
            "second": _("the subject is another, unrelated person of the same population")}),
    ]  # fmt: skip


def _items(content: Mapping[str, Any], subject: Subject, who: Operator) -> list[Block]:
    said, person = content["subject"], content["person"] or {}
    pictures = {str(each.pk): each for each in Photograph.objects.filter(pk__in=[pk for pk, _sha in content["items"]])}
    rows = []
    for number, (pk, sha256) in enumerate(content["items"], start=1):
        known = pictures.get(pk)
        taken = f"{known.taken_at:%Y-%m-%d %H:%M}" if known is not None and known.taken_at else ""
        shot = known.shot if known is not None else _("erased since")
        rows.append((f"P{number}", shot, taken, sha256))
    found = " · ".join(filter(None, (said["place"], said["recovered_on"] or "")))
    blocks = [
        facts(
            (_("Subject"), f"{said['code']}: {SubjectKind(said['kind']).label}"),
            (_("Found"), found),
            (_("Missing person"), person.get("ref", "")),
            (_("Holding"), f"{person['holding']}, {person['agency']['name']}" if person else ""),
        ),
    ]
    if rows:
        head = (_("Item"), _("Shot"), _("Taken (UTC)"), _("SHA-256 of the original"))
        blocks.append(table(_("Photographs of the subject"), head, rows, widths=(1, 2, 3, 10)))
    blocks.append(text(_("No picture is in this report. Pictures of the dead go to a named professional alone, as a "
                         "sealed exhibit with a number of its own; never to families, media "
                         "or the public."), "quiet"))  # fmt: skip
    return [*blocks, *frame.custody_of(said["code"], custody.chains_of(subject, who), f"subject:{subject.pk}")]


def _method(content: Mapping[str, Any]) -> list[Block]:
    search, versions = content["search"] or {}, content["versions"]
    model = Contract.objects.filter(digest=search.get("contract", "")).first()
    weighed = content["calibrations"]["weighed"]
    searched = (
        _("Photographs were compared with every portrait that the mandate allows, by numbers that a model makes of "
          "faces; the result is an order of leads and never a name.")
        if search
        else _("No face was searched in this case.")
    )  # fmt: skip
    examined = (
        _("Two people sorted the leads, and two examined what either kept, each blind to the other, to score, order, "
          "name and other evidence, by analysis, comparison and evaluation (ACE-V) over the components of the Facial "
          "Image Comparison Feature List. Where two conflicted, a third examined, blind like them.")
        if content["face"]
        else _("No examination of this person's face came to an end.")
    )  # fmt: skip
    return [
        text(searched),
        text(examined),
        text(_("A board decided on all evidence, by the rule and the votes that are stated below.")),
        facts(
            (_("Software"), f"Antigone {versions['antigone']}"),
            (_("Face model"), f"{model.model_id}, SHA-256 {model.model_sha256}" if model else ""),
            (_("Embedding contract"), search.get("contract", "")),
            (_("Calibrations "
               "that weighed"), frame.serials(weighed) or _("none: no likelihood ratio was stated by one")),
            (_("Search"), _("number %(number)s, gallery generation %(generation)s") % {
                "number": search["search"], "generation": search["generation"]} if search else _("none")),
            (_("Searched"), _("%(portraits)s portraits of %(persons)s persons; %(without)s missing persons without a "
                              "portrait could not be found by face") % {
                "portraits": search.get("searched"), "persons": search.get("searched_persons"),
                "without": search.get("without_portrait")} if search else ""),
            (_("SHA-256 of the answer"), search.get("answer_sha256", "")),
            (_("Described in"), "docs/method.md, docs/secondary-evidence.md"),
        ),
    ]  # fmt: skip


def _lines(content: Mapping[str, Any], kind: DecisionKind) -> list[Block]:
    standing = [each for each in content["lines"] if not each["withdrawn"]]
    withdrawn = [each for each in content["lines"] if each["withdrawn"]]
    blocks: list[Block] = []
    for title, chosen in (
        (_("Primary identifiers"), [each for each in standing if each["kind"] in PRIMARY]),
        (_("Secondary evidence"), [each for each in standing if each["kind"] not in (*PRIMARY, LineKind.RECOGNITION)]),
        (_("Recognition, a claim to be tested and never a finding"),
         [each for each in standing if each["kind"] == LineKind.RECOGNITION]),
    ):  # fmt: skip
        blocks.append(_line_table(title, chosen) if chosen else text(f"{title}: {_('none on record.')}"))
    dependent = [each for each in standing if each["depends_on"]]
    origins = [each["origin"] for each in standing]
    if dependent or len(set(origins)) < len(origins):
        blocks.append(text(_("Lines of one origin, or that rest on one another, count as one: they tell nothing new "
                             "beside each other."), "caution"))  # fmt: skip
    if withdrawn:
        blocks.append(heading(_("Withdrawn, and not counted")))
        blocks.append(items(
            f"{LineKind(each['kind']).label}: {each['words'] or _('erased')} ({each['withdraw_reason']})"
            for each in withdrawn
        ))  # fmt: skip
    return blocks


def _line_table(title: str, lines: list[dict[str, Any]]) -> Block:
    ordered = sorted(lines, key=lambda each: ORDER.index(LineFinding(each["finding"])))
    rows = []
    for each in ordered:
        source = " ".join(filter(None, (each["laboratory"], each["reference"], each["dated"] or "")))
        ratio = "" if each["log10_lr"] is None else f"log10 LR {each['log10_lr']:+.2f}"
        rows.append((
            f"{LineKind(each['kind']).label}\n({each['line']})", LineFinding(each["finding"]).label,
            "\n".join(filter(None, (source, each["origin"]))), "\n".join(filter(None, (each["words"], ratio))),
        ))  # fmt: skip
    return table(
        title, (_("Line"), _("Finding"), _("From"), _("In words")), rows,
        tones=[TONES.get(each["finding"], "plain") for each in ordered], widths=(4, 3, 5, 7),
    )  # fmt: skip


def _face(content: Mapping[str, Any], people: Mapping[str, str]) -> list[Block]:
    if not content["face"]:
        return [text(_("No comparison of this person's portraits with the photographs of the subject was examined.")),
                frame.scale()]  # fmt: skip
    blocks: list[Block] = []
    keys = [each["examination"] for one in content["face"] for each in one["sealed"]]
    kept = {str(each.pk): each for each in Examination.objects.filter(pk__in=keys)}
    for one in content["face"]:
        third = " " + _("Two conflicted, and a third examined.") if one["third"] else ""
        blocks.append(text(_("Together: %(outcome)s.%(third)s Findings of examiners are never added up: the weakest "
                             "of those that agree is the level.") % {
            "outcome": Outcome(one["outcome"]).label, "third": third}))  # fmt: skip
        if one["level"]:
            blocks.append(facts((_("Conclusion"), f"{one['level']}: {scale.words(one['level'])}")))
        for number, sealed in enumerate(one["sealed"], start=1):
            blocks += _examiner(number, sealed, kept.get(sealed["examination"]), people)
    return [*blocks, frame.scale()]


def _examiner(
    number: int, sealed: Mapping[str, Any], row: Examination | None, people: Mapping[str, str]
) -> list[Block]:
    signed: Mapping[str, Any] = (row.content if row is not None else None) or {}
    whole = row is not None and unaltered(row)
    by = people.get(sealed["examiner"], sealed["examiner"])
    blocks = [
        heading(_("Examiner %(number)d: %(name)s") % {"number": number, "name": by}),
        facts(
            (_("Conclusion"), f"{sealed['level']}: {signed.get('words', '')}" if signed else sealed["level"]),
            (_("Reasons"), signed.get("reasons", "")),
            (_("Highest and lowest level allowed, and why"), " · ".join(str(each) for each in signed.get("cap", ()))),
            (_("Sealed"), _moment(signed.get("sealed_at") or "")),
            (_("Portrait compared, SHA-256"), (signed.get("portrait") or ["", ""])[1]),
            (_("SHA-256 of what was signed"), sealed["digest"]),
            (
                _("Held against the ledger"),
                _("unaltered") if whole else _("not to be verified: erased or altered since"),
            ),
        ),
    ]
    notes = [each for each in signed.get("notes", ()) if each.get("finding") or each.get("note_a") or each.get("note")]
    if notes:
        head = (_("Component"), _("Finding"), _("Explained by"), _("Weight"), _("Noted"))
        notes.sort(key=lambda each: (each.get("finding") != Finding.DIFFERENT, each["component"]))
        blocks.append(
            table(_("Components, differences first"), head, [_note(each) for each in notes],
                  tones=["against" if each.get("finding") == Finding.DIFFERENT else "plain" for each in notes],
                  widths=(5, 3, 4, 3, 8))
        )  # fmt: skip
    return blocks


def _note(note: Mapping[str, Any]) -> tuple[object, ...]:
    component = BY_NUMBER[note["component"]]
    finding = Finding(note["finding"]).label if note["finding"] else _("not comparable")
    structural = " " + _("(structure)") if note["structural"] else ""
    weight = Weight(note["weight"]).label if note["weight"] else ""
    early = _("relied on after death: %(how)s") % {"how": Reliability(component.reliability).label}
    return (
        f"{component.number} {component.label}\n{early}",
        f"{finding}{structural}",
        Explanation(note["explanation"]).label if note["explanation"] else "",
        weight,
        "\n".join(filter(None, (note["note_a"], note["note"]))),
    )


def _kin(content: Mapping[str, Any]) -> list[Block]:
    kin = content["kin"]
    if not kin:
        return [text(_("None of the missing is on record as kin of this person."))]
    blocks = [items(kin_told(kin, _person_ref(content)))]
    if any(each["kind"] == KinshipKind.TWIN for each in kin):
        blocks.append(text(_("There is a twin. DNA alone cannot part identical twins: prints, teeth, implants and "
                             "marks can."),
                           "caution"))  # fmt: skip
    return blocks


def _evaluation(content: Mapping[str, Any]) -> list[Block]:
    blocks = [text(_("What follows is about the observations: how probable they are if the first proposition is true, "
                     "against if the second is. It is not the probability that the subject "
                     "is this person."))]  # fmt: skip
    ratios = [each for each in content["lines"] if each["log10_lr"] is not None and not each["withdrawn"]]
    if ratios:
        rows = [(f"{LineKind(each['kind']).label} ({each['line']})", f"{each['log10_lr']:+.2f}",
                 " ".join(filter(None, (each["laboratory"], each["reference"])))) for each in ratios]  # fmt: skip
        blocks.append(table(_("Likelihood ratios as "
                              "laboratories stated them"), (_("Line"), "log10 LR", _("From")), rows,
                            widths=(5, 3, 6)))  # fmt: skip
        blocks.append(text(_("They were not multiplied with one another here: how far they depend on each other is "
                             "for their laboratories to say.")))  # fmt: skip
    else:
        blocks.append(text(_("No laboratory stated a likelihood ratio.")))
    prior = content["prior"]
    if prior:
        blocks.append(text(_("The board kept a prior: %(missing)s missing in %(population)s, of whom %(without)s "
                             "without a portrait, and a share of %(unreported)s unreported. %(reason)s The posterior "
                             "that follows from it is in the board's file of the case, beside this prior; no figure "
                             "of one is stated without the other.") % {
            "missing": prior["missing"], "population": prior["population"], "without": prior["without_portrait"],
            "unreported": prior["unreported"], "reason": prior["reason"]}))  # fmt: skip
    else:
        blocks.append(text(_("The board kept no prior, so there is no posterior.")))
    return blocks


def _decision(content: Mapping[str, Any], kind: DecisionKind, by_face: bool) -> list[Block]:
    rule = content["rule"]
    needed = _("all, unanimously") if rule["unanimous"] else _("a majority of the board")
    choices = {Choice.NO: "against", Choice.YES: "for"}
    # Dissent is told first.
    order = [Choice.NO, Choice.ABSTAIN, Choice.YES]
    votes = sorted(content["votes"], key=lambda each: order.index(Choice(each["choice"])))
    rows = [
        (each["name"] or each["by"], Choice(each["choice"]).label, _moment(each["at"]), each["reasons"])
        for each in votes
    ]
    blocks = [
        facts(
            # That somebody is another is not what was decided where the face alone set them aside.
            (_("Decided"), "" if by_face else kind.label),
            (_("Ground"), Ground(content["ground"]).label),
            (_("Quorum"), rule["quorum"]),
            (_("Votes needed"), needed),
            (_("Votes"), _("%(yes)s yes, %(no)s no, %(abstain)s abstained") % rule),
        ),
        table(_("Votes, dissent first"), (_("Member"), _("Vote"), _("When"), _("Reasons")), rows,
              tones=[choices.get(Choice(each["choice"]), "plain") for each in votes], widths=(4, 2, 4, 8)),
    ]  # fmt: skip
    if content["read"]:
        blocks.append(heading(_("Rivals and contradictions that were read before the vote")))
        blocks.append(items(told(content["read"])))
    return blocks


def _limits(content: Mapping[str, Any], kind: DecisionKind, by_face: bool) -> list[str]:
    limits = [
        _("Faces change after death, and portraits are old or poor. Examiners of faces err in both directions, and "
          "their words have been found to overstate what a face can show; levels are capped for that reason."),
        _("Records are as good as those who told them. Contradictions are stated above in the same "
          "form as agreements."),
    ]  # fmt: skip
    if not content["calibrations"]["weighed"]:
        limits.append(
            _("No calibration weighed the scores of faces in this case, so no likelihood ratio of a face is stated.")
        )
    if by_face:
        limits.append(_("A face alone excludes nobody for good. This sets aside: anybody who may put a question "
                        "before the board can have it looked at again, and a primary identifier "
                        "decides over it."))  # fmt: skip
    elif kind is DecisionKind.IDENTIFY:
        limits.append(
            _("This decision can be revoked with reasons. Whoever relies on it asks whether it stands, by its number.")
        )
    limits.append(_("This report says what was known on the day of the decision."))
    return limits


def _verification(decision: Decision, content: Mapping[str, Any]) -> list[Block]:
    ledger = content["ledger"] or {}
    return [
        facts(
            (_("SHA-256 of the decision as signed"), decision.digest),
            (
                _("Ledger before it"),
                _("%(size)s entries, root %(root)s") % ledger if ledger else _("no checkpoint yet"),
            ),
            (_("State"), _("revoked") if decision.revoked_at else _("stands on the day of this report")),
        ),
    ]


def _signers(content: Mapping[str, Any]) -> list[tuple[object, object]]:
    """Who voted signs, with their vote: also whoever dissented."""
    people: list[tuple[object, object]] = [
        (_("Member of the board, voted %(vote)s") % {"vote": Choice(each["choice"]).label}, each["name"])
        for each in content["votes"]
    ]
    return [*people, (_("For the agency"), "")]


def _names(content: Mapping[str, Any]) -> dict[str, str]:
    actors = {each["examiner"] for one in content["face"] for each in one["sealed"]}
    numbers = [actor.rpartition(":")[2] for actor in actors if actor.startswith("operator:")]
    return {
        each.actor: f"{each.name}, {each.agency.name}"
        for each in Operator.objects.select_related("agency").filter(pk__in=numbers)
    }


def _moment(iso: str) -> str:
    return iso[:16].replace("T", " ")
