"""The export file of WordPress (WXR): the only place that knows its elements, words and habits."""
