"""matside.Session: the same result as the command line, in blocks of any size, and what it refuses."""

import dataclasses
import json
import pickle
import resource
import threading
import time
import tracemalloc
import unittest

import numpy as np

import matside
import practice_poses as practice

FRAME = np.zeros((33, 3))


class SameAsTheProgram(unittest.TestCase):
    def test_a_pushed_table_gives_the_result_of_the_command_line_byte_for_byte(self):
        path, sha256 = practice.table()
        expected = practice.run_program(
            "analyze", path, "--size=640x360", "--quiet", "--json=-", "--exercise=single-leg-kick"
        )
        self.assertGreaterEqual(json.loads(expected)["counts"]["kicks"], 4)
        with practice.new_session() as session:
            practice.push_in_blocks(session, 100)
            result = session.result(path, sha256, "matside-poses")
        self.assertEqual(result.to_json(), expected)

    def test_the_size_of_the_blocks_makes_no_difference(self):
        outcomes = []
        for block in [1, 7, 10_000]:
            session = practice.new_session()
            events = practice.push_in_blocks(session, block)
            outcomes.append((events, session.counts, session.frame_state, session.result().to_json()))
        self.assertEqual(outcomes[0], outcomes[1])
        self.assertEqual(outcomes[0], outcomes[2])
        self.assertGreaterEqual(len(outcomes[0][0]), 2)

    def test_a_single_frame_needs_no_block(self):
        every = practice.poses()
        one_by_one, in_blocks = practice.new_session(), practice.new_session()
        for points, knees, time_s in zip(every.landmarks, every.knees, every.times_s.tolist()):
            one_by_one.push(points, time_s, knees)
        one_by_one.finish()
        practice.push_in_blocks(in_blocks, 50)
        self.assertEqual(one_by_one.result().to_json(), in_blocks.result().to_json())

    def test_events_are_plain_objects_with_what_the_result_has(self):
        session = practice.new_session()
        events = practice.push_in_blocks(session, 200)
        finished = [event for event in events if isinstance(event, matside.RepetitionFinished)]
        result = session.result()
        self.assertEqual(len(finished), len(result.repetitions))
        for event, repetition in zip(finished, result.repetitions):
            self.assertEqual(
                (event.index, event.side, event.status), (repetition.index, repetition.side, repetition.status)
            )
            self.assertEqual(len(event.kicks), len(repetition.kicks))
            self.assertAlmostEqual(event.kicks[0].time_s, repetition.kicks[0].time_s, places=2)
        self.assertEqual(session.counts, result.counts)
        self.assertEqual(pickle.loads(pickle.dumps(events)), events)
        with self.assertRaises(dataclasses.FrozenInstanceError):
            finished[0].index = 5

    def test_the_frame_state_follows_the_movement(self):
        every = practice.poses()
        session, phases = practice.new_session(), set()
        self.assertFalse(session.frame_state.person)
        for start in range(0, len(every.times_s), 5):
            session.push(every.landmarks[start : start + 5], every.times_s[start : start + 5])
            phases.add(session.frame_state.phase)
        self.assertEqual(phases, {"rest", "bending", "kicking", "lowering"})
        state = session.frame_state
        self.assertEqual((state.person, state.posture, state.time_s), (True, "lying", every.times_s[-1]))
        self.assertIsInstance(state.left_knee_flexion_deg, float)

    def test_a_result_before_the_end_is_not_complete(self):
        every = practice.poses()
        session = practice.new_session()
        session.push(every.landmarks[:30], every.times_s[:30])
        self.assertFalse(session.result().complete)
        session.finish()
        self.assertTrue(session.result().complete)
        self.assertEqual(session.finish(), [])


