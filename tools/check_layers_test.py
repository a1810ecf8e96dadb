"""What check_layers.py finds, on small trees made for the purpose."""

import contextlib
import io
import pathlib
import tempfile
import unittest

import check_layers

TABLE = """
[rooms]
"core/base" = []
"core/engine" = ["core/base"]
"catalog" = ["core/*"]
"app" = ["*"]
"tests" = ["*", "app"]
"tests/support" = ["core/*"]
[libraries]
"catalog" = ["nlohmann/"]
"*_test" = ["gtest/"]
[standard_headers]
"core/*" = ["thread"]
[banned]
"core/*" = ["throw"]
"""


class CheckLayers(unittest.TestCase):
    def check(self, files, table=TABLE):
        """Exit code and printed findings for a tree of {path: text}."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in {"tools/layers.toml": table, **files}.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            said = io.StringIO()
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                code = check_layers.main([folder])
            return code, said.getvalue()

    def assert_finds(self, expected, files, table=TABLE):
        code, said = self.check(files, table)
        self.assertEqual(code, 1, said)
        self.assertEqual(said.strip(), expected)

    def assert_clean(self, files):
        code, said = self.check(files)
        self.assertEqual(code, 0, said)

    def test_an_arrow_that_points_down_is_fine(self):
        self.assert_clean({"core/base/a.h": "", "core/engine/b.cpp": '#include <vector>\n#include "core/base/a.h"\n'})

    def test_an_arrow_that_points_up_is_found_with_its_line(self):
        self.assert_finds(
            'core/base/a.h:2: core/base may not import core/engine ("core/engine/b.h")',
            {"core/base/a.h": '// up\n#include "core/engine/b.h"\n', "core/engine/b.h": ""},
        )

    def test_a_library_is_for_the_rooms_that_name_it(self):
        include = "#include <nlohmann/json.hpp>\n"
        self.assert_clean({"catalog/c.cpp": include})
        self.assert_finds(
            "core/base/a.cpp:1: core/base may not include <nlohmann/json.hpp>; [libraries] in layers.toml says what it may",
            {"core/base/a.cpp": include},
        )

    def test_a_test_may_use_the_test_libraries_and_test_support(self):
        files = {"tests/support/s.h": "", "core/base/a_test.cpp": '#include <gtest/gtest.h>\n#include "tests/support/s.h"\n'}
        self.assert_clean(files)
        code, said = self.check({"tests/support/s.h": "", "core/base/a.cpp": '#include "tests/support/s.h"\n'})
        self.assertEqual(code, 1, said)

    def test_a_test_may_still_not_import_upward(self):
        code, said = self.check({"core/base/a_test.cpp": '#include "catalog/c.h"\n', "catalog/c.h": ""})
        self.assertEqual(code, 1, said)

    def test_the_innermost_room_counts(self):
        self.assert_finds(
            'tests/support/s.h:1: tests/support may not import catalog ("catalog/c.h")',
            {"tests/support/s.h": '#include "catalog/c.h"\n', "catalog/c.h": ""},
        )

    def test_a_banned_standard_header_is_found(self):
        self.assert_finds("core/base/a.h:1: <thread> is banned from core/base", {"core/base/a.h": "#include <thread>\n"})
        self.assert_clean({"app/a.cpp": "#include <thread>\n"})

    def test_a_banned_word_is_found_in_code_and_not_in_comments_or_strings(self):
        self.assert_finds('core/base/a.cpp:2: "throw" is banned from core/base', {"core/base/a.cpp": "void f() {\n  throw 1;\n}\n"})
        self.assert_clean(
            {"core/base/a.cpp": '// never throw\n/* a\n throw */ const char* s = "throw"; int rethrow = 1\'000;\nauto r = R"(throw)";\n'}
        )

    def test_a_file_in_no_room_is_found(self):
        self.assert_finds("lost/a.cpp:1: is in no room of layers.toml", {"lost/a.cpp": ""})

    def test_a_path_that_does_not_start_at_the_root_is_found(self):
        self.assert_finds(
            'core/base/b.cpp:1: "a.h": write the path from the root of the project',
            {"core/base/a.h": "", "core/base/b.cpp": '#include "a.h"\n'},
        )

    def test_files_that_include_each_other_are_found(self):
        self.assert_finds(
            "core/base/a.h:1: includes form a cycle: core/base/a.h -> core/base/b.h -> core/base/a.h",
            {"core/base/a.h": '#include "core/base/b.h"\n', "core/base/b.h": '#include "core/base/a.h"\n'},
        )

    def test_a_folder_with_a_name_that_says_nothing_is_found(self):
        self.assert_finds(
            'core/base/util/a.h:1: a folder called "util" says nothing; name it after what is in it',
            {"core/base/util/a.h": ""},
        )

    def test_a_file_over_the_limit_is_found_and_one_at_the_limit_is_not(self):
        self.assert_clean({"core/base/a.h": "\n" * 500})
        self.assert_finds(
            "core/base/a.h:501: 501 lines, 500 at most; is it one thing, or several?", {"core/base/a.h": "\n" * 501}
        )

    def test_a_table_whose_rooms_form_a_cycle_is_refused(self):
        code, said = self.check({}, '[rooms]\n"a" = ["b"]\n"b" = ["a"]\n')
        self.assertEqual(code, 2)
        self.assertIn("rooms form a cycle: a -> b -> a", said)

    def test_a_table_that_names_an_unknown_room_is_refused(self):
        code, said = self.check({}, '[rooms]\n"a" = ["nowhere"]\n')
        self.assertEqual(code, 2)
        self.assertIn('room "a" may import "nowhere", which is no room', said)


if __name__ == "__main__":
    unittest.main()
