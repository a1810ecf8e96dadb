#!/usr/bin/env python3
"""Installs libmatside and uses it as another program would: builds the example at the top of each header against the
installed copy, and runs it on the pose tables of clips. Its results must equal those of the program.

usage: library_test.py --build BUILD --results DIR --work DIR [--sanitize LIST] [-v]
"""

import argparse
import ctypes
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SAME_PARTS = ["view", "exercise", "repetitions", "set_faults", "set", "elbows_forward", "counts", "warnings"]
OPTIONS = argparse.Namespace()


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def example_in(header):
    """The example in the comment at the top of a header: its lines are indented by three spaces."""
    lines = []
    for line in header.read_text(encoding="utf-8").splitlines():
        if line.startswith("//   "):
            lines.append(line[5:])
        elif line == "//" and lines:
            lines.append("")
        elif lines:
            break
    return "\n".join(lines).rstrip() + "\n"


def counts_line(counts):
    """What the examples print at the end."""
    peaks = dict(counts, peaks=counts["kicks"])
    return ", ".join(f"{name} {peaks.get(name, 0)}" for name in ["left", "right", "both", "unsure", "peaks", "clean"])


def one(found):
    (path,) = found
    return path


class Library(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(OPTIONS.work, ignore_errors=True)
        cls.prefix = OPTIONS.work / "prefix"
        for component in ["libmatside0", "libmatside-dev"]:
            run("cmake", "--install", OPTIONS.build, "--prefix", cls.prefix, "--component", component)
        cls.shared = one(cls.prefix.rglob("libmatside.so.0"))
        cls.headers = cls.prefix / "include" / "matside"
        cls.build_examples()
        cls.results = sorted(OPTIONS.results.glob("*.json"))

    @classmethod
    def build_examples(cls):
        examples = OPTIONS.work / "examples"
        examples.mkdir()
        (examples / "practice.c").write_text(example_in(cls.headers / "matside.h"), encoding="utf-8")
        (examples / "practice.cpp").write_text(example_in(cls.headers / "matside.hpp"), encoding="utf-8")
        cls.built = OPTIONS.work / "build"
        sanitize = f"-fsanitize={OPTIONS.sanitize} -fno-sanitize-recover=all" if OPTIONS.sanitize else ""
        run("cmake", "-S", HERE / "practice", "-B", cls.built, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={cls.prefix}",
            f"-DEXAMPLES={examples}", f"-DCMAKE_C_FLAGS={sanitize}", f"-DCMAKE_CXX_FLAGS={sanitize}")
        run("cmake", "--build", cls.built)

    def expect_same_results(self, example):
        self.assertGreaterEqual(len(self.results), 2, f"no results in {OPTIONS.results}")
        for path in self.results:
            expected = json.loads(path.read_text(encoding="utf-8"))
            source = expected["source"]
            result_file = OPTIONS.work / f"{example}.json"
            output = run(self.built / example, path.with_suffix(".csv"), source["width"], source["height"],
                         expected["exercise"]["level"], result_file)
            self.assertEqual(output.splitlines()[-1], counts_line(expected["counts"]), path.name)
            self.assertEqual(len(re.findall(r"(?m)^\d+: ", output)), len(expected["repetitions"]), path.name)
            result = json.loads(result_file.read_text(encoding="utf-8"))
            for part in SAME_PARTS:
                self.assertEqual(result[part], expected[part], f"{path.name}: {part}")
            self.assertEqual(result["source"]["frames"], source["frames"], path.name)
            self.assertAlmostEqual(result["source"]["duration_s"], source["duration_s"], places=2, msg=path.name)
        run("node", ROOT / "tests" / "check_schema.mjs", ROOT / "src/formats" / "analysis.schema.json", result_file)

    def test_the_c_example_gives_the_results_of_the_program(self):
        self.expect_same_results("practice_c")

    def test_the_cpp_example_gives_the_results_of_the_program(self):
        self.expect_same_results("practice_cpp")

    def test_the_examples_count_another_exercise_as_the_program_does(self):
        table = self.results[0].with_suffix(".csv")
        source = json.loads(self.results[0].read_text(encoding="utf-8"))["source"]
        size = [source["width"], source["height"]]
        for exercise in ["single-leg-kick", "double-leg-kick", "prone-leg-lift", "swan-preparation"]:
            expected = json.loads(run(OPTIONS.build / "bin/matside", "analyze", table, f"--size={size[0]}x{size[1]}",
                                      f"--exercise={exercise}", "--level=1", "--quiet", "--json=-"))
            for example in ["practice_c", "practice_cpp"]:
                result_file = OPTIONS.work / "other.json"
                output = run(self.built / example, table, *size, 1, result_file, exercise)
                self.assertEqual(output.splitlines()[-1], counts_line(expected["counts"]), exercise)
                result = json.loads(result_file.read_text(encoding="utf-8"))
                for part in SAME_PARTS:
                    self.assertEqual(result[part], expected[part], f"{exercise}: {part}")

    def test_the_examples_report_errors(self):
        for example in ["practice_c", "practice_cpp"]:
            done = subprocess.run([self.built / example, os.devnull, "640", "360", "9", os.devnull], capture_output=True,
                                  text=True, check=False)
            self.assertEqual(done.returncode, 1, example)
            self.assertRegex(done.stderr, r"^practice: .*level", example)
            done = subprocess.run([self.built / example, os.devnull, "640", "360", "1", os.devnull, "swan"],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 1, example)
            self.assertRegex(done.stderr, r"^practice: .*Built in: single-leg-kick, ", example)

    def test_exports_the_functions_of_the_header_only(self):
        exported = {line.split()[-1] for line in run("nm", "-D", "--defined-only", self.shared).splitlines()}
        exported.discard("MATSIDE_0")  # GNU ld lists the version, lld doesn't
        mapped = set(re.findall(r"^    (matside_\w+);$", (ROOT / "src/bindings/c/matside.map").read_text(), re.MULTILINE))
        header = (self.headers / "matside.h").read_text(encoding="utf-8")
        declared = set(re.findall(r"^MATSIDE_API [\w \*]*?(matside_\w+)\(", header, re.MULTILINE))
        self.assertEqual({path.name for path in self.headers.iterdir()},
                         {"frame.h", "frame.hpp", "matside.h", "matside.hpp"})
        self.assertEqual(exported, {name + "@@MATSIDE_0" for name in mapped})
        self.assertEqual(declared, mapped)
        dynamic = run("readelf", "-d", self.shared)
        self.assertIn("Library soname: [libmatside.so.0]", dynamic)
        self.assertNotRegex(dynamic, "R(UN)?PATH")

    def test_is_found_by_pkg_config_in_any_folder(self):
        moved = OPTIONS.work / "moved"
        self.prefix.rename(moved)
        try:
            found = dict(os.environ, PKG_CONFIG_PATH=str(one(moved.rglob("matside.pc")).parent))
            flags = run("pkg-config", "--cflags", "--libs", "matside", env=found).split()
            sanitize = [f"-fsanitize={OPTIONS.sanitize}"] if OPTIONS.sanitize else []
            program = OPTIONS.work / "by_pkg_config"
            run("cc", *sanitize, OPTIONS.work / "examples" / "practice.c", *flags, "-o", program)
            version = run("pkg-config", "--modversion", "matside", env=found).strip()
            self.assertIn(f"libmatside.so.{version}", {p.name for p in moved.rglob("*.so.*")})
        finally:
            moved.rename(self.prefix)

    # Python itself is not built with the sanitizers, so it can't load a library that is.
    if "--sanitize" not in sys.argv:

        def test_can_be_called_from_python(self):
            library = ctypes.CDLL(str(self.shared))
            library.matside_version.restype = ctypes.c_char_p
            library.matside_landmark_name.restype = ctypes.c_char_p
            self.assertIn(library.matside_version().decode() + "\n", run(OPTIONS.build / "bin/matside", "--version"))
            self.assertEqual(library.matside_landmark_name(25), b"left_knee")
            session, message = ctypes.c_void_p(), ctypes.create_string_buffer(512)
            self.assertEqual(library.matside_session_new(None, 7, ctypes.byref(session), message), 1)
            self.assertIn(b"level", message.raw[4:].split(b"\0")[0])
            self.assertEqual(library.matside_session_new(None, 1, ctypes.byref(session), None), 0)
            library.matside_session_free(session)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--results", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--sanitize", default="")
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
