"""What is kept between requests and how it stays true. Today: generations; pages come later."""
