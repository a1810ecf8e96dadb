"""The types: the package and its tutorial pass mypy, the stub is what the module has, and everything public has a
docstring."""

import inspect
import pathlib
import subprocess
import sys
import tempfile
import unittest

import matside
import tutorial_test

PACKAGE = pathlib.Path(__file__).resolve().parents[2] / "src" / "bindings" / "python"


class Types(unittest.TestCase):
    def run_mypy(self, *arguments):
        with tempfile.TemporaryDirectory() as cache:
            done = subprocess.run(
                [sys.executable, *arguments, f"--cache-dir={cache}"],
                cwd=PACKAGE,
                capture_output=True,
                text=True,
                check=False,
            )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_package_passes_the_type_checker(self):
        self.run_mypy("-m", "mypy", "matside")

    def test_the_tutorial_passes_the_type_checker(self):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "tutorial.py"
            program.write_text("\n\n".join(tutorial_test.cells()), encoding="utf-8")
            self.run_mypy("-m", "mypy", program)

    def test_a_wrong_call_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "wrong.py"
            program.write_text("import matside\nmatside.analyze('a.mp4', level='1').counts.knees\n", encoding="utf-8")
            self.assertRaisesRegex(
                AssertionError,
                '(?s)has no attribute "knees".*incompatible type "str"',
                self.run_mypy,
                "-m",
                "mypy",
                program,
            )

    def test_the_stub_is_what_the_module_has(self):
        names = {name for name in dir(matside._native) if not name.startswith("_")}
        stub = (PACKAGE / "matside" / "_native.pyi").read_text(encoding="utf-8")
        for name in names:
            self.assertRegex(stub, rf"(?m)^(class )?{name}\b", name)
        for kind in [matside._native.Session, matside._native.Exercise]:
            for name in vars(kind):
                if not name.startswith("_"):
                    self.assertIn(f"def {name}(", stub)
        self.assertEqual(stub.count("    def "), 14)

    def test_everything_public_is_described(self):
        for name in matside.__all__:
            each = getattr(matside, name)
            if not (inspect.isclass(each) or inspect.isfunction(each)):
                continue
            self.assertTrue(each.__doc__, name)
            for member, value in vars(each).items():
                if not member.startswith("_") and (
                    inspect.isfunction(value) or isinstance(value, (property, staticmethod))
                ):
                    self.assertTrue(inspect.getdoc(getattr(each, member)), f"{name}.{member}")

    def test_the_version_is_the_program_s(self):
        import practice_poses as practice

        self.assertEqual(practice.run_program("--version").split(), ["matside", matside.__version__])


if __name__ == "__main__":
    unittest.main()
