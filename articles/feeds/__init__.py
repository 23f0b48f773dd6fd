"""Feeds: one document of entries, written as RSS 2.0, Atom 1.0 or JSON Feed 1.1.

`document` is what a feed says, `formats` how it is written, `answering` how it is sent, `views`
and `entries` which stories it holds; `text` alone decides how much of a story leaves the site.
The apps of breaking news and live coverage make documents of their own.
"""
