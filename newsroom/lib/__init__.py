"""Small things every app may use; imports Django and libraries only, nothing of this project."""
