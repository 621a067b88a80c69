"""What can go wrong with sealed images and keys, as sentences."""


class VaultError(Exception):
    """Base of the vault's errors; the text says what happened, what was kept safe and what to do."""

    @property
    def sentence(self) -> str:
        return str(self)


class InstanceKeyError(VaultError):
    """The instance key is missing, unsafe, damaged, or not the one that sealed this vault."""


class KeyLocked(InstanceKeyError):
    """The instance key is locked, and no passphrase or a wrong one was given."""


class KeyGone(VaultError):
    """There is no key for this image: it was destroyed, or never made."""


class SealedFileFault(VaultError):
    """A sealed file is missing, or is not what was sealed."""
