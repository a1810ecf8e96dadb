"""The parts of check_layers.py: the table of rooms, and what each language's files import."""
