"""Find what is wrong on laid-out pages: text that is lost, hidden, split or overprinted."""
