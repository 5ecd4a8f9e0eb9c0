"""Pictures of pixels: read whole, made ready to be shown, and put on sheets. The only importer of Pillow."""

from __future__ import annotations

from dossierbuild.tools.pictures.raster import MAX_PIXELS, PictureError, Pixels, fitted_raster, read_raster
from dossierbuild.tools.pictures.sheet import contact_sheet

__all__ = ["MAX_PIXELS", "PictureError", "Pixels", "contact_sheet", "fitted_raster", "read_raster"]
