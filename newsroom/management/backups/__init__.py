"""One file that holds the paper, and putting it back: `manage.py backup`, `manage.py restore`.

`parcel` is the file, `manifest` what it says of itself, `snapshot` and `originals` what goes in,
`databases` and `shelves` where it comes out again. Commands say what happens; nothing here prints.
"""


class Refused(Exception):
    """Nothing was changed. The message says what is wrong and, where there is one, the cure."""
