"""Ledger actions of the vault."""

from antigone.ledger.actions import register

register("vault:key:destroy", "{actor} destroyed the key of {object}; what it sealed cannot be opened", redact=())
register("vault:instance-key:escrow", "{actor} printed the instance key of {object} for escrow", redact=())
register("vault:instance-key:lock", "{actor} locked the instance key of {object} with a passphrase", redact=())
register("vault:instance-key:unlock", "{actor} took the passphrase off the instance key of {object}", redact=())
register("vault:snapshot-key:rotate", "{actor} drew a new key for the snapshots of the gallery", redact=())
register("vault:store:sweep", "{actor} swept what no record knew from the vault", redact=())
