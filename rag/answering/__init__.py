"""What was found → the answer in Korean, with its citations."""
