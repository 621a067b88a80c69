"""What access control says when the answer is no, as sentences."""


class AccessError(Exception):
    """Something about operators, roles or mandates cannot be done as asked; nothing was changed."""

    @property
    def sentence(self) -> str:
        return str(self)


class Refused(AccessError):
    """The operator may not do this, or nobody may without a mandate; the refusal is in the ledger."""


class NoSuchRecord(AccessError):
    """There is no such operator, mandate, agreement or token; that of another agency is none either."""


class CodeRefused(AccessError):
    """The code of an invitation opens nothing; the refusal is in the ledger."""
