"""Synthetic conversations for the starter model. `conversation.sample` is the way in."""
