"""The caption panel: a list model, a painter of bubbles, and the view that holds them."""
