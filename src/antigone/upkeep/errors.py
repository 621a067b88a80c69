"""What can go wrong when an instance is kept, as sentences."""


class UpkeepError(Exception):
    """A backup, restore or upgrade cannot be done as asked.

    The text says what was kept safe and what to do.
    """

    @property
    def sentence(self) -> str:
        return str(self)
