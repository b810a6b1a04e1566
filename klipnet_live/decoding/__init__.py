"""From CTC log-probabilities to text: beam search, grammars, n-gram priors, confidence, commit rule."""
