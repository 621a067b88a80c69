"""The Django application of the vault."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "antigone.vault"
    label = "vault"

    def ready(self) -> None:
        from antigone.vault import actions  # noqa: F401  (registers this room's ledger actions)
