"""What answers and comparisons say in English, told to readers in their language; what is kept stays as it is.

`sentence` tells why a ratio is withheld, cautions, words of a ratio, the basis of a line and the notes of an answer;
`line_name` and `value` the lines of secondary evidence; `phrase` a proposition. A sentence that is not known here
stays in English: `findings`, `notes` and `ratios` list them, and the tests hold the lists to what the rooms say.
"""

from antigone.casework.telling import findings, notes, ratios
from antigone.casework.telling.known import Form, Known, several
from antigone.casework.telling.lines import MUTABLE, line_name, value
from antigone.casework.telling.places import PLACES, phrase

KNOWN = Known((*ratios.FORMS, *findings.FORMS, *notes.FORMS), PLACES)

sentence = KNOWN.tell

__all__ = ["KNOWN", "MUTABLE", "Form", "Known", "line_name", "phrase", "sentence", "several", "value"]
