"""Django's back end for SQLite, with connections that can be kept."""
