"""Lists that are printed whole come page by page, to the last."""

from __future__ import annotations

from dataclasses import dataclass

from antigone.cli.paging import pages


@dataclass(frozen=True)
class Page:
    rows: tuple[int, ...]
    after: int | None


def of_two(numbers: range, after: int | None) -> Page:
    """A page of two numbers above the cursor."""
    left = [number for number in numbers if number > (after or 0)]
    return Page(tuple(left[:2]), left[1] if len(left) > 2 else None)


def test_every_page_is_asked_for_and_an_empty_list_is_one_page() -> None:
    assert [page.rows for page in pages(lambda after: of_two(range(1, 6), after))] == [(1, 2), (3, 4), (5,)]
    assert [page.rows for page in pages(lambda after: of_two(range(1, 5), after), 1)] == [(2, 3), (4,)]
    assert [page.rows for page in pages(lambda after: of_two(range(0), after))] == [()]
