"""Most read: counting readers without knowing who they are, and ranking what they read."""