class Arrays(unittest.TestCase):
    def result_of(self, points, times, knees=None):
        session = practice.new_session()
        session.push(points, times, knees)
        session.finish()
        return session.result().to_json()

    def test_every_layout_of_the_same_numbers_is_read_alike(self):
        every = practice.poses()
        points, times = every.landmarks, every.times_s
        expected = self.result_of(points, times)
        unaligned = np.frombuffer(b"x" + points.tobytes(), dtype=np.uint8)[1:].view(np.float64).reshape(points.shape)
        self.assertFalse(unaligned.flags.aligned)
        read_only = points.copy()
        read_only.flags.writeable = False
        layouts = {
            "column by column": np.asfortranarray(points),
            "every second number": np.repeat(points, 2, axis=2)[:, :, ::2],
            "reversed twice": points[:, ::-1].copy()[:, ::-1],
            "unaligned": unaligned,
            "read-only": read_only,
            "lists": points.tolist(),
        }
        for name, layout in layouts.items():
            self.assertEqual(self.result_of(layout, times), expected, name)
        self.assertEqual(self.result_of(points, times.tolist()), expected)

    def test_single_precision_is_close(self):
        every = practice.poses()
        double = json.loads(self.result_of(every.landmarks, every.times_s))
        single = json.loads(self.result_of(every.landmarks.astype(np.float32), every.times_s))
        self.assertEqual(single["counts"], double["counts"])
        self.assertEqual(
            self.result_of(every.landmarks.astype(np.float32), every.times_s),
            self.result_of(every.landmarks.astype(np.float32).astype(float), every.times_s),
        )

    def test_measured_knees_count(self):
        every = practice.poses()
        knees = np.full((len(every.times_s), 2, 2), np.nan)
        self.assertEqual(
            self.result_of(every.landmarks, every.times_s, knees), self.result_of(every.landmarks, every.times_s)
        )
        knees[:] = [10.0, 2.0]
        self.assertNotEqual(
            self.result_of(every.landmarks, every.times_s, knees), self.result_of(every.landmarks, every.times_s)
        )

    def test_a_large_block_is_not_copied(self):
        frames = 300_000  # 238 MB as numbers of their own
        points = np.broadcast_to(practice.poses().landmarks[0], (frames, 33, 3))
        times = np.arange(frames) / 1000.0
        session = practice.new_session()
        session.push(points[:10], times[:10])
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        tracemalloc.start()
        session.push(points[10:], times[10:])
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertLess(peak, 1_000_000)
        self.assertLess(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, 100_000)  # kB

    def test_a_block_without_frames_gives_no_events(self):
        session = practice.new_session()
        self.assertEqual(session.push(np.zeros((0, 33, 3)), []), [])
        self.assertRaisesRegex(matside.UsageError, "no frames yet", session.result)


