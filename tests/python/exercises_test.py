"""Exercises besides the single-leg kick: chosen by their id, listed, and of one's own."""

import csv
import hashlib
import json
import pathlib
import unittest

import numpy as np

import matside
import practice_poses as practice
import simulated_moves as simulated

IDS = ["single-leg-kick", "double-leg-kick", "prone-leg-lift", "swan-preparation"]
FILES = practice.ROOT / "data" / "exercises" / "moves"


def performed(poses, exercise, level=0):
    """A session to its end, and its repetitions."""
    session = matside.Session(size=simulated.SIZE, exercise=exercise, level=level)
    events = session.push(*poses) + session.finish()
    return session, [event for event in events if isinstance(event, matside.RepetitionFinished)]


def table_of(poses, name):
    """Writes a table of poses, as `matside analyze --poses` does: (path, sha256)."""
    header = practice.table()[0].read_text(encoding="utf-8").splitlines()[0].split(",")
    path = pathlib.Path(practice.folder()) / name
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(header)
        for number, (points, time_s) in enumerate(zip(*poses)):
            # There are no measured knees.
            row = [number, f"{time_s:.6f}", *(f"{value:.4f}" for value in points.ravel())]
            rows.writerow(row + [""] * (len(header) - len(row)))
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def own_swan(**changes):
    """The text of a file like that of the swan preparation, in which nothing is high enough."""
    document = json.loads((FILES / "swan_preparation.json").read_text(encoding="utf-8"))
    document["id"] = "studio-swan"
    for rule in document["rules"]:
        if rule["id"] == "small_lift":
            rule["below"]["value"] = 40
    document.update(changes)
    return json.dumps(document)


class Chosen(unittest.TestCase):
    def test_by_its_id_a_session_counts_both_sides(self):
        session, repetitions = performed(simulated.swan(), "swan-preparation", level=1)
        self.assertEqual(session.counts, matside.Counts(left=0, right=0, unsure=0, kicks=4, clean=4, both=4))
        self.assertEqual([each.side for each in repetitions], ["both"] * simulated.REPETITIONS)
        first = repetitions[0]
        self.assertEqual((first.kicks, len(first.peaks), first.peaks[0].unit), ((), 1, "deg"))
        self.assertAlmostEqual(first.peaks[0].value, 14.0, delta=0.5)
        self.assertIsNone(first.peaks[0].leg)
        readings = {reading.id: reading for reading in first.readings}
        self.assertEqual(readings["hold_s"].unit, "s")
        self.assertAlmostEqual(readings["lift_deg"].value, 14.0, delta=0.5)
        self.assertEqual(session.result().exercise, matside.ExerciseInfo("swan-preparation", 1))

    def test_what_is_wrong_is_found_by_the_rules_of_the_exercise(self):
        _, repetitions = performed(simulated.swan(hold_s=0.4), "swan-preparation")
        self.assertEqual([[fault.id for fault in each.faults] for each in repetitions], [["short_hold"]] * 4)

    def test_each_leg_of_both_has_its_peaks(self):
        _, repetitions = performed(simulated.double_kick(), "double-leg-kick")
        self.assertEqual(len(repetitions), simulated.REPETITIONS)
        for each in repetitions:
            legs = [peak.leg for peak in each.peaks]
            self.assertEqual((each.side, legs.count("left"), legs.count("right"), len(legs)), ("both", 3, 3, 6))

    def test_the_frame_state_says_that_both_legs_move(self):
        points, times = simulated.double_kick()
        session = matside.Session(size=simulated.SIZE, exercise="double-leg-kick", level=0)
        sides = set()
        for start in range(0, len(times), 5):
            session.push(points[start : start + 5], times[start : start + 5])
            sides.add(session.frame_state.moving_side)
        self.assertEqual(sides, {"unsure", "both"})

    def test_without_one_it_is_the_single_leg_kick(self):
        results = []
        for exercise in [None, "single-leg-kick", matside.exercises()[0]]:
            session = practice.new_session(exercise=exercise)
            practice.push_in_blocks(session, 200)
            results.append(session.result())
        self.assertEqual(results[0].to_json(), results[1].to_json())
        self.assertEqual(results[0].to_json(), results[2].to_json())
        self.assertGreaterEqual(results[0].counts.kicks, 4)
        self.assertEqual(results[0].counts.both, 0)
        for each in results[0].repetitions:
            self.assertEqual([peak.time_s for peak in each.peaks], [kick.time_s for kick in each.kicks])
            self.assertEqual(each.readings, ())

    def test_analyze_gives_what_the_command_line_and_a_session_give(self):
        path, sha256 = table_of(simulated.swan(), "swan.csv")
        expected = practice.run_program(
            "analyze", path, "--size=640x360", "--quiet", "--json=-", "--exercise=swan-preparation", "--level=1"
        )
        for exercise in ["swan-preparation", matside.exercises()[3]]:
            result = matside.analyze(path, size=simulated.SIZE, exercise=exercise, level=1)
            self.assertEqual(result.to_json(), expected)
        self.assertEqual(result.counts.both, simulated.REPETITIONS)
        session, _ = performed(simulated.swan(), "swan-preparation", level=1)
        self.assertEqual(session.result(path, sha256, "matside-poses").to_json(), expected)

    def test_without_one_analyze_tells_it_from_the_movements(self):
        for poses, wanted in [(simulated.swan(), "swan-preparation"), (simulated.double_kick(), "double-leg-kick")]:
            path, _ = table_of(poses, "unnamed.csv")
            result = matside.analyze(path, size=simulated.SIZE, level=0)
            self.assertEqual((result.exercise.id, result.counts.both), (wanted, simulated.REPETITIONS))


