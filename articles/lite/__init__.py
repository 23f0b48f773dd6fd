"""The lite edition: every story and list of the paper as text, at `/lite/` before its own address.

Nothing is asked or decided here. The view of the full page answers; its template is exchanged for
a light one, and what weighs much is taken out of the HTML. Removing this app removes the edition.
"""