class Misuse(unittest.TestCase):
    def refuse(self, pattern, *arguments, kind=matside.UsageError):
        """The push is refused, and changes nothing."""
        every = practice.poses()
        session = practice.new_session()
        session.push(every.landmarks[:50], every.times_s[:50])
        before = session.result().to_json()
        self.assertRaisesRegex(kind, pattern, session.push, *arguments)
        self.assertEqual(session.result().to_json(), before)

    def test_other_shapes_are_refused(self):
        for points, times in [
            (np.zeros((33, 2)), 9.0),
            (np.zeros((32, 3)), 9.0),
            (np.zeros((5, 17, 3)), np.arange(5.0)),
            (np.zeros((1, 5, 33, 3)), np.arange(5.0)),
            (np.zeros(99), 9.0),
            (np.zeros(()), 9.0),
        ]:
            self.refuse(r"landmarks: has the shape \(.*\), but must have \(n, 33, 3\)", points, times)
        self.refuse(r"time_s: has the shape \(4,\), but must have \(5,\)", np.zeros((5, 33, 3)), np.arange(4.0))
        self.refuse(r"time_s: has the shape \(\)", np.zeros((5, 33, 3)), 9.0)
        self.refuse(r"landmarks: has the shape \(33, 3\)", FRAME, [9.0])
        self.refuse(
            r"knees: has the shape \(2, 2\), but must have \(5, 2, 2\)",
            np.zeros((5, 33, 3)),
            np.arange(5.0),
            np.zeros((2, 2)),
        )

    def test_other_types_are_refused(self):
        for kind in [np.int64, np.float16, np.complex128, np.bool_, ">f8", "S8", object, "datetime64[s]"]:
            self.refuse(
                "landmarks: has the type .*float64 or float32; convert it", FRAME.astype(np.int8).astype(kind), 9.0
            )
        self.refuse("time_s: must be seconds as numbers", FRAME, np.datetime64("2026-01-05T09:30"))
        self.refuse("time_s: must be seconds as numbers", FRAME, "soon")
        self.refuse("time_s: must be seconds as numbers", FRAME, None)
        self.refuse("landmarks: has the type object", None, 9.0)
        self.refuse("landmarks: ", [[1.0], [2.0, 3.0]], 9.0)
        self.refuse("knees: has the type int64", FRAME, 9.0, np.zeros((2, 2), dtype=int))

    def test_huge_blocks_are_refused_at_once(self):
        points = np.broadcast_to(FRAME, (10**9, 33, 3))
        self.refuse("1000000000 frames; push at most 1000000 in one call", points, np.broadcast_to(1.0, 10**9))
        self.assertEqual(matside.MAX_FRAMES, 1_000_000)

    def test_times_that_go_back_are_skipped_with_a_warning(self):
        every = practice.poses()
        session = practice.new_session()
        self.assertEqual(session.push(every.landmarks[:50], every.times_s[:50]), [])
        events = session.push(every.landmarks[:20], every.times_s[:20])
        self.assertEqual([type(event) for event in events], [matside.WarningRaised])
        self.assertIn("out of order", events[0].message)
        self.assertEqual(session.frame_state.time_s, every.times_s[49])
        for nonsense in [np.nan, np.inf, -np.inf, -1.0]:
            session.push(FRAME, nonsense)
        self.assertEqual(session.frame_state.time_s, every.times_s[49])

    def test_nan_is_a_missing_landmark_and_a_frame_of_nan_has_nobody(self):
        every = practice.poses()
        points = every.landmarks.copy()
        points[:, :11] = np.nan  # the head, which decides nothing here
        session = practice.new_session()
        session.push(points, every.times_s)
        self.assertTrue(session.frame_state.person)
        session.push(np.full((33, 3), np.nan), every.times_s[-1] + 0.1)
        self.assertFalse(session.frame_state.person)
        result = session.result()
        self.assertEqual(result.pose.frames_with_pose, len(every.times_s))
        self.assertEqual(result.source.frames, len(every.times_s) + 1)

    def test_any_numbers_are_survived(self):
        random = np.random.default_rng(1)
        session = practice.new_session()
        for block in range(50):
            points = random.choice([0.0, 1.0, -1.0, 1e300, -1e300, 1e-300, np.nan, np.inf, -np.inf, 320.5], (40, 33, 3))
            knees = random.choice([0.0, 90.0, -5.0, 1e300, np.nan, np.inf], (40, 2, 2))
            session.push(points, block + np.arange(40) / 40, knees)
        session.finish()
        json.loads(session.result().to_json(), parse_constant=self.fail)

    def test_a_level_or_size_that_does_not_exist_is_refused(self):
        for level in [-1, 4, 2**40, 1.5, "1", None]:
            self.assertRaisesRegex(matside.UsageError, "level", practice.new_session, level=level)
        for size in [(0, 360), (640, -1), (640, 200_000), (640,), 640, None, ("640", "360"), (2**40, 1)]:
            self.assertRaisesRegex(matside.UsageError, "size", matside.Session, size=size)

    def test_a_closed_session_says_so(self):
        session = practice.new_session()
        session.push(FRAME, 0.0)
        with session:
            pass
        self.assertTrue(session.closed)
        session.close()
        for call in [
            lambda: session.push(FRAME, 1.0),
            session.finish,
            session.result,
            lambda: session.counts,
            lambda: session.frame_state,
        ]:
            self.assertRaisesRegex(matside.UsageError, "session: is closed", call)

    def test_a_finished_session_takes_no_more_frames(self):
        session = practice.new_session()
        session.push(FRAME, 0.0)
        session.finish()
        self.assertRaisesRegex(matside.UsageError, "finished", session.push, FRAME, 1.0)
        self.assertEqual(session.result().source.frames, 1)

    def test_an_invalid_source_is_refused(self):
        session = practice.new_session()
        session.push(FRAME, 0.0)
        self.assertRaisesRegex(matside.InputError, "sha256", session.result, "a.csv", "12")
        self.assertRaisesRegex(matside.InputError, "pose_model", session.result, "a.csv", "", "My Model")
        self.assertRaisesRegex(matside.UsageError, "NUL", session.result, "a\0b")
        self.assertRaisesRegex(matside.UsageError, "path", session.result, 5)
        self.assertEqual(session.result(b"\xff.csv".decode("utf-8", "surrogateescape")).source.path, "\ufffd.csv")


