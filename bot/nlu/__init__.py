"""Graph components: what turns a typed message into topic, language and entities."""
