"""What differs between two versions of an article, in words; nothing here writes."""