class Exercises(unittest.TestCase):
    def texts(self):
        folder = practice.ROOT / "data" / "exercises"
        return [(folder / name).read_text(encoding="utf-8") for name in ["single_leg_kick.json", "cues.en.json"]]

    def test_an_exercise_of_ones_own_can_be_shared_and_forgotten(self):
        exercise = matside.Exercise.parse(*self.texts())
        sessions = [practice.new_session(exercise=exercise) for _ in range(2)]
        del exercise
        own, built_in = sessions[0], practice.new_session()
        practice.push_in_blocks(own, 100)
        practice.push_in_blocks(built_in, 100)
        self.assertEqual(own.result().to_json(), built_in.result().to_json())

    def test_a_damaged_exercise_is_refused_with_the_place(self):
        exercise, cues = self.texts()
        self.assertRaisesRegex(
            matside.ModelError, "level", matside.Exercise.parse, exercise.replace('"levels"', '"lvls"'), cues
        )
        self.assertRaisesRegex(matside.ModelError, "JSON", matside.Exercise.parse, "{", cues)
        self.assertRaisesRegex(matside.UsageError, "exercise: must be an id", practice.new_session, exercise=5)


class Threads(unittest.TestCase):
    def test_two_sessions_in_two_threads_give_what_they_give_in_one(self):
        expected = practice.new_session()
        practice.push_in_blocks(expected, 30)
        results = [None] * 4

        def work(place):
            for _ in range(3):
                session = practice.new_session()
                practice.push_in_blocks(session, 30)
                results[place] = session.result().to_json()

        threads = [threading.Thread(target=work, args=[place]) for place in range(len(results))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [expected.result().to_json()] * len(results))

    def long_push(self, session):
        """A block that takes long, and when it was worked on."""
        points = np.broadcast_to(practice.poses().landmarks[0], (400_000, 33, 3))
        times = np.arange(len(points)) / 1000.0
        began = time.monotonic()
        session.push(points, times)
        return began, time.monotonic()

    def test_other_threads_run_during_a_push(self):
        stamps, stop = [], threading.Event()

        def tick():
            while not stop.wait(0.001):
                stamps.append(time.monotonic())

        thread = threading.Thread(target=tick)
        thread.start()
        began, ended = self.long_push(practice.new_session())
        stop.set()
        thread.join()
        self.assertGreaterEqual(len([stamp for stamp in stamps if began < stamp < ended]), 20)

    def test_a_second_thread_is_refused_and_harms_nothing(self):
        session = practice.new_session()

        def push_when_free():
            # The other thread asks for counts until it is refused, and may be first.
            while True:
                try:
                    return self.long_push(session)
                except matside.UsageError:
                    pass

        worker = threading.Thread(target=push_when_free)
        worker.start()
        busy = "in use by another thread"
        while worker.is_alive():
            try:
                session.counts
            except matside.UsageError:
                break
        for call in [lambda: session.push(FRAME, 1e6), session.finish, session.result, session.close]:
            self.assertRaisesRegex(matside.UsageError, busy, call)
        self.assertTrue(worker.is_alive())
        worker.join()
        self.assertFalse(session.closed)
        self.assertEqual(session.frame_state.time_s, 399.999)


if __name__ == "__main__":
    unittest.main()
