"""What check_docs.py finds, on small trees made for the purpose."""

import contextlib
import io
import pathlib
import tempfile
import unittest

import check_docs

# Written in two parts, so that the check of this repository does not take them for citations.
CITE = "movement" + ".md "
WIDE = "word " * 21

CLEAN = {
    "README.md": "# A\n\nSee [the movement](docs/movement.md#12-tempo) and `src/core/a.h`.\n",
    "docs/movement.md": "# Movement\n\n## 1. Move\n\n### 1.2 Tempo\n\nSlow.\n",
    "src/core/a.h": f"// Slow ({CITE}1.2).\n",
}


class CheckDocs(unittest.TestCase):
    def check(self, files):
        """Exit code and printed findings for the clean tree with these files in it."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in {**CLEAN, **files}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                code = check_docs.main([folder])
            return code, printed.getvalue()

    def assert_found(self, files, expected):
        self.assertEqual(self.check(files), (1, expected + "\n"))

    def assert_clean(self, files):
        self.assertEqual(self.check(files), (0, ""))

    def test_a_clean_tree_passes(self):
        self.assert_clean({})

    def test_a_wide_line_of_prose_is_found(self):
        self.assert_found({"docs/a.md": f"# A\n\n{WIDE}\n"}, "docs/a.md:3: 105 columns, at most 100")

    def test_width_counts_characters_and_not_bytes(self):
        self.assert_clean({"docs/a.md": "ä" * 100 + "\n"})

    def test_tables_code_images_and_bare_links_may_be_wide(self):
        long = "a" * 120
        self.assert_clean({
            "docs/a.md": f"| {WIDE} |\n\n```\n{WIDE}\n```\n\n![{WIDE}](movement.md)\n\nhttps://example.org/{long}\n"
        })

    def test_an_image_within_prose_is_prose(self):
        code, printed = self.check({"docs/a.md": f"{WIDE} ![a](movement.md)\n"})
        self.assertEqual(code, 1)
        self.assertIn("docs/a.md:1: ", printed)

    def test_a_citation_without_a_heading_is_found(self):
        self.assert_found(
            {"src/core/b.cpp": f"int a;\n// See {CITE}1.9.\n"},
            f"src/core/b.cpp:2: cites {CITE}1.9, which is no heading of docs/movement.md")

    def test_each_number_of_a_citation_is_checked(self):
        self.assert_found(
            {"web/src/a.ts": f"// {CITE}1.2 and 7.7: slow\n"},
            f"web/src/a.ts:1: cites {CITE}7.7, which is no heading of docs/movement.md")

    def test_a_citation_broken_over_two_lines_is_found(self):
        self.assert_found(
            {"src/core/b.h": f"// See {CITE.strip()}\n/// 8.1 for more.\n"},
            f"src/core/b.h:1: cites {CITE}8.1, which is no heading of docs/movement.md")

    def test_a_whole_section_can_be_cited(self):
        self.assert_clean({"tests/a.py": f"# {CITE}1\n"})

    def test_folders_that_are_not_ours_are_left_out(self):
        self.assert_clean({"web/node_modules/a/b.md": f"{WIDE} {CITE}9.9\n", "build/a.md": f"{WIDE}\n"})

    def test_a_broken_link_is_found(self):
        self.assert_found(
            {"docs/adr/1.md": "See\n[this](../gone.md).\n"},
            "docs/adr/1.md:2: links to ../gone.md, which does not exist")

    def test_a_link_to_a_heading_that_is_not_there_is_found(self):
        self.assert_found(
            {"docs/a.md": "[this](movement.md#gone)\n"},
            "docs/a.md:1: links to movement.md#gone, but no heading has that name")

    def test_addresses_of_others_are_not_followed(self):
        self.assert_clean({"docs/a.md": "[this](https://example.org/gone) [that](mailto:a@example.org)\n"})

    def test_a_path_that_does_not_exist_is_found(self):
        self.assert_found(
            {"docs/a.md": "In `src/core/gone.h`.\n"},
            "docs/a.md:1: names src/core/gone.h, which does not exist")

    def test_a_path_without_an_ending_is_found(self):
        self.assert_found(
            {"docs/a.md": "In `apps/gone`.\n"}, "docs/a.md:1: names apps/gone, which does not exist")

    def test_each_name_in_braces_is_checked(self):
        self.assert_found(
            {"docs/a.md": "In `src/core/{a,b}.h`.\n"},
            "docs/a.md:1: names src/core/b.h, which does not exist")

    def test_a_path_may_be_a_room_a_source_without_ending_or_a_pattern(self):
        self.assert_clean({"docs/a.md": "In `core`, `core/a`, `core/a.h`, `src/core/*.h`, `src/core/`.\n"})

    def test_what_is_made_or_is_no_path_is_left_out(self):
        self.assert_clean({
            "docs/a.md": "`build/bin/matside`, `results/NAME.analysis.json`, `text/html`,\n"
                         "`~/.local/x`, `/poses`, `a::b`, `src/NAME.h`, `matside.analysis/1`\n"
        })

    def test_a_readme_that_is_too_long_is_found(self):
        self.assert_found({"README.md": "a\n" * 151}, "README.md:151: 151 lines, at most 150")

    def test_a_missing_movement_document_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "README.md").write_text("# A\n", encoding="utf-8")
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                self.assertEqual(check_docs.main([folder]), 1)
            self.assertEqual(printed.getvalue(), "docs/movement.md:1: is missing\n")


if __name__ == "__main__":
    unittest.main()
