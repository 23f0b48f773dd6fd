"""The text of an article: what the editor may write, how it is stored, how it is shown."""
