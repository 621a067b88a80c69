"""Reports: comparisons of records, exclusions and identifications, on paper; and sealed exhibits of pictures.

A report is made once (`making`), kept as it was made, and shown, printed and set as PDF from what was kept
(`reading`, `pdf`), so that the same report is the same bytes. Reports hold no picture. A picture of the dead leaves
only as a sealed exhibit (`exhibits`), for a named professional in a role of a closed list.
"""
