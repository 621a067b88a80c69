"""How every form and field of the pages is laid out: labels, hints and faults tied to their field."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class PageRenderer(DjangoTemplates):
    """The form renderer of the settings: also the forms of other libraries look like ours."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
