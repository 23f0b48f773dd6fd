"""The publish proof: after a change, which stored pages are out of date, and which are settled.

Each web process says in the database what became of its own pages (`witness.py`). What all of them
say of the entries of one act is its proof (`reading.py`). The middleware notes which entries an act
of the staff appended, and leaves a line on the page they land on (`middleware.py`, `views.py`).
"""
