"""What can go wrong with models and templates, each as a sentence for a person."""

from __future__ import annotations


class ModelError(Exception):
    """A model cannot be used; `sentence` says what happened, what was kept and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class UnknownModel(ModelError):
    """No model of that id is registered."""


class ModelMissing(ModelError):
    """The model's file is not in the model folder."""


class ModelAltered(ModelError):
    """The file in the folder is not the registered one: its digest differs."""


class ModelUnavailable(ModelError):
    """No source gave the model's file."""


class LicenceNotAccepted(ModelError):
    """The model's licence asks for an acceptance that is not on record."""


class ContractMismatch(Exception):
    """Two templates were made under different embedding contracts and cannot be compared."""

    def __init__(self, first: str, second: str) -> None:
        self.sentence = (
            "These templates were made in different ways and cannot be compared "
            f"({first[:12]} and {second[:12]}). Nothing was compared; encode the pictures anew under one "
            "contract."
        )
        super().__init__(self.sentence)
