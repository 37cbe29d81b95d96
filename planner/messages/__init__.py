"""What is wrong with input, as codes and figures, and its words in every language."""
