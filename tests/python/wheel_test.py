"""Builds the wheel from the sources with nothing but Debian's packages, installs it into a virtual environment, and
uses it.

usage: wheel_test.py WORK
"""

import os
import pathlib
import shutil
import subprocess
import sys
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = pathlib.Path(sys.argv.pop())


def run(*command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        raise AssertionError(f"{command}: exit {done.returncode}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


class Wheel(unittest.TestCase):
    def test_it_is_built_offline_and_works_in_a_virtual_environment(self):
        before = run("git", "-C", ROOT, "status", "--porcelain", "--ignored", "src") if (ROOT / ".git").exists() else ""
        shutil.rmtree(WORK, ignore_errors=True)
        run(
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-build-isolation",
            "--no-deps",
            "--no-index",
            "-w",
            WORK,
            ROOT / "src" / "bindings" / "python",
        )
        if before:
            after = run("git", "-C", ROOT, "status", "--porcelain", "--ignored", "src")
            self.assertEqual(after, before, "the build wrote beside the sources")
        (wheel,) = WORK.glob("matside-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
        sources = {
            f"matside/{path.name}" for path in (ROOT / "src/bindings/python/matside").iterdir() if path.is_file()
        }
        modules = [name for name in names if name.endswith(".so")]
        self.assertEqual({name for name in names if name.startswith("matside/")}, sources | set(modules))
        self.assertEqual(len(modules), 1)
        environment = WORK / "environment"
        run(sys.executable, "-m", "venv", "--system-site-packages", environment)
        run(environment / "bin" / "pip", "install", "--no-index", wheel)
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        output = run(
            environment / "bin" / "python",
            "-B",
            ROOT / "tests" / "python" / "installed_use.py",
            ROOT / "data" / "samples" / "single_leg_kick.mp4",
            env=clean,
            cwd=WORK,
        )
        self.assertIn(str(environment), output)


if __name__ == "__main__":
    unittest.main()
