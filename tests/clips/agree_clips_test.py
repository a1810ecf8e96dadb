"""Tests what agree_clips.py makes of the tables of `matside agree`."""

import csv
import json
import pathlib
import tempfile
import unittest

import agree_clips

EMPTY = dict.fromkeys(
    [
        f"{name}{part}{unit}"
        for name, unit in (("bias", "_deg"), ("lower_limit", "_deg"), ("upper_limit", "_deg"), ("icc_2_1", ""), ("icc_3_1", ""))
        for part in ("", "_low", "_high")
    ],
    "",
)


def row(**cells):
    return {**EMPTY, "kind": "time", "side": "both", "range": "all", "pairs": "9", "mae_deg": "2.25", "rmse_deg": "3.04",
            "sem_deg": "", "mdc95_deg": "", "bias_deg": "-1.5", "lower_limit_deg": "-7.0", "upper_limit_deg": "4.0", **cells}


class AgreeClips(unittest.TestCase):
    def test_intervals_follow_their_value(self):
        with_interval = row(bias_low_deg="-2.0", bias_high_deg="-1.0")
        self.assertEqual(agree_clips.estimate(with_interval, "bias", "_deg", 1), "-1.5 (-2.0 to -1.0)")
        self.assertEqual(agree_clips.estimate(row(), "bias", "_deg", 1), "-1.5")
        self.assertEqual(agree_clips.estimate(row(), "icc_2_1", "", 2), "-")

    def test_a_table_has_only_the_rows_of_its_kind(self):
        lines = agree_clips.table([row(), row(kind="repetition", range="over_90")], "repetition").splitlines()
        self.assertEqual(len(lines), 3)
        self.assertTrue(lines[2].startswith("| both | over 90 | 9 | -1.5 | 2.2 "))

    def test_a_figure_beyond_its_bound_or_missing_is_named(self):
        figures = agree_clips.figures_of([row(), row(range="over_90", mae_deg="9")], [0.01, -0.02])
        self.assertEqual(figures, {"shift": 0.02, "time_bias": 1.5, "time_mae": 2.25, "time_limit": 7.0})
        self.assertEqual(agree_clips.shortfalls(figures, ["time_mae=2.25", "shift=0.02"]), [])
        self.assertEqual(len(agree_clips.shortfalls(figures, ["time_mae=2.2", "repetition_mae=5"])), 2)

    def test_the_figure_has_the_pages_style(self):
        page = "<head><style>a{}</style></head><svg x=\"1\"><a/></svg><svg/>"
        self.assertEqual(agree_clips.first_figure(page), '<svg x="1"><style>a{}</style><a/></svg>\n')

    def test_the_shifts_are_those_of_the_first_table(self):
        text = "a compared with b\n\npractice  shift, s\nclip_1  +0.013 +- 0.002  0.99\nclip_2  -0.010  0.99\n\nrest"
        self.assertEqual(agree_clips.shifts_in(text), [0.013, -0.010])

    def test_the_poses_of_the_most_frequent_size_are_taken_and_other_clips_are_read_again(self):
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            for name, width in (("a", 640), ("b", 360), ("c", 640)):
                source = {"source": {"width": width, "height": 360}}
                (folder / f"{name}.json").write_text(json.dumps(source), encoding="utf-8")
                (folder / f"{name}.truth.json").write_text('{"level": 2}', encoding="utf-8")
            poses, size = agree_clips.poses_in(folder, ["a", "b", "c"])
            self.assertEqual(size, "640x360")
            agree_clips.write_manifest(folder, ["a", "b", "c"], poses, folder / "manifest.csv")
            with open(folder / "manifest.csv", newline="", encoding="utf-8") as file:
                rows = [(pathlib.Path(row["path"]).name, row["level"]) for row in csv.DictReader(file)]
        self.assertEqual(rows, [("a.csv", "2"), ("b.mp4", "2"), ("c.csv", "2")])


if __name__ == "__main__":
    unittest.main()
