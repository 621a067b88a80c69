"""What can go wrong with post-mortem records, as sentences."""


class SubjectRefused(Exception):
    """This subject may not be recorded, or not be searched any longer; nothing was saved."""


class BadCode(Exception):
    """The code does not have the form of a code; nothing was saved."""
