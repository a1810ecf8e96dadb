"""matside.analyze: the same result as the command line, its errors, and Ctrl-C."""

import concurrent.futures
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import numpy as np

import matside
import practice_poses as practice

FOREIGN = practice.ROOT / "tests" / "data" / "foreign"


class SameAsTheProgram(unittest.TestCase):
    def expect_same(self, path, options, **arguments):
        expected = practice.run_program("analyze", "--quiet", "--json=-", *options, "--", path)
        result = matside.analyze(path, **arguments)
        self.assertEqual(result.to_json(), expected)
        return result

    def test_of_a_video(self):
        result = self.expect_same(
            practice.CLIP,
            ["--from=2", "--to=10", "--level=2", "--date=2026-01-05"],
            from_s=2,
            to_s=10.0,
            level=2,
            date="2026-01-05",
        )
        self.assertEqual((result.exercise.level, result.pose.eye), (2, True))
        self.assertEqual((result.source.recorded.from_, result.source.recorded.time[:10]), ("given", "2026-01-05"))

    def test_of_a_photo(self):
        photo = pathlib.Path(practice.folder()) / "photo.jpg"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-ss", "5", "-i", practice.CLIP, "-frames:v", "1", photo], check=True
        )
        result = self.expect_same(
            photo, ["--model=lite", "--no-eye", "--threads=1"], model="lite", eye=False, threads=1
        )
        self.assertEqual((result.source.frames, result.pose.frames_with_pose), (1, 1))

    def test_of_pose_files(self):
        path, _ = practice.table()
        self.expect_same(path, ["--size=640x360"], size=(640, 360))
        self.expect_same(FOREIGN / "trc_z_up_few_kicks.trc", ["--up=z"], up="z")
        self.expect_same(FOREIGN / "pose2sim_cam01_json", ["--size=640x360", "--fps=29.97"], size=(640, 360), fps=29.97)

    def test_whatever_the_file_is_called(self):
        path, _ = practice.table()
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                for name in ["-x.csv", "--json=evil", "12", "a b\n'.csv", "\u00fcbung.csv", os.fsdecode(b"\xff.csv")]:
                    shutil.copy(path, name)
                    result = matside.analyze(name, size=(640, 360))
                    self.assertGreater(result.counts.kicks, 0, name)
                self.assertEqual(result.source.path, "\ufffd.csv")
                self.assertEqual(len(os.listdir(".")), 6)
            finally:
                os.chdir(before)

    def test_the_poses_are_those_of_the_table(self):
        path, _ = practice.table()
        result = matside.analyze(path, size=(640, 360), poses=True)
        rows = np.genfromtxt(path, delimiter=",", skip_header=1)
        np.testing.assert_array_equal(result.poses.times_s, rows[:, 1])
        np.testing.assert_array_equal(result.poses.landmarks, rows[:, 2:101].reshape(-1, 33, 3))
        np.testing.assert_array_equal(result.poses.knees, rows[:, 101:].reshape(-1, 2, 2))
        self.assertEqual(len(rows), result.source.frames)
        self.assertIsNone(matside.analyze(path, size=(640, 360)).poses)

    def test_several_at_once(self):
        path, _ = practice.table()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            results = list(pool.map(lambda _: matside.analyze(path, size=(640, 360)), range(16)))
        self.assertEqual(len({result.to_json() for result in results}), 1)


