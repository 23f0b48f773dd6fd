"""Caches in front of the site that are not ours: what their pages are called, and what to forget.

Every stored page says the keys of its tags (`keys.py`); after a change the tick tells each cache
the keys of what changed (`telling.py`). One module each for nginx, Varnish, Fastly and Cloudflare.
"""
