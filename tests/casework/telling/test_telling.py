"""Sentences that answers keep in English are known again and told in Ukrainian; what is kept does not change."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from antigone.casework import rules, telling
from antigone.casework.searching.weighing import as_evidence
from antigone.casework.telling import findings, notes, ratios
from antigone.evidence.calibration import SourceKind
from antigone.evidence.miss_rates import _shipped, measured
from antigone.evidence.ratio import ALTERNATIVE, PROPOSITION
from antigone.evidence.secondary import (
    AgeFound,
    AnteMortem,
    DateSpan,
    Effect,
    Mark,
    Mutable,
    PostMortem,
    Seen,
    SexFound,
    StatureFound,
    StatureTold,
    compare,
    compare_found,
    compare_told,
)
from antigone.evidence.spans import Span, Stratum
from antigone.evidence.verbal import LEVELS, TABLE
from antigone.evidence.withheld import Circumstances, weigh
from tests.evidence.calibrations import a_calibration

# Words of English; units, codes and the name of a method's source may stand.
LATIN = re.compile(r"[A-Za-z]{4,}")


def span(first: str, last: str) -> DateSpan:
    return DateSpan(date.fromisoformat(first), date.fromisoformat(last))


spans = st.sampled_from(
    [span("1987-03-14", "1987-03-14"), span("1990-01-01", "1992-12-31"), span("2012-01-01", "2012-12-31")]
)
lately = st.sampled_from([span("2024-02-01", "2024-02-01"), span("2025-01-01", "2025-12-31")])
sides = st.sampled_from(["", "left", "right"])
regions = st.sampled_from(["chin", "forehead"])
marks = st.lists(st.builds(Mark, st.sampled_from(["tattoo", "scar"]), regions, sides), max_size=3).map(tuple)
things = st.builds(Effect, st.sampled_from(["ring", "passport", "identity-disc"]), st.sampled_from(["", "AB 12"]))
effects = st.lists(things, max_size=2).map(tuple)
mutable = st.sampled_from([(), (Mutable("hair colour", "brown"),), (Mutable("weight", "70 to 80 kg"),)])
told = st.builds(
    AnteMortem,
    sex=st.sampled_from(["female", "male", "other", "unknown"]),
    born=st.none() | spans,
    born_text=st.sampled_from(["", "about the war"]),
    stature=st.none()
    | st.builds(StatureTold, st.sampled_from([160.0, 171.5]), st.sampled_from(["measured", "family"])),
    last_seen=st.none() | lately,
    last_seen_text=st.sampled_from(["", "in spring"]),
    marks=marks,
    marks_text=st.sampled_from(["", "шрам"]),
    effects=effects,
    mutable=mutable,
)
found = st.builds(
    PostMortem,
    sex=st.none()
    | st.builds(SexFound, st.sampled_from(["female", "male"]), st.sampled_from(["skeleton", "not stated"])),
    age=st.none() | st.sampled_from([AgeFound(30, 40), AgeFound(30, 40, 0.95, "one's own"), AgeFound(12, 19)]),
    stature=st.none() | st.sampled_from([StatureFound(170, "estimate", 3.5, "one's own"), StatureFound(190, "length")]),
    died=st.none() | lately,
    recovered=st.none() | st.just(date(2025, 3, 1)),
    marks=marks,
    seen=st.lists(st.builds(Seen, regions, sides, st.sampled_from(["", "burnt"])), max_size=2).map(tuple),
    effects=effects,
    mutable=mutable,
    alive=st.booleans(),
    part=st.booleans(),
)


def held_to(compared: object) -> None:
    """Every sentence and every listed value of a comparison is known, and told without English words."""
    warning, lines = compared.warning, compared.lines  # type: ignore[attr-defined]
    for text in filter(None, (warning, *(line.basis for line in lines))):
        assert telling.KNOWN.knows(text), text
        with override("en"):
            assert telling.sentence(text) == text
    with override("uk"):
        for line in lines:
            assert not LATIN.search(telling.line_name(line.name)), line.name
            for said in (line.ante_mortem, line.post_mortem):
                if said not in ("about the war", "in spring"):
                    assert not LATIN.search(telling.value(line.name, said)), (line.name, said)
    for line in lines:
        with override("en"):
            assert telling.value(line.name, line.ante_mortem) == line.ante_mortem


@given(found, told)
def test_every_line_of_a_body_and_a_person_is_told(post: PostMortem, ante: AnteMortem) -> None:
    held_to(compare(post, ante))


@given(told, told)
def test_every_line_of_two_persons_is_told(one: AnteMortem, other: AnteMortem) -> None:
    held_to(compare_told(one, other))


@given(found, found)
def test_every_line_of_two_remains_is_told(one: PostMortem, other: PostMortem) -> None:
    held_to(compare_found(one, other))


@given(st.sampled_from(telling.KNOWN._forms), st.integers(0, 120))
def test_a_sentence_is_told_with_what_stands_in_it(form: telling.Form, number: int) -> None:
    for pattern in filter(None, (form.one, form.many)):
        places = dict.fromkeys(re.findall(r"%\((\w+)\)s", pattern), "X7")
        if "number" in places:
            places["number"] = str(number)
        text = pattern % places
        with override("uk"):
            said = telling.sentence(text)
        assert said != text
        assert all(each in said for each in places.values())


def test_what_is_not_known_stays_as_it_is_beside_what_is() -> None:
    with override("uk"):
        assert telling.sentence("Nobody said this before.") == "Nobody said this before."
        said = telling.sentence("Neither record says. Nobody said this before.")
    assert said.endswith(" Nobody said this before.")
    assert not said.startswith("Neither")
    assert telling.sentence("") == ""


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    with override("uk"):
        assert isinstance(telling.sentence(text), str)
        assert isinstance(telling.value("age", text), str)
        assert isinstance(telling.line_name(text), str)
        for name in ("sex", "stature", "dates", "mark: scar", "effect: ring", "region: chin", "hair colour"):
            telling.value(name, text)


def test_a_photograph_and_several_have_their_own_form() -> None:
    with override("uk"):
        assert telling.sentence(rules.left_out_note(1)).startswith("1 знімок ")
        assert telling.sentence(rules.left_out_note(3)).startswith("3 знімки ")
        assert telling.sentence(rules.left_out_note(5)).startswith("5 знімків ")
        said = telling.sentence(rules.aside_note(not_chosen=2, not_suitable=1))
    assert (
        said
        == "3 знімки справи не брали участі: визнано непридатними для порівняння: 1, не вибрано для цього пошуку: 2."
    )


def test_a_measured_rate_is_told_with_its_caution() -> None:
    rates = [measured(contract) for contract in _shipped()]
    assert rates
    assert all(each is not None and telling.KNOWN.knows(each.caution) for each in rates)


ADULTS = Circumstances(
    "2" * 64, "plain", 1, 1, {"InterEyeDistance": 80.0}, Span(30, 50), Span(41, 41), Span(39, 40), Span(1, 2)
)


@pytest.mark.parametrize(
    "case",
    [
        ADULTS,
        replace(ADULTS, contract="3" * 64),
        replace(ADULTS, photos=2),
        replace(ADULTS, portraits=5),
        replace(ADULTS, body_ages=Span(15, 25), person_ages=Span(None, 20), portrait_ages=Span(9, 12)),
        replace(ADULTS, body_ages=Span(70, None)),
        replace(ADULTS, gap_years=Span(2, 12)),
        replace(ADULTS, gap_years=Span(12, None)),
        replace(ADULTS, gap_years=None, unseen_years=6),
        replace(ADULTS, gap_years=None, body_ages=None),
        replace(ADULTS, relatives=("M-1", "M-2", "3 not on this list")),
        replace(ADULTS, best_quality={}),
    ],
)
@pytest.mark.parametrize("source", list(SourceKind))
def test_why_a_ratio_is_withheld_and_what_it_means_is_told(case: Circumstances, source: SourceKind) -> None:
    narrow = Stratum("near", "InterEyeDistance", 100.0, None)
    for calibrations in ([], [a_calibration(source=source)], [a_calibration(source=source, stratum=narrow)]):
        for score in (0.0, 0.3, 0.5, 1.0):
            kept = as_evidence(weigh(score, calibrations, case))
            texts = [each["sentence"] for each in kept["withheld"]] + kept["cautions"]
            texts += [kept[name] for name in ("statement", "why_no_level", "capped") if kept[name]]
            for text in texts:
                assert telling.KNOWN.knows(text), text
                with override("uk"):
                    said = telling.sentence(text).replace("M-1", "").replace("plain", "")
                assert not LATIN.search(said), said


@pytest.mark.parametrize("level", [each.words for each in LEVELS])
def test_words_of_the_scale_are_told(level: str) -> None:
    with override("uk"):
        assert not LATIN.search(telling.phrase(level))


def test_forms_are_not_said_twice() -> None:
    every = [form.one for form in (*ratios.FORMS, *findings.FORMS, *notes.FORMS)]
    assert len(every) == len(set(every))
    assert telling.KNOWN.knows(TABLE)
    with override("uk"):
        assert not LATIN.search(telling.phrase(PROPOSITION) + telling.phrase(ALTERNATIVE))
