"""What can go wrong with ante-mortem records, as sentences."""


class ManifestError(Exception):
    """The manifest cannot be used; nothing was enrolled."""


class SourceError(Exception):
    """The source folder cannot be used; nothing was enrolled."""


class NoSuchRecord(Exception):
    """No portrait or person goes by that name here."""
