"""Tests the scorer on truths and analyses small enough to check by hand."""

import unittest

import score_clips


def true(start, end, side="left", beats=(1.0, 1.6), faults=()):
    return {"start": start, "end": end, "side": side, "beats": [{"t": start + b} for b in beats], "faults": list(faults)}


def reported(start, end, side="left", kicks=(1.0, 1.6), faults=()):
    return {
        "start_s": start,
        "end_s": end,
        "side": side,
        "kicks": [{"time_s": start + k, "knee_flexion_deg": 100.0} for k in kicks],
        "faults": [{"id": f} for f in faults],
    }


def figures(truths, reports):
    return score_clips.score({"repetitions": truths}, {"repetitions": reports}).figures()


class ScoreClips(unittest.TestCase):
    def test_a_perfect_analysis_scores_one_everywhere(self):
        got = figures([true(0, 4), true(5, 9, "right")], [reported(0, 4), reported(5, 9, "right")])
        for name in ("rep_f1", "side_acc", "kicks_exact", "fault_f1"):
            self.assertEqual(got[name], 1.0, name)
        self.assertEqual(got["edge_err"], 0.0)

    def test_a_missed_and_an_invented_repetition_both_cost(self):
        self.assertEqual(figures([true(0, 4), true(5, 9)], [reported(0, 4)])["rep_f1"], round(2 / 3, 4))
        self.assertEqual(figures([true(0, 4)], [reported(0, 4), reported(5, 9)])["rep_f1"], round(2 / 3, 4))

    def test_repetitions_that_share_less_than_three_tenths_are_not_the_same(self):
        self.assertEqual(figures([true(0, 4)], [reported(2.4, 6.4)])["rep_f1"], 0.0)
        self.assertEqual(figures([true(0, 4)], [reported(2.0, 6.0)])["rep_f1"], 1.0)

    def test_one_report_answers_for_one_repetition_only(self):
        self.assertEqual(figures([true(0, 4), true(4, 8)], [reported(0, 8)])["rep_f1"], round(2 / 3, 4))

    def test_an_unsure_side_is_not_right_and_not_wrong(self):
        got = figures([true(0, 4), true(5, 9)], [reported(0, 4, "unsure"), reported(5, 9, "right")])
        self.assertEqual((got["side_acc"], got["side_wrong"]), (0.0, 1))

    def test_faults_count_by_repetition(self):
        got = figures([true(0, 4, faults=["hips_lift"]), true(5, 9)], [reported(0, 4), reported(5, 9, faults=["hips_lift"])])
        self.assertEqual(got["fault_f1"], 0.0)
        got = figures([true(0, 4, faults=["hips_lift", "head_drop"])], [reported(0, 4, faults=["hips_lift"])])
        self.assertEqual(got["fault_f1"], round(2 / 3, 4))

    def test_the_faults_of_a_missed_repetition_are_missed(self):
        self.assertEqual(figures([true(0, 4, faults=["hips_lift"])], [])["fault_f1"], 0.0)

    def test_repetitions_where_there_are_none_are_idle_ones(self):
        self.assertEqual(figures([], [reported(0, 4)])["idle_reps"], 1)
        self.assertEqual(figures([true(9, 12)], [reported(0, 4)])["idle_reps"], 0)

    def test_knee_angles_are_compared_with_the_true_maximum_near_the_kick(self):
        rows = [{"t": str(t / 10), "knee_flexion_left": str(90 + t)} for t in range(30)]
        truth = {"repetitions": [true(0, 4, beats=[1.0])]}
        tally = score_clips.score(truth, {"repetitions": [reported(0, 4, kicks=[1.2])]}, rows)
        self.assertAlmostEqual(tally.figures()["knee_bias"], 100.0 - 101.0)
        self.assertAlmostEqual(tally.figures()["kick_time_err"], 0.2)

    def test_a_requirement_on_a_figure_that_is_not_there_is_not_met(self):
        self.assertEqual(len(score_clips.shortfalls({}, ["side_acc=0.95"])), 1)
        self.assertEqual(score_clips.shortfalls({"rep_f1": 0.98, "idle_reps": 0}, ["rep_f1=0.97", "idle_reps=0"]), [])
        self.assertEqual(len(score_clips.shortfalls({"rep_f1": 0.96, "idle_reps": 1}, ["rep_f1=0.97", "idle_reps=0"])), 2)


if __name__ == "__main__":
    unittest.main()
