"""The gateway: the only door between people and the assistant (design.md §5)."""
