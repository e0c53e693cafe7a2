"""What is asked on the pages of help: of families in their own words, of those who help them."""
