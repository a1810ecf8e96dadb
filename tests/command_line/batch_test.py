"""`matside batch` as a laboratory runs it: many recordings, broken ones among them, interruptions, and a dataset that is
the same byte for byte however often it was interrupted. Usage: batch_test.py MATSIDE CLIP"""

import csv
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

MATSIDE, CLIP = sys.argv[1:3]
TABLES = ["practices", "repetitions", "faults", "readings", "knee_angles", "failures"]
DATASET = [*(f"{name}.csv" for name in TABLES), "dataset.sqlite", "index.html"]
SIZE = ["--size", "640x360", "--level", "0", "--model", "lite"]
PATIENCE_S = 240


def matside(folder, *arguments):
    return subprocess.run([MATSIDE, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S)


def cells(path):
    return list(csv.reader(io.StringIO(path.read_text(), newline="")))


def rows(folder, name):
    return list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text(), newline="")))


def tables(folder):
    return {name: (folder / name).read_bytes() for name in DATASET}


def results(dataset):
    folder = dataset / "results"
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) if folder.exists() else []


class Recordings:
    """Pose tables that are made from one clip's, two videos, a folder of OpenPose, and broken files of ten kinds."""

    def __init__(self, folder):
        self.folder = folder
        done = matside(folder, "analyze", CLIP, *SIZE[2:], "--to", "14", "--quiet", "--json", "-", "--poses", "poses.csv")
        assert done.returncode == 0, done.stderr
        self.poses = cells(folder / "poses.csv")
        os.remove(folder / "poses.csv")
        (folder / "lab").mkdir()
        for n in range(24):
            self.write_poses(folder / "lab" / f"kick_{n:02}.csv", n)
        shutil.copy(folder / "lab" / "kick_03.csv", folder / "lab" / "same_as_03.csv")
        for name, seconds in (("short", "1.0"), ("shorter", "0.4")):
            subprocess.run(["ffmpeg", "-v", "error", "-i", CLIP, "-t", seconds, "-c", "copy", "-metadata",
                            "creation_time=2026-01-05T08:30:00Z", folder / "lab" / f"{name}.mp4"], check=True)
        exported = matside(folder, "export", "lab/kick_00.csv", *SIZE[:4], "--format", "openpose", "-o", "lab/openpose",
                           "--quiet")
        assert exported.returncode == 0, exported.stderr
        self.break_some(folder / "broken")

    def write_poses(self, path, n):
        """The clip's poses, n pixels to the side and without the first n frames."""
        header, *frames = self.poses
        x = [i for i, name in enumerate(header) if name.endswith("_x")]
        with path.open("w", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(header)
            for frame in frames[n:]:
                moved = list(frame)
                for i in x:
                    moved[i] = f"{float(frame[i]) + n:.2f}" if frame[i] else ""
                out.writerow(moved)

    def break_some(self, folder):
        folder.mkdir()
        clip = Path(CLIP).read_bytes()
        header, *frames = self.poses
        (folder / "empty.mp4").write_bytes(b"")
        (folder / "no_index.mp4").write_bytes(clip.replace(b"moov", b"gone"))
        (folder / "noise.mp4").write_bytes(bytes((i * i * 7919 >> 3) % 256 for i in range(50_000)))
        (folder / "text.mp4").write_text("This is not a video.\n" * 100)
        (folder / "half.json").write_text('{"schema": "matside.analysis/1", "complete"')
        (folder / "other.json").write_text('{"hello": [1, 2, 3]}')
        (folder / "letters.csv").write_text(",".join(header) + "\n" + ",".join(["x"] * len(header)) + "\n")
        (folder / "header.csv").write_text(",".join(header) + "\n")
        (folder / "cut.csv").write_text(",".join(header) + "\n" + ",".join(frames[0][:7]) + "\n")
        os.mkfifo(folder / "pipe.mp4")
        (folder / "nowhere.mp4").symlink_to("does-not-exist")
        (folder / "name\n\x1b[31m.mp4").write_text("red")


class BatchTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="matside_batch_"))
        cls.recordings = Recordings(cls.folder)
        cls.command = ["batch", "lab", "broken", *SIZE, "--threads", "2", "--no-reports"]
        cls.whole = cls.folder / "whole"
        cls.first = matside(cls.folder, *cls.command, "-o", "whole")
        cls.expected = tables(cls.whole) if (cls.whole / "index.html").exists() else {}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def run_batch(self, *arguments):
        return matside(self.folder, *arguments)

    def start(self, dataset):
        """The batch in a process group of its own."""
        return subprocess.Popen([MATSIDE, *self.command, "-o", dataset], cwd=self.folder, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, start_new_session=True)

    def test_every_recording_is_in_the_tables_or_named_with_a_reason(self):
        self.assertEqual(self.first.returncode, 3, self.first.stderr)
        practices, failures = rows(self.whole, "practices"), rows(self.whole, "failures")
        self.assertEqual(len(practices), 27)
        self.assertEqual(len({row["practice"] for row in practices}), 27)
        reasons = {Path(row["path"]).name: (row["kind"], row["reason"]) for row in failures}
        self.assertEqual(reasons["same_as_03.csv"], ("duplicate", "is the same recording as lab/kick_03.csv"))
        for name, saying in {"empty.mp4": "empty", "text.mp4": "not a video", "noise.mp4": "not a video",
                             "no_index.mp4": "not a video", "half.json": "not a pose file", "letters.csv": "not a number", "pipe.mp4": "isn't a file",
                             "nowhere.mp4": "no such file", "cut.csv": "line 2"}.items():
            self.assertIn(saying, reasons[name][1], name)
            self.assertEqual(reasons[name][0], "input", name)
            self.assertNotIn(name, reasons[name][1])
        self.assertIn("name\\u000a\\u001b[31m.mp4", reasons)
        self.assertEqual(len(practices) + len(failures), 28 + 12)
        self.assertIn("27 practices in whole", self.first.stdout)

    def test_rows_say_what_analyze_says(self):
        alone = matside(self.folder, "analyze", "lab/kick_05.csv", *SIZE, "--json", "-", "--quiet")
        result = json.loads(alone.stdout)
        practice = next(row for row in rows(self.whole, "practices") if row["path"] == "lab/kick_05.csv")
        for count in ("left", "right", "unsure", "kicks", "clean"):
            self.assertEqual(int(practice[count]), result["counts"][count], count)
        self.assertEqual(practice["sha256"], result["source"]["sha256"])
        self.assertEqual(practice["measured_in"], result["pose"]["measured_in"])
        self.assertEqual(float(practice["greatest_bend_deg"]), result["set"]["mean"]["greatest_bend_deg"]["value"])
        mine = [row for row in rows(self.whole, "repetitions") if row["practice"] == practice["practice"]]
        self.assertEqual(len(mine), len(result["repetitions"]))
        self.assertGreater(len(mine), 0)
        for row, repetition in zip(mine, result["repetitions"]):
            self.assertEqual(row["side"], repetition["side"])
            self.assertEqual(float(row["end_s"]), repetition["end_s"])
            self.assertEqual(int(row["kicks"]), len(repetition["kicks"]))
        angles = [row for row in rows(self.whole, "knee_angles") if row["practice"] == practice["practice"]]
        self.assertGreater(len(angles), 200)
        self.assertGreater(max(float(row["knee_flexion_deg"]) for row in angles), 60.0)

    def test_a_video_has_its_own_date(self):
        practice = next(row for row in rows(self.whole, "practices") if row["path"] == "lab/short.mp4")
        self.assertEqual((practice["date"], practice["date_from"]), ("2026-01-05T08:30:00+00:00", "file"))

    def test_the_database_has_what_the_csv_files_have(self):
        database = sqlite3.connect(self.whole / "dataset.sqlite")
        for name in TABLES:
            cursor = database.execute(f"SELECT * FROM {name}")
            header, *read = cells(self.whole / f"{name}.csv")
            self.assertEqual([column[0] for column in cursor.description], header)
            text = [["" if cell is None else cell for cell in row] for row in cursor]
            self.assertEqual(len(text), len(read), name)
            for stored, written in zip(text, read):
                for a, b in zip(stored, written):
                    self.assertTrue(str(a) == b or float(a) == float(b), (name, a, b))
        database.close()

    def test_a_second_run_analyses_nothing_and_changes_nothing(self):
        os.utime(self.folder / "lab" / "kick_01.csv")
        again = self.run_batch(*self.command, "-o", "whole")
        self.assertEqual(again.returncode, 3)
        # Those that can't even be read are tried again.
        self.assertIn("(38 of 40 recordings were done before)", again.stdout)
        self.assertEqual(tables(self.whole), self.expected)

    def test_one_worker_gives_what_two_give(self):
        self.run_batch("batch", "lab", "broken", *SIZE, "--threads", "1", "--no-reports", "-o", "one")
        self.assertEqual(tables(self.folder / "one"), self.expected)

    def test_killed_at_any_instant_and_resumed_it_gives_the_same_bytes(self):
        dataset = self.folder / "killed"
        instants = [
            lambda: (dataset / "dataset.json").exists(),
            lambda: len(results(dataset)) >= 1,
            lambda: len(results(dataset)) >= 5,
            lambda: any(path.name.startswith(".matside-folder") for path in (dataset / "results").iterdir()),
            lambda: len(results(dataset)) >= 14,
            lambda: len(results(dataset)) >= 25,
            lambda: len(results(dataset)) >= 33,
            lambda: any(path.name.startswith(".matside-dataset") for path in dataset.iterdir()),
            lambda: (dataset / "practices.csv").exists(),
        ]
        killed = 0
        for reached in instants:
            process = self.start("killed")
            while process.poll() is None and not reached():
                pass
            killed += process.poll() is None
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE_S)
            for key in results(dataset):
                self.assertTrue((dataset / "results" / key / "result.json").exists(), key)
        self.assertGreater(killed, 5)
        self.assertEqual(self.run_batch(*self.command, "-o", "killed").returncode, 3)
        self.assertEqual(tables(dataset), self.expected)
        self.assertEqual(results(dataset), results(self.whole))
        self.assertEqual([path.name for path in dataset.iterdir() if path.name.startswith(".")], [".lock"])

    def test_the_workers_end_with_the_batch(self):
        dataset = self.folder / "orphans"
        process = self.start("orphans")
        while process.poll() is None and len(results(dataset)) < 2:
            pass
        process.kill()
        process.wait(PATIENCE_S)
        # The lock is free only when every process is gone.
        self.assertEqual(subprocess.run(["flock", "--timeout", "60", dataset / ".lock", "true"], check=False).returncode, 0)

    def test_ctrl_c_stops_it_and_the_next_run_continues(self):
        dataset = self.folder / "stopped"
        process = self.start("stopped")
        while process.poll() is None and len(results(dataset)) < 3:
            pass
        os.killpg(process.pid, signal.SIGINT)
        self.assertEqual(process.wait(PATIENCE_S), 130)
        self.assertFalse((dataset / "practices.csv").exists())
        self.assertLess(len(results(dataset)), 38)
        self.assertEqual(self.run_batch(*self.command, "-o", "stopped").returncode, 3)
        self.assertEqual(tables(dataset), self.expected)

    def test_a_dead_worker_costs_only_its_recording(self):
        dataset = self.folder / "dead"
        process = self.start("dead")
        while process.poll() is None and len(results(dataset)) < 4:
            pass
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGSEGV)
        self.assertEqual(process.wait(PATIENCE_S), 3)
        self.assertEqual(tables(dataset), self.expected)

    def test_two_batches_never_write_one_dataset(self):
        process = self.start("shared")
        while process.poll() is None and not (self.folder / "shared" / "dataset.json").exists():
            pass
        second = self.run_batch(*self.command, "-o", "shared")
        running = process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE_S)
        if running:
            self.assertEqual(second.returncode, 2)
            self.assertIn("another matside batch is writing this dataset", second.stderr)

    def test_other_options_and_other_contents_are_analysed_anew(self):
        one = ["batch", "lab/kick_0[0-3].csv", "--no-reports", "-o", "anew", *SIZE]
        self.assertEqual(self.run_batch(*one).returncode, 0)
        self.assertEqual(len(results(self.folder / "anew")), 4)
        self.assertEqual(self.run_batch(*one, "--to", "5").returncode, 0)
        self.assertEqual(len(results(self.folder / "anew")), 8)
        (self.folder / "anew" / "results" / results(self.folder / "anew")[0] / "analysis.json").write_text("{")
        self.assertEqual(self.run_batch(*one).returncode, 0)
        self.assertEqual(len(rows(self.folder / "anew", "practices")), 4)

    def test_a_manifest_says_whose_each_recording_is(self):
        (self.folder / "people.csv").write_text(
            "path,person,level,date,height_m,note\n"
            'lab/kick_00.csv,Ada,1,2026-01-05,1.72,"first, and ""best"""\n'
            "lab/kick_01.csv,Bo,,2026-01-06T09:30+01:00,,\n"
            "lab/kick_00.csv,Cy,,,,the path is there twice\n"
            "lab/same_as_03.csv,Ada,,,,\nlab/kick_03.csv,Bo,,,,\nlab/missing.csv,Bo,,,,\n")
        done = self.run_batch("batch", "people.csv", *SIZE, "-o", "people")
        self.assertEqual(done.returncode, 3, done.stderr)
        practices = {(row["path"], row["person"]): row for row in rows(self.folder / "people", "practices")}
        ada = practices["lab/kick_00.csv", "Ada"]
        self.assertEqual([ada[key] for key in ("person", "level", "date", "date_from", "height_m", "note")],
                         ["Ada", "1", "2026-01-05", "manifest", "1.72", 'first, and "best"'])
        self.assertEqual(practices["lab/kick_01.csv", "Bo"]["level"], "0")
        self.assertEqual(len(practices), 5, "one recording is a practice of each of two persons")
        self.assertEqual(practices["lab/kick_00.csv", "Cy"]["note"], "the path is there twice")
        self.assertEqual([row["path"] for row in rows(self.folder / "people", "failures")], ["lab/missing.csv"])
        for row in practices.values():
            page = (self.folder / "people" / row["report"]).read_text()
            self.assertTrue(page.startswith("<!"), row["report"])
            self.assertIn(f'href="{row["report"]}"', (self.folder / "people" / "index.html").read_text())

    def test_what_is_wrong_is_said_before_anything_is_written(self):
        (self.folder / "mine").mkdir(exist_ok=True)
        (self.folder / "mine" / "letter.txt").write_text("Dear Ada")
        (self.folder / "wrong.csv").write_text("path,person,age\nlab/kick_00.csv,Ada,7\n")
        (self.folder / "level.csv").write_text("path,level\nlab/kick_00.csv,99\n")
        for arguments, code, saying in [
            (["lab", "-o", "mine"], 4, "contains letter.txt, which no batch wrote"),
            (["nothing", "-o", "x"], 3, "no such file or folder"),
            (["mine", "-o", "x", "--no-reports"], 0, ""),
            (["wrong.csv", "-o", "y"], 3, "line 1, column 3: \"age\" is not one of the columns"),
            (["level.csv", "-o", "y"], 3, "line 2, column 2: level must be from 0 to"),
            (["lab"], 2, "--output"),
            (["lab", "-o", "y", "--level", "99"], 2, "--level"),
        ]:
            with self.subTest(arguments):
                done = self.run_batch("batch", *arguments)
                if saying:
                    self.assertEqual(done.returncode, code, done.stderr)
                    self.assertIn(saying, done.stderr)
        self.assertEqual((self.folder / "mine" / "letter.txt").read_text(), "Dear Ada")
        self.assertFalse((self.folder / "y").exists())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "--verbose", *sys.argv[3:]])
