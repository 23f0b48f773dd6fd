"""Pictures for the demo newspaper, drawn instead of shipped: flat illustrations made with Pillow.

`draw` makes the pixels, `write_jpeg` a file with the metadata a press agency would write. Nothing
here knows the database; the demo's seeding takes the bytes from here.
"""

from newsroom.media.demo.metadata import write_jpeg
from newsroom.media.demo.pictures import MOTIFS, draw

__all__ = ["MOTIFS", "draw", "write_jpeg"]
