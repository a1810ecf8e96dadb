"""matside.Result: its attributes, pandas frames, and texts that are no results."""

import json
import pathlib
import pickle
import subprocess
import sys
import unittest

import numpy as np
import pandas as pd

import matside
import practice_poses as practice


def changed(text, change):
    document = json.loads(text)
    change(document)
    return json.dumps(document)


class Results(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.path, _ = practice.table()
        cls.result = matside.analyze(cls.path, size=practice.SIZE, exercise="single-leg-kick")
        cls.document = cls.result.to_dict()

    def test_the_attributes_are_the_fields_of_the_file(self):
        result, document = self.result, self.document
        self.assertEqual(result.counts.kicks, document["counts"]["kicks"])
        self.assertEqual(result.source.width, 640)
        self.assertEqual(result.view.near_side, document["view"]["near_side"])
        first, given = result.repetitions[0], document["repetitions"][0]
        self.assertEqual((first.side, first.start_s, first.status), (given["side"], given["start_s"], given["status"]))
        self.assertEqual([kick.time_s for kick in first.kicks], [kick["time_s"] for kick in given["kicks"]])
        self.assertEqual(first.measures.greatest_bend_deg.value, given["measures"]["greatest_bend_deg"]["value"])
        self.assertEqual(result.set.mean.rise_s.sd, document["set"]["mean"]["rise_s"]["sd"])
        self.assertIn(f"{result.counts.left} left", repr(result))

    def test_every_key_of_the_schema_is_an_attribute(self):
        """Goes through the document and the object side by side."""

        def compare(value, attribute, place):
            if isinstance(value, dict):
                for key, inner in value.items():
                    if place + key == "schema":
                        continue
                    name = "from_" if key == "from" else key
                    self.assertTrue(hasattr(attribute, name), place + key)
                    compare(inner, getattr(attribute, name), f"{place}{key}.")
            elif isinstance(value, list):
                self.assertEqual(len(value), len(attribute), place)
                for inner, part in zip(value, attribute):
                    compare(inner, part, place)
            else:
                self.assertEqual(value, attribute, place)

        compare(self.document, self.result, "")

    def test_a_result_can_be_read_back_sent_and_not_changed(self):
        text = self.result.to_json()
        again = matside.Result.from_json(text)
        self.assertEqual(again, self.result)
        self.assertEqual(again.to_json(), text)
        self.assertEqual(pickle.loads(pickle.dumps(again)).to_json(), text)
        self.result.to_dict().clear()
        self.assertEqual(self.result.to_dict(), self.document)
        with self.assertRaises(AttributeError):
            again.complete = False

    def test_texts_that_are_no_result_are_refused_with_the_place(self):
        text = self.result.to_json()
        for pattern, wrong in [
            ("not JSON", ""),
            ("not JSON", "{"),
            ("not JSON", "[" * 100_000),
            ("not a result file", "[]"),
            ("not a result file", "{}"),
            ("not JSON", text.replace('"left": ', '"left": NaN, "l": ', 1)),
            ("not a result file", text.replace("matside.analysis/1", "matside.analysis/2")),
            (r"result\.counts: is missing", changed(text, lambda d: d.pop("counts"))),
            (
                r"result\.counts\.left: must be of type int, not str",
                changed(text, lambda d: d["counts"].update(left="4")),
            ),
            (
                r"result\.counts\.left: must be of type int, not bool",
                changed(text, lambda d: d["counts"].update(left=True)),
            ),
            (r"result\.repetitions: must be a list", changed(text, lambda d: d.update(repetitions={}))),
            (r"result\.repetitions\[0\]: must be an object", changed(text, lambda d: d.update(repetitions=[1]))),
            (
                r"result\.repetitions\[0\]\.kicks\[0\]\.time_s: must be of type float",
                changed(text, lambda d: d["repetitions"][0]["kicks"][0].update(time_s=None)),
            ),
        ]:
            self.assertRaisesRegex(
                matside.InputError,
                "^" + pattern if pattern.startswith("result") else pattern,
                matside.Result.from_json,
                wrong,
            )
        matside.Result.from_json(changed(text, lambda d: d.update(added_later=1)))

    def test_a_result_of_an_earlier_version_has_no_peaks(self):
        first = self.result.repetitions[0]
        self.assertEqual(
            [(peak.time_s, peak.value, peak.unit) for peak in first.peaks],
            [(kick.time_s, kick.knee_flexion_deg, "deg") for kick in first.kicks],
        )
        text = changed(self.result.to_json(), lambda d: [r.pop("peaks") for r in d["repetitions"]])
        earlier = matside.Result.from_json(text).repetitions[0]
        self.assertEqual((earlier.peaks, earlier.kicks), ((), first.kicks))


class Frames(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        path, _ = practice.table()
        dataset = pathlib.Path(practice.folder()) / "dataset"
        # Level 2 has faults in this practice, which is of level 1.
        practice.run_program("batch", path, "-o", dataset, "--level=2", "--size=640x360")
        cls.dataset = dataset
        cls.result = matside.analyze(path, size=practice.SIZE, exercise="single-leg-kick", level=2, poses=True)

    def expect_table(self, frame, name):
        expected = pd.read_csv(self.dataset / name).drop(columns="practice")
        self.assertGreater(len(expected), 0)
        self.assertEqual(list(frame.columns), list(expected.columns))
        for column in frame.columns:
            given, wanted = frame[column], expected[column]
            if wanted.dtype == object:
                self.assertEqual(list(given), list(wanted), column)
            else:
                np.testing.assert_array_equal(given.astype(float), wanted.astype(float), column)

    def test_of_repetitions_are_those_of_batch(self):
        self.expect_table(self.result.repetitions_frame(), "repetitions.csv")

    def test_of_faults_are_those_of_batch(self):
        self.expect_table(self.result.faults_frame(), "faults.csv")

    def test_of_kicks_have_each_kick(self):
        kicks = self.result.kicks_frame()
        self.assertEqual(len(kicks), self.result.counts.kicks)
        self.assertEqual(list(kicks.columns), ["repetition", "side", "kick", "time_s", "knee_flexion_deg"])
        last = self.result.repetitions[-1]
        self.assertEqual(
            kicks.iloc[-1].to_list(),
            [last.index, last.side, len(last.kicks), last.kicks[-1].time_s, last.kicks[-1].knee_flexion_deg],
        )

    def test_of_poses_have_each_landmark(self):
        poses = self.result.poses.to_frame()
        self.assertEqual(len(poses), 33 * self.result.source.frames)
        knees = poses[poses.keypoint == "left_knee"]
        np.testing.assert_array_equal(knees.x_px, self.result.poses.landmarks[:, 25, 0])
        np.testing.assert_array_equal(knees.time_s, self.result.poses.times_s)

    def test_of_nothing_have_the_same_columns_and_types(self):
        session = practice.new_session()
        session.push(np.zeros((33, 3)), 0.0)
        empty = session.result()
        for name in ["repetitions_frame", "kicks_frame", "peaks_frame"]:
            frame, full = getattr(empty, name)(), getattr(self.result, name)()
            self.assertEqual(len(frame), 0)
            self.assertEqual(dict(frame.dtypes), dict(full.dtypes), name)

    def test_pandas_is_imported_only_for_them(self):
        script = (
            "import sys, matside; s = matside.Session(size=(640, 360)); s.push([[0.0] * 3] * 33, 0.0); r = s.result();"
            "assert 'pandas' not in sys.modules; r.kicks_frame(); assert 'pandas' in sys.modules"
        )
        subprocess.run([sys.executable, "-c", script], check=True)


if __name__ == "__main__":
    unittest.main()
