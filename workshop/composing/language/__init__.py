"""Give texts and templates the words they may use, and say what is wrong in them."""
