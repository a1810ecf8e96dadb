"""The project's files, the table of rooms, and what each language's files import."""
