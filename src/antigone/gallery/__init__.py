"""Exact search over the templates of one embedding contract."""

from antigone.gallery.aggregates import max_of_best, mean_of_best, weighted_mean_of_best
from antigone.gallery.errors import GalleryBusy, GalleryError, RowsRefused, SnapshotRefused
from antigone.gallery.hits import Absence, Calibration, Hits, PersonHits
from antigone.gallery.protocol import Aggregate, Gallery
from antigone.gallery.rows import FOREVER, Rows, Where
from antigone.gallery.scan import ScanGallery

__all__ = [
    "FOREVER",
    "Absence",
    "Aggregate",
    "Calibration",
    "Gallery",
    "GalleryBusy",
    "GalleryError",
    "Hits",
    "PersonHits",
    "Rows",
    "RowsRefused",
    "ScanGallery",
    "SnapshotRefused",
    "Where",
    "max_of_best",
    "mean_of_best",
    "weighted_mean_of_best",
]
