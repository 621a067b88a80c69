"""The method-validation report: the method in use, measured on photographs of known people, as HTML and PDF.

It is written for the file that a laboratory keeps under ISO/IEC 17025 (7.2.2, validation of methods). It states what
was measured and sets no criterion of acceptance; whether that is enough for a purpose the laboratory decides.
"""

from antigone.evaluation.validation.criteria import Criterion
from antigone.evaluation.validation.options import Options
from antigone.evaluation.validation.run import Written, validate

__all__ = ["Criterion", "Options", "Written", "validate"]
