"""The actions' room: what the assistant does when the bot has decided that it should."""
