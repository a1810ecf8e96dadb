"""`matside batch --slurm` on a Slurm of two nodes that this test starts: the same tables as without Slurm, byte for
byte, whatever dies. Usage: slurm_test.py MATSIDE CLIP"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from batch_test import CLIP, MATSIDE, PATIENCE_S, SIZE, Recordings, matside, results, rows, tables

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from support.slurm_cluster import SlurmCluster, send_all, wait_until  # noqa: E402

SLURM = ["--slurm", "--partition=p --time=30", "--slurm-tasks", "2"]


class SlurmTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="matside_slurm_"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        Recordings(cls.folder)
        cls.analysis = ["batch", "lab", "broken", *SIZE, "--no-reports"]
        assert matside(cls.folder, *cls.analysis, "-o", "plain").returncode == 3
        cls.expected = tables(cls.folder / "plain")
        cls.cluster = SlurmCluster(cls.folder / "slurm")
        cls.cluster.__enter__()
        cls.addClassCleanup(cls.cluster.__exit__)

    def setUp(self):
        self.began = time.monotonic()

    def tearDown(self):
        print(f"{time.monotonic() - self.began:.1f} s ", end="", file=sys.stderr, flush=True)

    def start(self, dataset, *options, environment=None, **more):
        return subprocess.Popen([MATSIDE, *self.analysis, *(options or SLURM), "-o", dataset], cwd=self.folder,
                                env=environment or self.cluster.environment, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **more)

    def ended(self, process):
        """What it printed and its exit code."""
        out, err = process.communicate(timeout=PATIENCE_S)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def batch(self, dataset, *options, **more):
        return self.ended(self.start(dataset, *options, **more))

    def start_until(self, dataset, count, *options):
        """A batch that has so many results, and is at work on both nodes."""
        process = self.start(dataset, *options)
        def is_at_work():
            return len(results(self.folder / dataset)) >= count and len(self.claimed_by(dataset)) == 2

        wait_until(lambda: process.poll() is not None or is_at_work(), f"{count} results")
        self.assertIsNone(process.poll(), "the batch ended too early for this test")
        return process

    def claimed_by(self, dataset):
        """The tasks that have a recording now."""
        return {path.name.split(".")[2] for path in (self.folder / dataset).glob("slurm/*/taken/*")}

    def assert_complete(self, dataset, done):
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(tables(self.folder / dataset), self.expected)
        self.assertEqual(results(self.folder / dataset), results(self.folder / "plain"))
        self.assertFalse((self.folder / dataset / "slurm").exists(), "nothing is left of the queue")
        wait_until(lambda: not self.cluster.tasks(), "the tasks' end")

    def test_it_gives_the_same_tables_and_a_second_submission_does_nothing(self):
        done = self.batch("same")
        self.assert_complete("same", done)
        self.assertRegex(done.stderr, r"submitted job \d+ to Slurm: 2 tasks for 38 recordings")
        self.assertIn("27 practices in same", done.stdout)
        jobs = self.cluster.run("scontrol", "show", "job").stdout
        again = self.batch("same")
        self.assert_complete("same", again)
        self.assertNotIn("submitted", again.stderr)
        self.assertIn("(38 of 40 recordings were done before)", again.stdout)
        self.assertEqual(re.findall(r"JobId=\d+", self.cluster.run("scontrol", "show", "job").stdout),
                         re.findall(r"JobId=\d+", jobs))
        # A batch without Slurm finds the results, too; and what has changed is looked at again.
        plain = matside(self.folder, *self.analysis, "-o", "same")
        self.assertIn("(38 of 40 recordings were done before)", plain.stdout)
        os.utime(self.folder / "lab" / "kick_01.csv")
        touched = self.batch("same")
        self.assert_complete("same", touched)
        self.assertIn("1 task for 1 recording", touched.stderr)

    def test_a_cancelled_task_costs_only_its_recording(self):
        process = self.start_until("cancelled", 4)
        self.cluster.run("scancel", sorted(self.claimed_by("cancelled"))[0])
        self.assert_complete("cancelled", self.ended(process))

    def test_a_node_that_loses_power_costs_only_its_recordings(self):
        process = self.start_until("power", 4)
        self.cluster.kill_node("n2")
        done = self.ended(process)
        self.cluster.start_node("n2")
        wait_until(self.cluster.is_idle, "n2")
        self.assert_complete("power", done)

    def test_a_node_that_comes_back_late_changes_nothing(self):
        process = self.start_until("late", 4)
        frozen = self.cluster.freeze_node("n2")
        done = self.ended(process)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(tables(self.folder / "late"), self.expected)
        send_all(frozen, signal.SIGCONT)
        wait_until(self.cluster.is_idle, "n2")
        self.assert_complete("late", done)

    def test_an_array_that_ends_too_early_is_submitted_again(self):
        process = self.start_until("early", 4)
        self.cluster.run("scancel", sorted(self.claimed_by("early"))[0].split("_")[0])
        done = self.ended(process)
        self.assert_complete("early", done)
        self.assertEqual(len(re.findall("submitted job", done.stderr)), 2, done.stderr)

    def test_ctrl_c_ends_the_tasks_and_the_next_command_continues(self):
        process = self.start_until("stopped", 4)
        process.send_signal(signal.SIGINT)
        done = self.ended(process)
        self.assertEqual(done.returncode, 130)
        self.assertRegex(done.stderr, r"stopped early; Slurm's tasks are cancelled; \d+ recordings done; run the same")
        self.assertFalse((self.folder / "stopped" / "practices.csv").exists())
        wait_until(lambda: not self.cluster.tasks(), "the tasks' end")
        self.assertLess(len(results(self.folder / "stopped")), 38)
        self.assert_complete("stopped", self.batch("stopped"))

    def test_killed_while_it_waits_the_tasks_go_on_and_the_next_command_takes_what_they_did(self):
        process = self.start_until("orphaned", 2)
        process.kill()
        self.ended(process)
        self.assertTrue(self.cluster.tasks())
        self.assert_complete("orphaned", self.batch("orphaned"))

    def test_any_number_of_tasks_gives_the_same(self):
        self.assert_complete("many", self.batch("many", "--slurm", "-p p -t 30", "--slurm-tasks", "7"))
        self.assert_complete("any %j 'name' $HOME `id`", self.batch("any %j 'name' $HOME `id`", "--slurm", ""))

    def test_reports_and_the_other_options_reach_the_tasks(self):
        options = ["lab/kick_0[0-2].csv", *SIZE, "--from=1", "--to", "9"]
        self.assertEqual(matside(self.folder, "batch", *options, "-o", "with").returncode, 0)
        self.assertEqual(subprocess.run([MATSIDE, "batch", *options, *SLURM, "-o", "with_slurm"], cwd=self.folder,
                                        env=self.cluster.environment, capture_output=True, timeout=PATIENCE_S,
                                        check=False).returncode, 0)
        self.assertEqual(tables(self.folder / "with_slurm"), tables(self.folder / "with"))
        for key in results(self.folder / "with"):
            self.assertTrue((self.folder / "with_slurm" / "results" / key / "report.html").exists())

    def test_what_is_wrong_with_the_submission_is_said(self):
        for options, saying in [
            (["--slurm", "-p nowhere"], "--slurm: sbatch: Batch job submission failed: Invalid partition name"),
            (["--slurm", "--time=soon"], "--slurm: sbatch: "),
            (["--slurm", "-p p --array=0-3"], "--array can't be given: use --slurm-tasks"),
            (["--slurm", "-p p; touch owned"], '"touch" is neither an option of sbatch'),
            (["--slurm", "-p 'p"], "a quote (') isn't closed"),
            (["--slurm", "", "--threads", "4"], "--threads: with --slurm"),
            (["--slurm-tasks", "4"], "--slurm-tasks: give --slurm, too"),
            (["--slurm-worker"], "--slurm-worker is only for the tasks"),
        ]:
            with self.subTest(options):
                done = self.batch("wrong", *options)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(saying, done.stderr)
        self.assertFalse((self.folder / "owned").exists())
        done = self.batch("wrong", environment={"PATH": "/nowhere"})
        self.assertEqual(done.returncode, 2)
        self.assertIn("squeue is missing: run this on a computer of the cluster", done.stderr)
        (self.folder / "broken.conf").write_text("ClusterName=t\n")
        broken = {**self.cluster.environment, "SLURM_CONF": str(self.folder / "broken.conf")}
        done = self.batch("wrong", environment=broken)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--slurm: squeue: ", done.stderr)

    def test_folders_that_the_cluster_does_not_see_are_named(self):
        # What a descriptor of this process leads to exists for nobody else.
        (self.folder / "private").mkdir()
        descriptor = os.open(self.folder / "private", os.O_RDONLY)
        try:
            hidden = self.batch(f"/dev/fd/{descriptor}/dataset", pass_fds=[descriptor])
            self.assertEqual(hidden.returncode, 4, hidden.stderr)
            self.assertRegex(hidden.stderr, rf"job \d+ ended and analysed nothing: .*/dev/fd/{descriptor}/dataset")
            shutil.copy(self.folder / "lab" / "kick_00.csv", self.folder / "private")
            recording = f"/dev/fd/{descriptor}/kick_00.csv"
            done = subprocess.run([MATSIDE, "batch", recording, *SIZE, *SLURM, "-o", "unshared"], cwd=self.folder,
                                  env=self.cluster.environment, pass_fds=[descriptor], capture_output=True, text=True,
                                  timeout=PATIENCE_S, check=False)
        finally:
            os.close(descriptor)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertRegex(done.stderr, rf"n\d: {recording}: no such file; this computer can read it: share its")

    def test_a_computer_with_another_version_is_named(self):
        process = self.start("version", "--slurm", "-p p --hold", "--slurm-tasks", "1")
        held = lambda: self.cluster.run("squeue", "--noheader", "--format=%F").stdout.split()
        wait_until(held, "the held task")
        settings = next((self.folder / "version").glob("slurm/*/settings.json"))
        settings.write_text(json.dumps({**json.loads(settings.read_text()), "program": "9.9"}))
        self.cluster.run("scontrol", "release", held()[0])
        done = self.ended(process)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertRegex(done.stderr, r"n\d: has Matside .* but the batch was started by \"9.9\" .*; install the same")

    def test_a_recording_that_disappears_is_a_failure_like_any_other(self):
        (self.folder / "leaving").mkdir()
        for n in range(3):
            shutil.copy(self.folder / "lab" / f"kick_{n:02}.csv", self.folder / "leaving")
        process = subprocess.Popen([MATSIDE, "batch", "leaving", *SIZE, "--slurm", "--begin=now+3", "-o", "gone"],
                                   cwd=self.folder, env=self.cluster.environment, text=True, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        wait_until(lambda: "BeginTime" in self.cluster.run("squeue", "--noheader", "--format=%r").stdout, "the tasks")
        (self.folder / "leaving" / "kick_01.csv").unlink()
        done = self.ended(process)
        self.assertEqual(done.returncode, 3, done.stderr)
        failures = {row["path"]: row["reason"] for row in rows(self.folder / "gone", "failures")}
        self.assertEqual(failures, {"leaving/kick_01.csv": "no such file"})
        self.assertEqual(len(rows(self.folder / "gone", "practices")), 2)

    def test_tasks_that_slurm_asks_to_stop_leave_their_recordings_to_others(self):
        process = self.start_until("asked", 4)
        task = sorted(self.claimed_by("asked"))[0]
        self.cluster.run("scancel", "--signal=TERM", "--full", task)
        wait_until(lambda: task not in self.claimed_by("asked"), "the task's end")
        self.assert_complete("asked", self.ended(process))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "--verbose", *sys.argv[3:]])