class Errors(unittest.TestCase):
    def refuse(self, kind, pattern, *arguments, **more):
        with self.assertRaisesRegex(kind, pattern) as caught:
            matside.analyze(*arguments, **more)
        self.assertIs(type(caught.exception), kind)
        self.assertIsInstance(caught.exception, matside.MatsideError)

    def test_an_unusable_file(self):
        self.refuse(matside.InputError, "^nofile.mp4: no such file$", "nofile.mp4")
        self.refuse(matside.InputError, "^/dev/null: ", "/dev/null")
        self.refuse(matside.InputError, "line 1: no column is named after a joint", __file__)
        self.refuse(matside.InputError, "", "")

    def test_a_wrong_option(self):
        path, _ = practice.table()
        self.refuse(matside.UsageError, "add --size", path)
        self.refuse(matside.UsageError, "--level", path, level=9)
        self.refuse(matside.UsageError, "--level", path, level="1 --force")
        self.refuse(matside.UsageError, "--model", path, model="best")
        self.refuse(matside.UsageError, "--threads", path, threads=0)
        self.refuse(matside.UsageError, "--from must be before", path, from_s=3, to_s=2, size=(640, 360))
        self.refuse(matside.UsageError, "--fps", path, fps=1e-300, size=(640, 360))
        self.refuse(matside.UsageError, "--up", path, up="sideways")
        self.refuse(matside.UsageError, "--date", path, date="yesterday")
        self.refuse(matside.UsageError, "from_s: must be a number", path, from_s="x")
        self.refuse(matside.UsageError, "to_s: must be a number", path, to_s=float("nan"))
        self.refuse(matside.UsageError, "size: must be", path, size="640x360")
        self.refuse(matside.UsageError, "path: must be a path, not 5", 5)
        self.refuse(matside.UsageError, "path: ", "a\0b")

    def test_a_program_that_is_not_matside(self):
        self.refuse(matside.ModelError, "^/nowhere: cannot be started: No such file", practice.CLIP, program="/nowhere")
        self.refuse(matside.ModelError, "^/tmp: cannot be started: Permission denied", practice.CLIP, program="/tmp")
        self.refuse(
            matside.ModelError,
            "^/bin/true: its result can't be read. Install the same version",
            practice.CLIP,
            program="/bin/true",
        )
        self.refuse(matside.InternalError, "^/bin/false: failed with exit code 1", practice.CLIP, program="/bin/false")
        killed = pathlib.Path(practice.folder()) / "killed"
        killed.write_text("#!/bin/sh\nkill -9 $$\n")
        killed.chmod(0o755)
        self.refuse(matside.StoppedError, "ended by signal 9", practice.CLIP, program=killed)

    def test_a_missing_program_or_network(self):
        kept = os.environ.copy()
        try:
            os.environ["MATSIDE_DATA_DIR"] = "/nowhere"
            self.refuse(matside.ModelError, "/nowhere: no such folder", practice.CLIP)
            del os.environ["MATSIDE_PROGRAM"]
            os.environ["PATH"] = "/nowhere"
            self.refuse(matside.ModelError, "program matside was not found. Install", practice.CLIP)
        finally:
            os.environ.clear()
            os.environ.update(kept)


SCRIPT = """
import matside, sys
try:
    matside.analyze(sys.argv[1], threads=1)
except KeyboardInterrupt:
    sys.exit(77)
"""


def children_of(process):
    text = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="utf-8")
    return [int(number) for number in text.split()]


class Interruption(unittest.TestCase):
    def analyse_and_signal(self, to_group):
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(practice.CLIP)], stderr=subprocess.PIPE, start_new_session=True
        )
        with process:
            deadline = time.monotonic() + 60
            while not (children := children_of(process)):
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.01)
            time.sleep(0.5)  # in the middle of the video
            (program,) = children
            (os.killpg if to_group else os.kill)(process.pid, signal.SIGINT)
            began = time.monotonic()
            _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 77, errors)
        self.assertLess(time.monotonic() - began, 10)
        self.assertFalse(pathlib.Path(f"/proc/{program}").exists())

    def test_ctrl_c_stops_the_program_too(self):
        self.analyse_and_signal(to_group=True)

    def test_an_interrupted_notebook_stops_the_program_too(self):
        self.analyse_and_signal(to_group=False)

    def test_a_program_that_does_not_stop_is_killed(self):
        deaf = pathlib.Path(practice.folder()) / "deaf"
        deaf.write_text("#!/bin/sh\ntrap '' INT TERM\nexec sleep 1000\n")
        deaf.chmod(0o755)
        script = (
            "import matside, matside._analysis as analysis; analysis._PATIENCE_S = 0.2; "
            f"matside.analyze('x', program={str(deaf)!r})"
        )
        with subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE) as process:
            while not (children := children_of(process)):
                time.sleep(0.01)
            time.sleep(0.3)  # until it is deaf
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
        self.assertIn(b"KeyboardInterrupt", errors)
        self.assertFalse(pathlib.Path(f"/proc/{children[0]}").exists())

    def test_a_program_that_was_stopped_from_outside(self):
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            future = pool.submit(matside.analyze, practice.CLIP, threads=1)
            ours = pathlib.Path("/proc/self/task")
            found = []
            while not found:
                time.sleep(0.01)
                for task in ours.iterdir():
                    found += [int(n) for n in (task / "children").read_text().split()]
            time.sleep(0.5)
            os.kill(found[0], signal.SIGTERM)
            self.assertRaisesRegex(matside.StoppedError, "stopped early", future.result, 60)


if __name__ == "__main__":
    unittest.main()
