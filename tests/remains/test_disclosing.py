"""What is sensitive about remains is shown to who works with it, in its own agency."""

from __future__ import annotations

import pytest

from antigone.access.rules import Role
from antigone.remains import disclosing
from tests.remains.staff import body, staff, stranger

WORK_WITH_IT = {Role.FIELD_RECORDER, Role.MORTUARY_EXAMINER, Role.BOARD_MEMBER}


@pytest.mark.parametrize("role", list(Role))
def test_what_is_sensitive_is_shown_to_who_works_with_it_in_their_own_agency(instance: object, role: Role) -> None:
    found = body()
    assert disclosing.sensitive_shown(found, staff("a colleague", role)) is (role in WORK_WITH_IT)
    assert not disclosing.sensitive_shown(found, stranger(role))
