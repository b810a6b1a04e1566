"""From log-probabilities to text: pure CTC decoding, grammars, n-grams and the commit rule."""
