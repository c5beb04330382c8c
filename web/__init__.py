"""web/ meets people: the gateway, its plain page and the terminal client."""
