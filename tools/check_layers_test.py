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
"catalog" = ["core/base", "core/engine"]
"app" = ["core/base", "core/engine", "catalog"]
"tests/support" = ["core/base", "core/engine"]
"tests" = ["app", "tests/support"]
"data" = []
"web/src/sound" = ["data"]
"web/src/practice" = ["web/src/sound"]
"web/src" = ["web/src/practice"]
"tools" = []
"tools/training" = ["tools"]
[libraries]
"catalog" = ["nlohmann/"]
"web/src/practice" = ["svelte", "node:"]
"tools/training" = ["numpy"]
[tests_beside_units]
rooms = ["tests/support"]
libraries = ["gtest/"]
[pure]
rooms = ["core/base", "core/engine"]
headers = ["thread"]
words = ["throw"]
[platform_dependent]
instead = "core/base/math.h"
functions = ["exp", "log", "sin"]
"""


class CheckLayersCase(unittest.TestCase):
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


class Cpp(CheckLayersCase):
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

    def test_a_platform_dependent_function_is_found_however_it_is_called(self):
        for written, name in {"std::sin": "sin", "::std::sin": "sin", "::exp": "exp", "log": "log", "sinf": "sin"}.items():
            self.assert_finds(
                f'src/app/a.cpp:2: "{written}" differs between platforms; use base::{name} (core/base/math.h),'
                " or add it there",
                {"src/app/a.cpp": f"// of x\ndouble y = 1.0 / (1.0 + {written}(x));\n"},
            )
        code, said = self.check({"src/app/a.h": "std::ranges::transform(angles, out, std::sin<double>);\n"})
        self.assertEqual(code, 1, said)

    def test_own_functions_and_others_of_the_same_name_are_fine(self):
        self.assert_clean(
            {
                "src/app/a.cpp": "// std::sin(x)\ndouble y = base::sin(x) + std::sinks(x) + using_(x);\n"
                'logger.log("std::exp(x)"); logger->log(y); double sin = y; spdlog::log(y);\n',
                "src/core/base/math.h": "double sin(double x);\n",
                "src/core/base/math.cpp": "double sin(double x) { return x; }\n",
            }
        )

    def test_tests_and_tools_may_compare_with_the_library(self):
        self.assert_clean({"src/app/a_test.cpp": "auto y = std::sin(x);\n", "tools/training/a.cpp": "auto y = std::sin(x);\n"})

    def test_a_file_in_no_room_is_found(self):
        self.assert_finds("lost/a.cpp:1: is in no room of layers.toml", {"lost/a.cpp": ""})

    def test_a_path_that_does_not_start_at_the_root_is_found(self):
        self.assert_finds(
            'core/base/b.cpp:1: "a.h": write the path from the root of the project',
            {"core/base/a.h": "", "core/base/b.cpp": '#include "a.h"\n'},
        )

    def test_files_that_include_each_other_are_found(self):
        self.assert_finds(
            "core/base/a.h:1: imports form a cycle: core/base/a.h -> core/base/b.h -> core/base/a.h",
            {"core/base/a.h": '#include "core/base/b.h"\n', "core/base/b.h": '#include "core/base/a.h"\n'},
        )

    def test_a_folder_with_a_name_that_says_nothing_is_found(self):
        self.assert_finds(
            'core/base/util/a.h:1: a folder called "util" says nothing; name it after its contents',
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

    def test_a_table_with_a_pattern_is_refused(self):
        for table in ('[rooms]\n"a" = ["*"]\n', '[rooms]\n"a" = []\n[libraries]\n"core/*" = ["x"]\n'):
            code, said = self.check({}, table)
            self.assertEqual(code, 2)
            self.assertIn("is a pattern; write every name out", said)

    def test_a_table_that_gives_packages_to_an_unknown_room_is_refused(self):
        code, said = self.check({}, '[rooms]\n"a" = []\n[libraries]\n"b" = ["x"]\n')
        self.assertEqual(code, 2)
        self.assertIn('[libraries] names "b", which is no room', said)


class EcmaScript(CheckLayersCase):
    def test_an_allowed_import_is_fine(self):
        self.assert_clean(
            {
                "data/words.json": "{}",
                "web/src/sound/phrases.ts": 'import words from "../../../data/words.json";\nexport default words;\n',
                "web/src/practice/practice.svelte.ts": 'import { say } from "../sound/phrases";\nimport "svelte";\n',
                "web/src/practice/Page.svelte": '<script lang="ts">\nimport { x } from "./practice.svelte";\n</script>\n',
                "web/src/practice/style.css": "",
            }
        )

    def test_a_forbidden_import_is_found_with_its_line(self):
        self.assert_finds(
            'web/src/sound/voice.ts:2: web/src/sound may not import web/src/practice ("../practice/page")',
            {
                "web/src/sound/voice.ts": '// up\nimport { x } from "../practice/page";\n',
                "web/src/practice/page.ts": "",
            },
        )

    def test_a_forbidden_import_over_several_lines_in_a_component_is_found(self):
        self.assert_finds(
            'web/src/sound/Voice.svelte:5: web/src/sound may not import web/src/practice ("../practice/page")',
            {
                "web/src/sound/Voice.svelte": '<script lang="ts">\n  import {\n    x,\n    type Y,\n'
                '  } from "../practice/page";\n</script>\n<p>import y from "../practice/page"</p>\n',
                "web/src/practice/page.ts": "",
            },
        )

    def test_every_kind_of_import_is_seen(self):
        for statement in (
            'import "../practice/page";',
            'import type { X } from "../practice/page";',
            'export { x } from "../practice/page";',
            'export * from "../practice/page";',
            'const page = await import("../practice/page");',
        ):
            code, said = self.check({"web/src/sound/voice.ts": statement, "web/src/practice/page.ts": ""})
            self.assertEqual(code, 1, statement)
            self.assertIn("voice.ts:1: web/src/sound may not import web/src/practice", said)

    def test_comments_and_strings_are_no_imports(self):
        self.assert_clean(
            {
                "web/src/sound/voice.ts": '// import "../practice/page";\n/*\nimport "../practice/page";\n*/\n'
                "const text = 'import(\"../practice/page\")';\n",
                "web/src/practice/page.ts": "",
            }
        )

    def test_a_package_is_for_the_rooms_that_name_it(self):
        self.assert_clean({"web/src/practice/a.mjs": 'import { x } from "svelte/store";\nimport "node:fs";\n'})
        self.assert_finds(
            'web/src/sound/a.mjs:1: web/src/sound may not import the package "svelte";'
            " [libraries] in layers.toml says what it may",
            {"web/src/sound/a.mjs": 'import { x } from "svelte";\n'},
        )

    def test_an_import_of_no_file_is_found(self):
        self.assert_finds(
            'web/src/sound/a.ts:1: "./gone" is no file', {"web/src/sound/a.ts": 'import { x } from "./gone";\n'}
        )

    def test_files_that_import_each_other_are_found(self):
        self.assert_finds(
            "web/src/sound/a.ts:1: imports form a cycle:"
            " web/src/sound/a.ts -> web/src/sound/b.ts -> web/src/sound/a.ts",
            {"web/src/sound/a.ts": 'import "./b";\n', "web/src/sound/b.ts": 'import "./a";\n'},
        )


class Python(CheckLayersCase):
    def test_modules_beside_the_file_and_standard_ones_are_fine(self):
        self.assert_clean(
            {
                "tools/training/a.py": "import json\nimport numpy.linalg\nfrom b import x\nfrom parts import c\n",
                "tools/training/b.py": "",
                "tools/training/parts/c.py": "from . import d\n",
                "tools/training/parts/d.py": "",
            }
        )

    def test_a_stub_stands_for_its_compiled_module(self):
        self.assert_clean(
            {
                "tools/training/a.py": "from . import module\nfrom .module import x\nfrom .parts import y\n",
                "tools/training/module.pyi": "",
                "tools/training/parts.pyi": "",
            }
        )

    def test_a_forbidden_import_is_found_with_its_line(self):
        self.assert_finds(
            'tools/a.py:2: tools may not import tools/training ("training.b")',
            {"tools/a.py": "import json\nimport training.b\n", "tools/training/b.py": ""},
        )

    def test_an_import_within_a_function_is_found(self):
        self.assert_finds(
            'tools/a.py:2: tools may not import tools/training ("training")',
            {"tools/a.py": "def f():\n    from training import b\n", "tools/training/b.py": ""},
        )

    def test_a_package_is_for_the_rooms_that_name_it(self):
        self.assert_finds(
            'tools/a.py:1: tools may not import the package "numpy"; [libraries] in layers.toml says what it may',
            {"tools/a.py": "import numpy\n"},
        )

    def test_modules_that_import_each_other_are_found(self):
        self.assert_finds(
            "tools/a.py:1: imports form a cycle: tools/a.py -> tools/b.py -> tools/a.py",
            {"tools/a.py": "import b\n", "tools/b.py": "import a\n"},
        )

    def test_a_file_in_no_room_is_found(self):
        self.assert_finds("lost/a.py:1: is in no room of layers.toml", {"lost/a.py": ""})


if __name__ == "__main__":
    unittest.main()
