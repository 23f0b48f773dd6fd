"""The reader's pages of the journalism: functions of a request, one query call each."""
