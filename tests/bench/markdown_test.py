"""Tests of markdown.py."""

import unittest

from markdown import WIDTH, wrapped


class Wrapped(unittest.TestCase):
    def test_prose_is_joined_and_wrapped(self):
        text = wrapped([("word " * 15).strip(), ("word " * 15).strip()])
        self.assertEqual(text.split(), ["word"] * 30)
        self.assertEqual(max(len(line) for line in text.splitlines()), 99)

    def test_paragraphs_stay_apart(self):
        self.assertEqual(wrapped(["one\n", "two"]), "one\n\ntwo\n")

    def test_tables_and_headings_stay_as_they_are(self):
        wide = "| " + "x" * (2 * WIDTH) + " |"
        heading = "# " + "word " * 30 + "end"
        self.assertEqual(wrapped([heading, "", wide]), f"{heading}\n\n{wide}\n")

    def test_list_items_are_wrapped_with_an_indent(self):
        first, second = wrapped(["- " + "word " * 25, "- two"]).splitlines()[:2]
        self.assertTrue(first.startswith("- word"))
        self.assertTrue(second.startswith("  word"))

    def test_a_name_longer_than_a_line_is_not_broken(self):
        name = "`" + "x" * (WIDTH + 10) + "`"
        self.assertEqual(wrapped(["see " + name]), f"see\n{name}\n")


if __name__ == "__main__":
    unittest.main()
