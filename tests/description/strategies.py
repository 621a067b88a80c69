"""Values that a field takes, drawn from its own description."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from antigone.description import teeth
from antigone.description.bases import LegalBasis
from antigone.description.fields import Field, Kind, Part
from antigone.description.given import Certainty, Given, How

TODAY = date(2026, 1, 1)


def lines(length: int) -> st.SearchStrategy[str]:
    readable = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"))
    return st.text(readable, max_size=min(length, 40)).map(
        lambda text: text.replace("\ufffe", "").replace("\uffff", "")
    )


def partial_dates() -> st.SearchStrategy[str]:
    part = st.builds(
        lambda day, length, about: day.isoformat()[:length] + "~" * about,
        st.dates(date(1801, 1, 1), TODAY),
        st.sampled_from((4, 7, 10)),
        st.booleans(),
    )
    span = st.tuples(part, part).map(lambda ends: "/".join(sorted(ends))).filter(_in_order)
    return part | span | part.map(lambda text: f"{text}/..") | part.map(lambda text: f"../{text}")


def _in_order(text: str) -> bool:
    from antigone.description import dates
    from antigone.description.errors import BadStatement

    try:
        dates.read(text)
    except BadStatement:
        return False
    return True


def values(part: Part) -> st.SearchStrategy[Any]:
    """Values of this kind, not yet in the form in which they are kept."""
    if part.kind in (Kind.TEXT, Kind.WORDS):
        return lines(part.length // 3).map(lambda text: f"x{text}"[: part.length])
    if part.kind is Kind.CHOICE:
        return st.sampled_from(part.values)
    if part.kind is Kind.CHOICES:
        return st.lists(st.sampled_from(part.values), min_size=1)
    if part.kind is Kind.NUMBER:
        return _numbers(part)
    if part.kind is Kind.RANGE:
        return st.tuples(_numbers(part), _numbers(part)).map(lambda ends: {"low": min(ends), "high": max(ends)})
    if part.kind is Kind.DATE:
        return partial_dates()
    if part.kind is Kind.YES_NO:
        return st.booleans()
    if part.kind is Kind.CHART:
        return st.dictionaries(st.sampled_from(teeth.TEETH), _teeth(), min_size=1, max_size=6)
    assert isinstance(part, Field)
    needed = {each.key for each in part.parts if each.required} | set(part.one_of[:1])
    group = st.fixed_dictionaries(
        {each.key: values(each) for each in part.parts if each.key in needed},
        optional={each.key: values(each) for each in part.parts if each.key not in needed},
    )
    return group.filter(bool)


def _numbers(part: Part) -> st.SearchStrategy[int | float]:
    assert part.low is not None
    assert part.high is not None
    scale = 10**part.places
    return st.integers(round(part.low * scale), round(part.high * scale)).map(
        lambda number: round(number / scale, part.places) if scale > 1 else number
    )


def _teeth() -> st.SearchStrategy[dict[str, Any]]:
    several = [state for state, _label in teeth.STATES if state not in teeth.ALONE and state not in teeth.ON_SURFACES]
    alone = st.sampled_from(sorted(teeth.ALONE)).map(lambda state: {"states": [state]})
    plain = st.lists(st.sampled_from(several), min_size=1).map(lambda states: {"states": states})
    filled = st.fixed_dictionaries(
        {"states": st.lists(st.sampled_from(several)).map(lambda states: [*states, "filling"])},
        optional={
            "surfaces": st.text("modvlMODVL", min_size=1, max_size=7),
            "material": st.sampled_from([value for value, _label in teeth.MATERIALS]),
            "words": lines(200),
        },
    )
    return alone | plain | filled


def givens(field: Field) -> st.SearchStrategy[Given]:
    """Anything that can be stated under a field."""
    silent = [Certainty.UNKNOWN, *([Certainty.ABSENT] if field.absence else [])]
    said = st.tuples(st.just(Certainty.KNOWN), values(field)) | st.tuples(st.sampled_from(silent), st.none())
    return st.builds(
        lambda pair, how, basis, source, said_on, citation: Given(
            pair[1],
            certainty=pair[0].value,
            how=how,
            basis=basis,
            source=source,
            said_on=said_on,
            citation=citation,
        ),
        said,
        st.sampled_from(How.values),
        st.sampled_from(LegalBasis.values),
        lines(200),
        st.just("") | partial_dates(),
        lines(400),
    )
