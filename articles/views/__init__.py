"""The reader's pages of the journalism: functions of a request, one query call each.

They answer with a TemplateResponse, so that the lite edition can set the same page in its own type.
"""
