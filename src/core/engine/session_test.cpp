#include "core/engine/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside::engine {
namespace {

using exercise::Repetition;
using exercise::RepetitionStatus;
using pose::Side;
using support::alternating;
using support::Idle;
using support::Practice;
using support::RepetitionPlan;
using support::Step;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Analysis analysed(const std::vector<pose::PoseFrame>& frames, int level = 1) {
  auto session = Session::create(support::single_leg_kick(), level);
  EXPECT_TRUE(session.ok());
  for (const pose::PoseFrame& frame : frames) session.value().push(frame);
  session.value().finish();
  return session.value().analysis();
}

Practice practice(std::vector<Step> steps) {
  Practice p;
  p.noise_px = 0.8;
  p.steps = std::move(steps);
  return p;
}

std::vector<std::string> fault_ids(const Repetition& rep) {
  std::vector<std::string> ids;
  for (const auto& f : rep.faults) ids.push_back(f.id);
  return ids;
}

std::vector<std::string> warning_ids(const Analysis& analysis) {
  std::vector<std::string> ids;
  for (const Warning& w : analysis.warnings) ids.push_back(w.id);
  return ids;
}

Step still(double length_s) { return {Step::Kind::idle, {}, Idle::still, length_s}; }
Step idle(Idle kind, double length_s) { return {Step::Kind::idle, {}, kind, length_s}; }

// Clean repetitions round one with a fault.
Analysis with_one(RepetitionPlan plan, int level = 1) {
  auto steps = alternating(5);
  steps[2].repetition = plan;
  steps[2].repetition.side = Side::left;
  return analysed(perform(practice(steps)).frames, level);
}

TEST(Session, counts_sides_kicks_and_clean_repetitions) {
  const Analysis a = analysed(perform(practice(alternating(8))).frames);
  EXPECT_EQ(a.counts.left, 4);
  EXPECT_EQ(a.counts.right, 4);
  EXPECT_EQ(a.counts.unsure, 0);
  EXPECT_EQ(a.counts.kicks, 16);
  EXPECT_EQ(a.counts.clean, 8);
  EXPECT_THAT(a.set_faults, IsEmpty());
  EXPECT_THAT(warning_ids(a), IsEmpty());
  EXPECT_EQ(a.view.near_side, Side::right);
  EXPECT_EQ(a.view.head_direction, Side::right);
}

TEST(Session, times_a_repetition_as_it_was_done) {
  const auto performed = perform(practice(alternating(4)));
  const Analysis a = analysed(performed.frames);
  ASSERT_EQ(a.repetitions.size(), performed.repetitions.size());
  for (std::size_t i = 0; i < a.repetitions.size(); ++i) {
    const Repetition& rep = a.repetitions[i];
    EXPECT_EQ(rep.index, static_cast<int>(i) + 1);
    EXPECT_NEAR(rep.start.value(), performed.repetitions[i].start_s, 0.15);
    EXPECT_NEAR(rep.end.value(), performed.repetitions[i].end_s, 0.2);
    ASSERT_EQ(rep.kicks.size(), 2U);
    EXPECT_NEAR(rep.kicks[0].time.value(), performed.repetitions[i].start_s + 1.0, 0.15);
    EXPECT_NEAR(rep.kicks[0].knee_flexion.value(), 105.0, 5.0);
    // The top is held for 0.08 s and left slowly: its middle is anywhere in a quarter second.
    EXPECT_NEAR((rep.kicks[1].time - rep.kicks[0].time).value(), 0.65, 0.25);
    ASSERT_TRUE(rep.transit_70_20.has_value());
    EXPECT_NEAR(rep.transit_70_20->value(), 0.62, 0.12);
  }
}

// A recording stored rotated, until the rotation is known.
TEST(Session, counts_a_whole_practice_whose_first_frames_are_upside_down) {
  Practice upright = practice(alternating(4));
  upright.fps = 15.0;
  upright.camera.height_m = 1.0;
  upright.camera.tilt_deg = -6.0;
  auto frames = perform(upright).frames;
  for (pose::PoseFrame& frame : frames) {
    if (frame.time >= base::Seconds(0.8) || !frame.pose) continue;
    for (pose::Keypoint& k : frame.pose->keypoints) {
      k.position = {frame.image_size.width_px - k.position.x_px,
                    frame.image_size.height_px - k.position.y_px};
    }
    for (std::size_t i = pose::index(pose::Landmark::left_ear); i < pose::kLandmarkCount;
         i += 2) {
      std::swap(frame.pose->keypoints[i], frame.pose->keypoints[i + 1]);
    }
  }
  const Analysis a = analysed(frames);
  EXPECT_EQ(a.counts.left, 2);
  EXPECT_EQ(a.counts.right, 2);
  EXPECT_EQ(a.counts.kicks, 8);
}

TEST(Session, finds_each_fault_and_no_other) {
  const auto only = [](RepetitionPlan plan, const std::string& fault) {
    const Analysis a = with_one(plan);
    ASSERT_EQ(a.repetitions.size(), 5U) << fault;
    EXPECT_THAT(fault_ids(a.repetitions[2]), ElementsAre(fault));
    EXPECT_EQ(a.counts.clean, 4) << fault;
  };
  only({.hip_rise_m = 0.07}, "hips_lift");
  only({.drop_s = 0.42}, "dropped_foot");
  only({.kicks = 1}, "missing_second_kick");
  only({.peak_deg = 55.0}, "shallow_kick");
  only({.chest_sink_deg = 11.0}, "chest_sink");
  only({.thigh_lift_deg = 13.0}, "thigh_lift");
  only({.head_drop_deg = 35.0}, "head_drop");
  only({.stop_short_deg = 35.0}, "incomplete_lower");
  only({.kicks = 3}, "extra_kick");
  only({.bend_s = 0.4}, "thrown_kick");
  only({.head_drop_deg = -35.0}, "head_up");
}

TEST(Session, the_level_with_a_lifted_thigh_asks_for_a_small_lift) {
  const auto faults_at = [](double lift_deg) {
    std::vector<std::string> ids;
    auto steps = alternating(6);
    for (Step& step : steps) step.repetition.thigh_lift_deg = lift_deg;
    for (const Repetition& rep : analysed(perform(practice(steps)).frames, 3).repetitions) {
      for (const std::string& id : fault_ids(rep)) ids.push_back(id);
    }
    return ids;
  };
  EXPECT_THAT(faults_at(6.0), IsEmpty());
  EXPECT_THAT(faults_at(16.0), SizeIs(6));
  EXPECT_THAT(faults_at(16.0), Each("thigh_too_high"));
  EXPECT_THAT(faults_at(0.0), SizeIs(6));
  EXPECT_THAT(faults_at(0.0), Each("no_thigh_lift"));
}

TEST(Session, warns_about_the_view_and_the_position) {
  const auto warnings_of = [](const std::function<void(Practice&)>& change, int level) {
    Practice p = practice(alternating(4));
    change(p);
    return warning_ids(analysed(perform(p).frames, level));
  };
  EXPECT_THAT(warnings_of([](Practice&) {}, 1), IsEmpty());
  EXPECT_THAT(warnings_of([](Practice& p) { p.trunk_incline_deg = 0.0; }, 1),
              Contains("chest_low"));
  EXPECT_THAT(warnings_of([](Practice&) {}, 0), Contains("chest_high"));
  EXPECT_THAT(warnings_of([](Practice& p) { p.camera.yaw_deg = 40.0; }, 1),
              Contains("camera_oblique"));
  EXPECT_THAT(warnings_of([](Practice& p) { p.camera.yaw_deg = -40.0; }, 1),
              Contains("camera_oblique"));
  EXPECT_THAT(warnings_of([](Practice& p) { p.camera.hfov_deg = 35.0; }, 1),
              Contains("feet_cut_off"));
}

TEST(Session, judges_a_person_who_lies_flat_by_the_flat_level_and_calls_nothing_clean) {
  const auto lying_flat = [](RepetitionPlan plan) {
    Practice p = practice(alternating(6, plan));
    p.rises_to_forearms = false;
    p.trunk_incline_deg = 2.0;
    return analysed(perform(p).frames, 1);
  };
  for (const int kicks : {1, 2}) {
    const Analysis a = lying_flat({.kicks = kicks, .peak_deg = 78.0});
    ASSERT_EQ(a.repetitions.size(), 6U);
    EXPECT_THAT(a.set_faults, IsEmpty());
    EXPECT_THAT(warning_ids(a), ElementsAre("chest_low"));
    EXPECT_FALSE(a.elbows_forward);
    EXPECT_EQ(a.counts.clean, 0);
    for (const Repetition& rep : a.repetitions) {
      EXPECT_TRUE(rep.flat);
      EXPECT_EQ(rep.status, RepetitionStatus::unjudged);
      EXPECT_THAT(fault_ids(rep), IsEmpty());
    }
  }
  for (const Repetition& rep : lying_flat({.peak_deg = 50.0}).repetitions) {
    EXPECT_THAT(fault_ids(rep), ElementsAre("shallow_kick")) << "small lying flat, too";
  }
  for (const Repetition& rep : lying_flat({.drop_s = 0.3}).repetitions) {
    EXPECT_THAT(fault_ids(rep), ElementsAre("dropped_foot"));
    EXPECT_EQ(rep.status, RepetitionStatus::faulty);
  }
}

std::vector<std::string> set_fault_ids(const Analysis& analysis) {
  std::vector<std::string> ids;
  for (const auto& fault : analysis.set_faults) ids.push_back(fault.id);
  return ids;
}

TEST(Session, fast_lowering_is_reported_once_when_it_is_a_habit) {
  auto steps = alternating(6);
  steps[1].repetition.lower_s = 1.2;
  EXPECT_THAT(set_fault_ids(analysed(perform(practice(steps)).frames)), IsEmpty());
  for (Step& step : steps) step.repetition.lower_s = 1.2;
  EXPECT_THAT(set_fault_ids(analysed(perform(practice(steps)).frames)),
              ElementsAre("fast_lowering"));
}

TEST(Session, hips_that_rise_with_one_leg_and_sink_with_the_other_rock) {
  auto steps = alternating(8);
  for (Step& step : steps) {
    step.repetition.hip_rise_m = step.repetition.side == Side::left ? 0.026 : -0.026;
  }
  EXPECT_THAT(set_fault_ids(analysed(perform(practice(steps)).frames)), ElementsAre("rocking"));
}

TEST(Session, elbows_ahead_are_the_easier_version_and_further_off_a_fault) {
  const auto leaning = [](double deg) {
    Practice p = practice(alternating(4));
    p.elbow_forward_deg = deg;
    return analysed(perform(p).frames);
  };
  EXPECT_THAT(set_fault_ids(leaning(0.0)), IsEmpty());
  EXPECT_FALSE(leaning(0.0).elbows_forward);
  EXPECT_THAT(set_fault_ids(leaning(20.0)), IsEmpty());
  EXPECT_TRUE(leaning(20.0).elbows_forward);
  EXPECT_THAT(set_fault_ids(leaning(45.0)), ElementsAre("elbows_out_of_place"));
  EXPECT_FALSE(leaning(45.0).elbows_forward);
  EXPECT_THAT(set_fault_ids(leaning(-25.0)), ElementsAre("elbows_out_of_place"));
}

Practice with_hips_lifting(const std::function<void(Practice&)>& change) {
  auto steps = alternating(8);
  for (Step& step : steps) step.repetition.hip_rise_m = 0.06;
  Practice p = practice(steps);
  change(p);
  return p;
}

TEST(Session, repetitions_of_unsteady_knees_are_counted_but_not_scored) {
  const Analysis steady = analysed(perform(with_hips_lifting([](Practice&) {})).frames);
  ASSERT_EQ(steady.repetitions.size(), 8U);
  for (const Repetition& rep : steady.repetitions) EXPECT_THAT(fault_ids(rep), SizeIs(1));
  const Analysis unsteady = analysed(perform(with_hips_lifting([](Practice& p) {
                                       p.network.emplace();
                                       p.network->scale = 2.5;
                                     })).frames);
  ASSERT_GE(unsteady.repetitions.size(), 6U);
  EXPECT_EQ(unsteady.repetitions.back().status, RepetitionStatus::unjudged);
  EXPECT_THAT(unsteady.repetitions.back().faults, IsEmpty());
  EXPECT_THAT(warning_ids(unsteady), Contains("unsteady"));
}

TEST(Session, form_is_not_scored_from_an_oblique_camera) {
  const Analysis a = analysed(
      perform(with_hips_lifting([](Practice& p) { p.camera.yaw_deg = -45.0; })).frames);
  ASSERT_EQ(a.repetitions.size(), 8U);
  for (const Repetition& rep : a.repetitions) {
    EXPECT_EQ(rep.status, RepetitionStatus::unjudged);
    EXPECT_THAT(rep.faults, IsEmpty());
  }
}

TEST(Session, a_camera_pushed_between_repetitions_changes_nothing) {
  Practice p = practice(alternating(8));
  support::Camera after = p.camera;
  after.tilt_deg = 6.0;
  after.distance_m *= 1.15;
  after.yaw_deg = 8.0;
  p.camera_move = {perform(p).repetitions[3].end_s + 0.1, after};
  const Analysis a = analysed(perform(p).frames);
  ASSERT_EQ(a.repetitions.size(), 8U);
  for (const Repetition& rep : a.repetitions) {
    EXPECT_EQ(rep.kicks.size(), 2U);
    EXPECT_THAT(fault_ids(rep), IsEmpty());
  }
}

TEST(Session, a_person_lost_during_a_repetition_gives_a_warning) {
  auto frames = perform(practice(alternating(4))).frames;
  const auto whole = perform(practice(alternating(4)));
  const double from_s = whole.repetitions[1].kicks[0].time_s + 0.1;
  for (auto& f : frames) {
    if (f.time.value() > from_s && f.time.value() < from_s + 1.0) f.pose.reset();
  }
  const Analysis a = analysed(frames);
  ASSERT_EQ(a.repetitions.size(), 4U);
  EXPECT_EQ(a.repetitions[1].status, RepetitionStatus::partial);
  EXPECT_THAT(a.repetitions[1].faults, IsEmpty());
  EXPECT_THAT(warning_ids(a), Contains("interrupted"));
}

TEST(Session, briefly_swapped_leg_labels_change_nothing) {
  auto frames = perform(practice(alternating(4))).frames;
  std::size_t i = 0;
  for (auto& f : frames) {
    // Three frames of every twenty.
    if (++i % 20 < 17) continue;
    for (std::size_t k = pose::index(pose::Landmark::left_knee); k < pose::kLandmarkCount;
         k += 2) {
      std::swap(f.pose->keypoints[k], f.pose->keypoints[k + 1]);
    }
  }
  const Analysis a = analysed(frames);
  ASSERT_EQ(a.repetitions.size(), 4U);
  for (const Repetition& rep : a.repetitions) {
    EXPECT_EQ(rep.kicks.size(), 2U);
    EXPECT_EQ(rep.side,
              rep.index % 2 == 1 ? exercise::KickingSide::left : exercise::KickingSide::right);
    EXPECT_THAT(fault_ids(rep), IsEmpty());
  }
}

TEST(Session, a_shallow_kick_is_counted_as_partial) {
  const Analysis a = with_one({.peak_deg = 55.0});
  EXPECT_EQ(a.repetitions.at(2).status, RepetitionStatus::partial);
}

TEST(Session, a_fault_has_its_value_its_threshold_and_its_cue) {
  const Analysis a = with_one({.drop_s = 0.42});
  ASSERT_EQ(a.repetitions.at(2).faults.size(), 1U);
  const auto& fault = a.repetitions[2].faults[0];
  EXPECT_LT(fault.value, 0.30);
  EXPECT_EQ(fault.threshold, 0.30);
  EXPECT_EQ(fault.unit, "s");
  EXPECT_EQ(fault.cue, "Lower slowly. Land softly.");
}

TEST(Session, scores_by_the_chosen_level) {
  const Analysis level0 = with_one({.kicks = 1}, 0);
  EXPECT_THAT(fault_ids(level0.repetitions.at(2)), IsEmpty());
  const Analysis level3 = with_one({.thigh_lift_deg = 8.0}, 3);
  EXPECT_THAT(fault_ids(level3.repetitions.at(2)), IsEmpty());
  EXPECT_FALSE(Session::create(support::single_leg_kick(), 4).ok());
}

TEST(Session, the_same_side_twice_is_a_fault_of_the_set) {
  auto steps = alternating(4);
  steps[2].repetition.side = Side::right;
  steps[3].repetition.side = Side::left;
  const Analysis a = analysed(perform(practice(steps)).frames);
  ASSERT_EQ(a.set_faults.size(), 1U);
  EXPECT_EQ(a.set_faults[0].id, "same_side_twice");
  EXPECT_EQ(a.set_faults[0].at.value(), a.repetitions.at(2).start.value());
}

TEST(Session, idle_movement_is_no_repetition) {
  for (const Idle kind : {Idle::still, Idle::both_feet, Idle::foot_wiggle, Idle::head_turn,
                          Idle::lie_down_and_up}) {
    const Analysis a = analysed(perform(practice({still(1.0), idle(kind, 6.0)})).frames);
    EXPECT_THAT(a.repetitions, IsEmpty()) << static_cast<int>(kind);
    EXPECT_THAT(warning_ids(a),
                ElementsAre(kind == Idle::both_feet ? "legs_together" : "no_repetition"));
  }
}

TEST(Session, continues_counting_after_a_rest_lying_flat) {
  auto steps = alternating(2);
  steps.push_back(idle(Idle::lie_down_and_up, 6.0));
  for (const Step& s : alternating(2)) steps.push_back(s);
  EXPECT_EQ(analysed(perform(practice(steps)).frames).counts.clean, 4);
}

TEST(Session, heels_kicked_up_while_standing_are_no_repetitions) {
  Practice p = practice(alternating(4));
  auto performed = perform(p);
  support::Posture posture;
  posture.upright_deg = 90.0;
  for (pose::PoseFrame& f : performed.frames) {
    posture.knee_flexion_deg[0] = 60.0 - 60.0 * std::cos(2.0 * f.time.value());
    f.pose = seen_by(p.camera, p.body, posture);
  }
  const Analysis a = analysed(performed.frames);
  EXPECT_THAT(a.repetitions, IsEmpty());
  EXPECT_THAT(warning_ids(a), ElementsAre("not_lying"));
}

TEST(Session, explains_why_nothing_was_counted) {
  EXPECT_THAT(warning_ids(analysed({})), ElementsAre("no_person"));
  const auto performed = perform(practice({still(2.0)}));
  EXPECT_THAT(warning_ids(analysed({performed.frames.front()})), ElementsAre("one_picture"));
  auto empty = performed.frames;
  for (auto& f : empty) f.pose.reset();
  EXPECT_THAT(warning_ids(analysed(empty)), ElementsAre("no_person"));
}

TEST(Session, a_repetition_cut_off_by_the_end_is_partial) {
  auto frames = perform(practice(alternating(1))).frames;
  std::erase_if(frames, [](const auto& f) { return f.time.value() > 6.6; });
  const Analysis a = analysed(frames);
  ASSERT_EQ(a.repetitions.size(), 1U);
  EXPECT_EQ(a.repetitions[0].status, RepetitionStatus::partial);
}

TEST(Session, a_fifth_of_the_frames_lost_changes_no_count) {
  Practice p = practice(alternating(6));
  p.dropout = 0.2;
  const Analysis a = analysed(perform(p).frames);
  EXPECT_EQ(a.counts.left, 3);
  EXPECT_EQ(a.counts.right, 3);
  EXPECT_EQ(a.counts.kicks, 12);
}

TEST(Session, events_match_the_analysis) {
  auto session = Session::create(support::single_leg_kick(), 1);
  ASSERT_TRUE(session.ok());
  std::vector<int> finished;
  const auto take = [&](std::span<const Event> events) {
    for (const Event& e : events) {
      if (const auto* f = std::get_if<RepetitionFinished>(&e)) {
        finished.push_back(f->repetition.index);
      }
    }
  };
  for (const auto& f : perform(practice(alternating(3))).frames) take(session.value().push(f));
  take(session.value().finish());
  EXPECT_THAT(finished, ElementsAre(1, 2, 3));
}

TEST(Session, malformed_streams_give_no_repetition_and_do_no_harm) {
  auto performed = perform(practice(alternating(2)));
  auto frames = performed.frames;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    for (pose::Keypoint& k : frames[i].pose->keypoints) {
      const double bad[] = {std::nan(""), std::numeric_limits<double>::infinity(), -1e300, 0.0};
      k.position = {bad[i % 4], bad[(i + 1) % 4]};
    }
  }
  EXPECT_THAT(analysed(frames).repetitions, IsEmpty());

  frames = performed.frames;
  for (auto& f : frames) f.time = base::Seconds(5.0);
  EXPECT_THAT(warning_ids(analysed(frames)), ::testing::Contains("disorder"));

  frames = performed.frames;
  for (auto& f : frames) f.time = base::Seconds(std::nan(""));
  EXPECT_THAT(analysed(frames).repetitions, IsEmpty());

  frames = performed.frames;
  for (auto& f : frames) {
    for (std::size_t k = 1; k < pose::kLandmarkCount; ++k) f.pose->keypoints[k].score = 0.0;
  }
  EXPECT_THAT(analysed(frames).repetitions, IsEmpty());

  frames = performed.frames;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    frames[i].time = base::Seconds(static_cast<double>(i) * 1e-4);
  }
  EXPECT_LE(analysed(frames).repetitions.size(), 1U);
}

}  // namespace
}  // namespace matside::engine
