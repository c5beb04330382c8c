"""Starting the house: checks, model, supervisor; knows the registry's settings only."""
