"""Whether what was given can be stated under a field, and the form in which it is kept; pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.description import dates, texts, values
from antigone.description.bases import LegalBasis
from antigone.description.errors import BadStatement
from antigone.description.fields import Field
from antigone.description.given import Certainty, Given, How

SOURCE_LENGTH = 200
CITATION_LENGTH = 400

_SOURCE, _CITATION = gettext_lazy("source"), gettext_lazy("citation")
# Sets, because enrolment checks a million statements and Django's lists are made anew at each look.
_CERTAINTIES, _HOWS, _BASES = frozenset(Certainty.values), frozenset(How.values), frozenset(LegalBasis.values)


def checked(field: Field, given: Given) -> Given:
    """What was given as it is kept.

    Raises BadStatement; its `parts` are named as in a form: `value`, `value-cm` for a part of a group, `value-11`
    for a tooth, and `certainty`, `how`, `source`, `said_on`, `basis`, `citation`.
    """
    faults: dict[str, str] = {}

    def tried(name: str, check: Callable[[], Any]) -> Any:
        try:
            return check()
        except BadStatement as fault:
            inner = {f"{name}-{key}": sentence for key, sentence in fault.parts.items()}
            faults.update(inner or {name: fault.sentence})
            return None

    value: Any = None
    if given.certainty not in _CERTAINTIES:
        faults["certainty"] = _("Say whether it is known, not known, or looked for and not there.")
    else:
        value = tried("value", lambda: _value(field, given))
    if given.how not in _HOWS:
        faults["how"] = _("Say how it is known: observed, measured, reported, estimated or from a document.")
    if given.basis not in _BASES:
        faults["basis"] = _("Say on which ground in law it is held.")
    said_on = tried("said_on", lambda: _said_on(given.said_on))
    source = tried("source", lambda: texts.line(given.source, SOURCE_LENGTH, _SOURCE))
    citation = tried("citation", lambda: texts.line(given.citation, CITATION_LENGTH, _CITATION))
    if faults:
        raise BadStatement(" ".join(dict.fromkeys(faults.values())), faults)
    return Given(
        value,
        basis=str(given.basis),
        certainty=str(given.certainty),
        how=str(given.how),
        source=source,
        said_on=said_on,
        citation=citation,
    )


def _value(field: Field, given: Given) -> Any:
    if given.certainty == Certainty.KNOWN:
        return values.checked(field, given.value)
    if given.value is not None:
        raise BadStatement(_("%(label)s: what is not known has no value.") % {"label": field.label})
    if given.certainty == Certainty.ABSENT and not field.absence:
        raise BadStatement(
            _("%(label)s: it cannot be looked for and found to be not there. Say that it is unknown.")
            % {"label": field.label}
        )
    return None


def _said_on(text: str) -> str:
    if not text.strip():
        return ""
    known = dates.read(text)
    if dates.ahead(known, datetime.now(UTC).date() + timedelta(days=1)):
        raise BadStatement(_("The day on which it was said lies in the future. Check the date."))
    return known.text
