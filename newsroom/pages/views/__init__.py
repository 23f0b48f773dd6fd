"""What readers ask of this app: pages and terms, the contact form, the staff directory."""
