"""Breaking news: the banner and the ticker, each line with its end."""
