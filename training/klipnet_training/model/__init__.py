"""The networks, written as their papers describe them."""
