#!/usr/bin/env python3
"""Streams recorded poses to `matside serve` by the example client, in messages of one and of several frames.

usage: send_poses_test.py --matside PROGRAM --results DIR [-v]

The answers must be the same byte for byte, and count what `matside analyze` counted. DIR has results and tables of clips.
"""

import argparse
import concurrent.futures
import importlib.util
import json
import pathlib
import re
import struct
import subprocess
import sys
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "docs" / "examples"


def module_at(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


send_poses = module_at(EXAMPLES / "send_poses.py")

OPTIONS = argparse.Namespace()
CLIP = "modified_level0"
SPEED = 3.5  # Of 30 frames a second, below the limit of 120.


def message_of_one(index, width_px, height_px, frame):
    """The form without a subprotocol: one frame in each message."""
    head = struct.pack("<IdHH", index, frame.time_s, width_px, height_px)
    if frame.landmarks is None:
        return head
    return head + struct.pack("<99f", *(number for landmark in frame.landmarks for number in landmark))


class SendPoses(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.table = OPTIONS.results / f"{CLIP}.csv"
        cls.result = json.loads((OPTIONS.results / f"{CLIP}.json").read_text(encoding="utf-8"))
        cls.size = cls.result["source"]["width"], cls.result["source"]["height"]
        cls.level = cls.result["exercise"]["level"]
        command = [OPTIONS.matside, "serve", "--port", "0", "--no-records", "--model", "lite", "--pose-streams", "4"]
        cls.server = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
        cls.address = re.search(r"http://\S+", cls.server.stdout.readline()).group(0)

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()
        cls.server.stdout.close()

    def conversation(self, protocol, frames_per_message):
        """All text messages of the server for the recorded poses."""
        frames = list(send_poses.read_table(self.table))
        stream = send_poses.PoseStream(self.address, every=60, protocol=protocol)
        stream.send_json(send_poses.hello(self.level))
        said = []
        begin = time.monotonic()
        for at in range(0, len(frames), frames_per_message):
            piece = frames[at : at + frames_per_message]
            said += stream.messages(begin + piece[-1].time_s / SPEED)
            if protocol:
                stream.send_binary(send_poses.pose_message(at, *self.size, piece))
            else:
                stream.send_binary(message_of_one(at, *self.size, piece[0]))
        stream.send_json({"type": "stop"})
        said += stream.messages()
        self.assertTrue(stream.closed)
        return [message for message in said if isinstance(message, str)]

    def test_several_frames_in_a_message_give_the_same_answers_byte_for_byte(self):
        ways = [(None, 1), (send_poses.PROTOCOL, 6), (send_poses.PROTOCOL, 60)]
        with concurrent.futures.ThreadPoolExecutor(len(ways)) as at_once:
            one_by_one, *others = at_once.map(lambda way: self.conversation(*way), ways)
        self.assertEqual(json.loads(one_by_one[-1])["type"], "summary")
        for other in others:
            self.assertEqual(other, one_by_one)

    def test_the_example_counts_what_analyze_counts(self):
        done = subprocess.run(
            [sys.executable, "-B", EXAMPLES / "send_poses.py", self.address, self.table, "--size", "x".join(map(str, self.size)),
             "--level", str(self.level), "--speed", str(SPEED)],
            capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        summary = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual(summary["type"], "summary")
        self.assertEqual(summary["frames"], self.result["source"]["frames"])
        counts = {"left": 0, "right": 0, "unsure": 0}
        for repetition in summary["repetitions"]:
            counts[repetition["side"]] += 1
        self.assertEqual(counts, {side: self.result["counts"][side] for side in counts})

    def test_the_example_says_what_is_wrong(self):
        for address, words in [
            ("http://127.0.0.1:1/?key=x", "send_poses.py: "),
            (self.address.split("?")[0], "copy all of what"),
            ("127.0.0.1", "isn't an address"),
        ]:
            done = subprocess.run([sys.executable, "-B", EXAMPLES / "send_poses.py", address, self.table], capture_output=True,
                                  text=True, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(words, done.stderr)
            self.assertNotIn("Traceback", done.stderr)

    def test_a_message_holds_1_to_60_frames_of_33_landmarks(self):
        nobody = send_poses.Frame(0.0, None)
        for frames in [[], [nobody] * 61, [send_poses.Frame(0.0, [(1.0, 2.0, 3.0)] * 32)]]:
            with self.assertRaises(ValueError):
                send_poses.pose_message(0, 640, 360, frames)
        self.assertEqual(len(send_poses.pose_message(0, 640, 360, [nobody] * 60)), 24496)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--matside", required=True, type=pathlib.Path)
    parser.add_argument("--results", required=True, type=pathlib.Path)
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
