"""Each subject belongs to the agency of its case, and each code in use counts as given out."""

import unicodedata

from django.db import migrations


def folded_form(code):
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", code).casefold())


def fill(apps, schema_editor):
    Subject = apps.get_model("remains", "Subject")
    Case = apps.get_model("casework", "Case")
    Agency = apps.get_model("access", "Agency")
    CodeReservation = apps.get_model("remains", "CodeReservation")
    agency_of = dict(Case.objects.order_by("-pk").values_list("subject_id", "agency_id"))
    # A subject without a case can only be one whose case was never kept: the founding agency answers for it.
    first = Agency.objects.order_by("pk").values_list("pk", flat=True).first()
    for subject in Subject.objects.order_by("pk").iterator():
        subject.agency_id = agency_of.get(subject.pk, first)
        subject.save(update_fields=["agency"])
        folded = folded_form(subject.code)
        parts = folded.rsplit("-", 2)
        numbered = len(parts) == 3 and parts[2].isascii() and parts[2].isdigit() and 3 <= len(parts[2]) <= 9
        CodeReservation.objects.get_or_create(
            folded=folded,
            defaults={
                "code": subject.code,
                "series": f"{parts[0]}-{parts[1]}" if numbered else "",
                "count": int(parts[2]) if numbered else None,
                "agency_id": subject.agency_id,
                "used": True,
                "reserved_by": "system:migration",
                "reserved_at": subject.opened_at,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("casework", "0001_initial"),
        ("remains", "0002_sites_individuals_custody_and_what_was_found"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
