"""The bot's room: understands what is typed and decides the next action (Rasa 3.6.21)."""
