"""Names across scripts and spellings: one name written three ways finds itself."""

from antigone.naming.keys import Key, Kind, forms_beginning, keys
from antigone.naming.likeness import likeness
from antigone.naming.romanising import romanised
from antigone.naming.sounds import codes
from antigone.naming.writing import Word, fold, words

__all__ = ["Key", "Kind", "Word", "codes", "fold", "forms_beginning", "keys", "likeness", "romanised", "words"]
