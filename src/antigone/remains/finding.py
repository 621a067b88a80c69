"""Find subjects as one types, over codes, places, marks, effects and the names on papers that were carried."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Prefetch, QuerySet

from antigone.access.models import Operator
from antigone.access.scope import Scope, agencies_open_to
from antigone.description import filing, seeking
from antigone.description.filing import batched
from antigone.description.seeking import Reason
from antigone.description.statements import current_of
from antigone.description.tokens import TOKEN_LENGTH, TokenKind
from antigone.description.wording import Wording, code_pieces
from antigone.remains import disclosing, queries
from antigone.remains.models import AliasCode, FoundDocument, Statement, Subject, SubjectToken

MOST_DOUBLES: Final = 20


@dataclass(frozen=True)
class Hit:
    """A subject in one line, how well it agrees with what was sought, and why it is shown.

    `carried` are the names on papers that were found on it, which do not say who it is; `cursor` is what `find` goes
    on from.
    """

    pk: int
    code: str
    kind: str
    agency: int
    place: str
    site: str
    recovered_on: date | None
    aliases: tuple[str, ...]
    carried: tuple[str, ...]
    likeness: float
    because: tuple[Reason, ...]
    cursor: str = ""


def index(subject: Subject) -> None:
    """Write the words of a subject anew, in the caller's transaction."""
    index_many([subject])


def index_many(subjects: Iterable[Subject]) -> None:
    """Write the words of these subjects anew, in the caller's transaction, a few queries for each two hundred.

    What somebody claims to have recognised is no word of them: examiners must not come upon it. Whoever can state
    their identity is filed under nothing: nobody finds them.
    """
    for pks in batched([subject.pk for subject in subjects]):
        rows = _whole(Subject.objects.filter(pk__in=pks))
        standing = current_of(Statement, pks)
        filing.file(SubjectToken, {row.pk: (row.agency_id, _wording(row, standing[row.pk])) for row in rows})


def index_all(progress: Callable[[int], None] | None = None, *, again: bool = False) -> int:
    """File every subject that is not filed yet (or all again); how many. It may be stopped and started anew."""
    return filing.file_all(SubjectToken, Subject.objects.filter(spoke_at=None), index_many, progress, again=again)


def _wording(subject: Subject, standing: dict[str, list[Statement]], *, papers: bool = True) -> Wording:
    """The words of a subject, of what it carried too unless `papers` says otherwise."""
    carried = subject.documents.all() if papers else ()
    words = Wording()
    if subject.spoke_at is not None:
        return words
    words.code(subject.code)
    for alias in subject.aliases.all():
        words.code(alias.code)
    for document in carried:
        words.name(document.names_on_it)
        words.code(document.number_on_it)
    for text in (subject.place, *((subject.site.name, subject.site.place) if subject.site else ())):
        words.text(text)
    words.statements(standing)
    for document in carried:
        words.text(document.words)
    return words


def find(who: Operator, text: str, *, limit: int = 20, after: str | None = None) -> list[Hit]:
    """The subjects that what was typed may mean, the likeliest first, as far as they are open to this person.

    A last word may be begun only. What stands on papers leads nobody there who may not read it. The number of queries
    and the rows they read do not grow with the records. Raises Refused.
    """
    shown = queries.open_to(who)
    sought = seeking.typed(text)
    if not sought:
        return []
    found = seeking.candidates(SubjectToken, agencies_open_to(who, Scope.REMAINS), sought)
    rows = {row.pk: row for row in _whole(shown.filter(pk__in=[each.record for each in found]))}
    papers = disclosing.inscriptions_shown(who)
    if not papers:
        standing = current_of(Statement, list(rows))
        words = {row.pk: _wording(row, standing[row.pk], papers=False) for row in rows.values()}
        found = [seeking.matched(each.record, sought, words[each.record]) for each in found if each.record in words]
    ranked = []
    for each in found:
        row = rows.get(each.record)
        if row is None:
            continue
        carried = _carried(row) if papers else ()
        agreed = seeking.agreement(sought, each, carried)
        if agreed >= seeking.SHOWN_FROM:
            score = seeking.score(agreed, text, carried)
            ranked.append((score, row.pk, _hit(row, score, _because(each.reasons), carried)))
    return [replace(hit, cursor=cursor) for hit, cursor in seeking.in_order(ranked, limit, after)]


def duplicates(subject: Subject, who: Operator) -> list[Hit]:
    """Records of the same agency that may be of the same body: a code that both bear, or a paper of one number.

    A warning, never a bar.
    """
    (myself,) = _whole(Subject.objects.filter(pk=subject.pk))
    codes, numbers = _codes(myself), _numbers(myself)
    papers = disclosing.inscriptions_shown(who)
    tokens = SubjectToken.objects.filter(
        agency=myself.agency_id, kind=TokenKind.CODE, token__in=sorted(each[:TOKEN_LENGTH] for each in codes | numbers)
    )
    pks = set(tokens.values_list("subject", flat=True)[: seeking.MOST_ROWS]) - {myself.pk}
    found = []
    # A token is only the beginning of a long code; the records themselves decide.
    for other in _whole(Subject.objects.filter(pk__in=sorted(pks)[: seeking.MOST_CLOSELY]).order_by("pk")):
        because = [Reason.CODE] if codes & _codes(other) else []
        because += [Reason.CARRIED] if numbers & _numbers(other) else []
        if because:
            found.append(_hit(other, 1.0, tuple(because), _carried(other) if papers else ()))
    return found[:MOST_DOUBLES]


def _codes(subject: Subject) -> set[str]:
    return _compact((subject.code, *(alias.code for alias in subject.aliases.all())))


def _numbers(subject: Subject) -> set[str]:
    return _compact(document.number_on_it for document in subject.documents.all())


def _compact(codes: Iterable[str]) -> set[str]:
    return {code for each in codes if (code := "".join(code_pieces(each)))}


def _whole(rows: QuerySet[Subject]) -> QuerySet[Subject]:
    return rows.select_related("site").prefetch_related(
        Prefetch("aliases", AliasCode.objects.filter(ended_at=None).order_by("pk")),
        Prefetch("documents", FoundDocument.objects.filter(withdrawn_at=None).order_by("recorded_at", "pk")),
    )


def _carried(subject: Subject) -> tuple[str, ...]:
    return tuple(document.names_on_it for document in subject.documents.all() if document.names_on_it)


def _because(reasons: Collection[Reason]) -> tuple[Reason, ...]:
    """The only names that lead to a subject stand on papers."""
    by_name = {Reason.NAME, Reason.SOUND}
    told = [reason for reason in reasons if reason not in by_name]
    return (*told, Reason.CARRIED) if by_name & set(reasons) else tuple(told)


def _hit(subject: Subject, score: float, because: tuple[Reason, ...], carried: tuple[str, ...]) -> Hit:
    return Hit(
        pk=subject.pk,
        code=subject.code,
        kind=subject.kind,
        agency=subject.agency_id,
        place=subject.place,
        site=subject.site.name if subject.site else "",
        recovered_on=subject.recovered_on,
        aliases=tuple(alias.code for alias in subject.aliases.all()),
        carried=carried,
        likeness=score,
        because=because,
    )
