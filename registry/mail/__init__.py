"""Mails: what they say (render) and where they go (transport)."""