class Listed(unittest.TestCase):
    def test_with_names_and_levels(self):
        every = matside.exercises()
        self.assertEqual([each.id for each in every], IDS)
        self.assertEqual([len(each.levels) for each in every], [4, 2, 2, 2])
        for each in every[1:]:
            document = json.loads((FILES / f"{each.id.replace('-', '_')}.json").read_text(encoding="utf-8"))
            self.assertEqual(each.name, document["name"])
            self.assertEqual(
                [(level.number, level.name, level.description) for level in each.levels],
                [(level["number"], level["name"], level["description"]) for level in document["levels"]],
            )
        self.assertEqual(repr(every[3]), "<matside.Exercise 'swan-preparation': levels 0, 1>")

    def test_are_those_that_the_program_has(self):
        path, _ = practice.table()
        with self.assertRaisesRegex(matside.UsageError, "swan\" isn't installed. Installed: " + ", ".join(IDS)):
            matside.analyze(path, size=practice.SIZE, exercise="swan")

    def test_each_can_be_given_to_a_session(self):
        for each in matside.exercises():
            session = matside.Session(size=simulated.SIZE, exercise=each, level=each.levels[-1].number)
            session.push(np.zeros((33, 3)), 0.0)
            self.assertEqual(session.result().exercise.id, each.id)


class Own(unittest.TestCase):
    def test_one_of_ones_own_is_counted_by_sessions_and_analyze(self):
        own = matside.Exercise.read(own_swan())
        session, repetitions = performed(simulated.swan(), own, level=1)
        self.assertEqual([each.faults[0].id for each in repetitions], ["small_lift"] * simulated.REPETITIONS)
        path, sha256 = table_of(simulated.swan(), "own.csv")
        result = matside.analyze(path, size=simulated.SIZE, exercise=own, level=1)
        self.assertEqual(result.exercise.id, "studio-swan")
        self.assertEqual(result.to_json(), session.result(path, sha256, "matside-poses").to_json())

    def test_an_id_that_is_taken_is_refused_by_analyze(self):
        path, _ = practice.table()
        own = matside.Exercise.read(own_swan(id="swan-preparation"))
        with self.assertRaisesRegex(matside.ModelError, 'has the id "swan-preparation" already'):
            matside.analyze(path, size=practice.SIZE, exercise=own)

    def test_a_variant_of_the_kick_is_for_sessions_only(self):
        folder = FILES.parent
        texts = [(folder / name).read_text(encoding="utf-8") for name in ["single_leg_kick.json", "cues.en.json"]]
        with self.assertRaisesRegex(matside.UsageError, "for sessions only"):
            matside.analyze("a.mp4", exercise=matside.Exercise.parse(*texts))


class Misuse(unittest.TestCase):
    def test_an_unknown_id_is_refused_with_those_that_there_are(self):
        message = '^exercise: "swan" isn\'t built in. Built in: ' + ", ".join(IDS)
        with self.assertRaisesRegex(matside.UsageError, message):
            matside.Session(size=(640, 360), exercise="swan")

    def test_other_things_are_no_exercise(self):
        for wrong in [5, b"swan-preparation", ["swan-preparation"], matside.Exercise]:
            for call in [lambda: practice.new_session(exercise=wrong), lambda: matside.analyze("a", exercise=wrong)]:
                self.assertRaisesRegex(matside.UsageError, "exercise: must be an id", call)

    def test_a_level_that_the_exercise_does_not_have_is_refused(self):
        self.assertRaisesRegex(matside.UsageError, "level", practice.new_session, exercise="swan-preparation", level=2)

    def test_a_damaged_file_is_refused_with_the_place(self):
        self.assertRaisesRegex(matside.ModelError, "^exercise: /levels", matside.Exercise.read, own_swan(levels=[]))
        self.assertRaisesRegex(matside.ModelError, "JSON", matside.Exercise.read, "{")


class Tables(unittest.TestCase):
    def test_have_each_peak_and_reading(self):
        session, _ = performed(simulated.double_kick(), "double-leg-kick")
        result = session.result()
        peaks = result.peaks_frame()
        self.assertEqual(list(peaks.columns), ["repetition", "side", "leg", "peak", "time_s", "value", "unit"])
        self.assertEqual(len(peaks), 6 * simulated.REPETITIONS)
        first = peaks[(peaks.repetition == 1) & (peaks.leg == "right")]
        self.assertEqual(list(first.peak), [1, 2, 3])
        self.assertEqual(list(first.value), [p.value for p in result.repetitions[0].peaks if p.leg == "right"])
        readings = result.readings_frame()
        self.assertEqual(list(readings.columns), ["repetition", "side", "reading", "value", "unit"])
        self.assertEqual(len(readings), sum(len(each.readings) for each in result.repetitions))
        self.assertEqual(set(readings[readings.reading == "bend_deg"].unit), {"deg"})
        self.assertEqual(len(result.kicks_frame()), 0)
        self.assertIn("4 both, 0 unsure, 12 peaks, 4 clean", repr(result))

    def test_of_nothing_have_the_same_types(self):
        full = performed(simulated.double_kick(), "double-leg-kick")[0].result()
        empty = performed((np.zeros((1, 33, 3)), [0.0]), "double-leg-kick")[0].result()
        for name in ["peaks_frame", "readings_frame"]:
            self.assertEqual(dict(getattr(full, name)().dtypes), dict(getattr(empty, name)().dtypes), name)

    def test_a_result_file_keeps_them(self):
        session, _ = performed(simulated.double_kick(), "double-leg-kick")
        result = session.result()
        self.assertEqual(matside.Result.from_json(result.to_json()), result)
        self.assertEqual(result.counts, session.counts)


if __name__ == "__main__":
    unittest.main()
