#include "core/exercise/movement_segmenter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/support/exercise.h"
#include "tests/support/observed_body.h"
#include "tests/support/practice.h"

namespace matside::exercise {
namespace {

using base::Seconds;
using pose::PoseFrame;
using pose::Side;

const Definition& kick() { return support::single_leg_kick(); }
MovementSegmenter fresh() { return {kick().repetition, kick().measurement}; }

support::SimulatedSession four_repetitions(Side camera_side = Side::right) {
  support::Practice practice;
  practice.camera.side = camera_side;
  practice.steps = support::alternating(4);
  return perform(practice);
}

const MovementSegment* push(MovementSegmenter& segmenter, const PoseFrame& frame) {
  return segmenter.push(frame.time, kinematics::measure(frame, support::kObservedMinScore));
}

/// All segments, with what is under way at the end.
std::vector<MovementSegment> segments_of(const std::vector<PoseFrame>& frames) {
  MovementSegmenter segmenter = fresh();
  std::vector<MovementSegment> out;
  for (const PoseFrame& frame : frames) {
    if (const auto* segment = push(segmenter, frame)) out.push_back(*segment);
  }
  if (const auto* segment = segmenter.finish()) out.push_back(*segment);
  return out;
}

/// Somebody on the forearms whose left knee follows this course for so long, 30 frames a
/// second.
template <class Course>
std::vector<PoseFrame> lying_with(double length_s, Course knee_deg) {
  std::vector<PoseFrame> out;
  for (int i = 0; i < static_cast<int>(30.0 * length_s); ++i) {
    support::Posture posture = support::on_forearms();
    posture.knee_flexion_deg[0] = knee_deg(i / 30.0);
    out.push_back(support::pictured(posture, support::square_camera(), Seconds(i / 30.0)));
  }
  return out;
}

/// Removes the poses between two times.
void hide(std::vector<PoseFrame>& frames, double from_s, double to_s) {
  for (PoseFrame& f : frames) {
    if (f.time.value() >= from_s && f.time.value() <= to_s) f.pose.reset();
  }
}

TEST(Segmenter, finds_one_segment_a_repetition_from_either_side) {
  for (const Side side : pose::kSides) {
    const auto performed = four_repetitions(side);
    const auto segments = segments_of(performed.frames);
    ASSERT_EQ(segments.size(), performed.repetitions.size());
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const support::GroundTruthRepetition& truth = performed.repetitions[i];
      const MovementSegment& segment = segments[i];
      EXPECT_EQ(segment.end, SegmentEnd::rest);
      EXPECT_LE(segment.frames.front().time.value(), truth.start_s + 0.3);
      EXPECT_LE(segment.frames.front().time.value(), truth.kicks.front().time_s);
      EXPECT_GE(segment.frames.back().time.value(), truth.kicks.back().time_s);
      EXPECT_NEAR(segment.frames.back().time.value(), truth.end_s, 0.6);
    }
  }
}

TEST(Segmenter, gives_frames_whose_times_rise_and_do_not_overlap) {
  Seconds last(-1.0);
  const auto segments = segments_of(four_repetitions().frames);
  ASSERT_EQ(segments.size(), 4U);
  for (const MovementSegment& segment : segments) {
    for (const auto& body : segment.frames) {
      EXPECT_GT(body.time, last);
      last = body.time;
    }
  }
}

TEST(Segmenter, measures_the_rest_of_a_person_lying_still_and_finds_nothing) {
  MovementSegmenter segmenter = fresh();
  for (const PoseFrame& frame : lying_with(8.0, [](double) { return 0.0; })) {
    EXPECT_EQ(push(segmenter, frame), nullptr);
    EXPECT_FALSE(segmenter.moving());
    EXPECT_FALSE(segmenter.raised());
  }
  EXPECT_TRUE(segmenter.baseline().ready());
  EXPECT_NEAR(segmenter.baseline().rest().trunk_incline.value(), 29.0, 1.0);
  EXPECT_EQ(segmenter.finish(), nullptr);
}

TEST(Segmenter, has_the_body_that_it_took_last_as_its_view_shows_it) {
  support::Practice practice;
  practice.camera.yaw_deg = 15.0;
  practice.steps = support::alternating(2);
  MovementSegmenter segmenter = fresh();
  EXPECT_FALSE(segmenter.in_plane());
  double most_px = 0.0;
  for (const PoseFrame& frame : perform(practice).frames) {
    const auto body = kinematics::measure(frame, support::kObservedMinScore);
    ASSERT_TRUE(body);
    segmenter.push(frame.time, body);
    ASSERT_TRUE(segmenter.in_plane());
    EXPECT_EQ(segmenter.in_plane()->time, frame.time);
    const auto seen = segmenter.view().rectified(*body);
    EXPECT_EQ(base::length(segmenter.in_plane()->shoulder - seen.shoulder), 0.0);
    most_px = std::max(most_px, base::length(seen.shoulder - body->shoulder));
  }
  EXPECT_GT(most_px, 1.0) << "the view changes nothing";
  const Seconds last = segmenter.in_plane()->time;
  segmenter.push(last + Seconds(0.03), std::nullopt);
  EXPECT_EQ(segmenter.in_plane()->time, last) << "nobody was taken";
}

TEST(Segmenter, finds_nothing_where_nobody_lies) {
  support::Posture standing;
  standing.upright_deg = 90.0;
  MovementSegmenter segmenter = fresh();
  for (int i = 0; i < 300; ++i) {
    const auto frame = support::pictured(standing, support::square_camera(), Seconds(i / 30.0));
    EXPECT_EQ(push(segmenter, frame), nullptr);
    EXPECT_EQ(segmenter.push(Seconds(i / 30.0 + 0.01), std::nullopt), nullptr);
  }
  EXPECT_FALSE(segmenter.baseline().ready());
  EXPECT_EQ(segmenter.finish(), nullptr);
  EXPECT_EQ(fresh().finish(), nullptr);
}

TEST(Segmenter, has_no_rest_while_a_knee_stays_bent) {
  MovementSegmenter segmenter = fresh();
  const double bent_deg = kick().repetition.rest_flexion_max.value + 20.0;
  for (const PoseFrame& frame : lying_with(6.0, [&](double) { return bent_deg; })) {
    EXPECT_EQ(push(segmenter, frame), nullptr);
  }
  EXPECT_FALSE(segmenter.baseline().ready());
}

TEST(Segmenter, shows_the_raised_leg_as_it_is) {
  for (const Side side : pose::kSides) {
    support::Practice practice;
    support::RepetitionPlan plan;
    plan.side = side;
    practice.camera = support::square_camera();
    practice.steps = {{.repetition = plan}};
    const auto performed = perform(practice);
    const double top_s = performed.repetitions[0].kicks[0].time_s;
    MovementSegmenter segmenter = fresh();
    bool seen = false;
    for (const PoseFrame& frame : performed.frames) {
      push(segmenter, frame);
      if (std::abs(frame.time.value() - top_s) > 0.02) continue;
      const auto raised = segmenter.raised();
      ASSERT_TRUE(raised);
      EXPECT_EQ(raised->leg, side);
      EXPECT_NEAR(raised->flexion.value(), plan.peak_deg, 3.0);
      EXPECT_GT(raised->noise.value(), 0.0);
      seen = true;
    }
    EXPECT_TRUE(seen);
  }
}

TEST(Segmenter, bridges_a_short_loss_of_sight_and_ends_at_a_long_one) {
  const double loss_s = kick().repetition.tracking_loss.value;
  const auto performed = four_repetitions();
  const double top_s = performed.repetitions[1].kicks[0].time_s;
  auto brief = performed.frames;
  hide(brief, top_s, top_s + 0.6 * loss_s);
  EXPECT_EQ(segments_of(brief).size(), 4U);
  auto lasting = performed.frames;
  hide(lasting, top_s, top_s + loss_s + 0.5);
  const auto segments = segments_of(lasting);
  ASSERT_GE(segments.size(), 2U);
  EXPECT_EQ(segments[1].end, SegmentEnd::lost);
}

TEST(Segmenter, gives_what_is_under_way_when_the_source_ends) {
  auto performed = four_repetitions();
  const double top_s = performed.repetitions[2].kicks[0].time_s;
  std::erase_if(performed.frames, [&](const PoseFrame& f) { return f.time.value() > top_s; });
  const auto segments = segments_of(performed.frames);
  ASSERT_EQ(segments.size(), 3U);
  EXPECT_EQ(segments[1].end, SegmentEnd::rest);
  EXPECT_EQ(segments[2].end, SegmentEnd::lost);
}

TEST(Segmenter, ends_a_bend_that_is_longer_than_a_repetition_can_be) {
  const double longest_s = kick().repetition.longest.value;
  const auto segments = segments_of(lying_with(longest_s + 10.0, [](double t) {
    return t < 3.0 ? 0.0 : std::min(100.0, 100.0 * (t - 3.0));
  }));
  ASSERT_FALSE(segments.empty());
  EXPECT_EQ(segments[0].end, SegmentEnd::too_long);
  const auto& frames = segments[0].frames;
  EXPECT_NEAR((frames.back().time - frames.front().time).value(), longest_s, 0.2);
}

TEST(Segmenter, takes_a_leg_that_comes_to_lie_elsewhere_for_a_new_rest) {
  const double new_deg = 0.6 * kick().repetition.counted_bend.value + 6.0;
  ASSERT_LT(new_deg, kick().repetition.rest_flexion_max.value);
  MovementSegmenter segmenter = fresh();
  for (const PoseFrame& frame : lying_with(14.0, [&](double t) {
         return t < 3.0 ? 0.0 : std::min(new_deg, 60.0 * (t - 3.0));
       })) {
    push(segmenter, frame);
  }
  EXPECT_FALSE(segmenter.moving());
  ASSERT_TRUE(segmenter.baseline().ready());
  EXPECT_NEAR(segmenter.baseline().rest().legs[0].knee_flexion.value(),
              new_deg + support::kStraightKneeDeg, 2.0);
}

TEST(Segmenter, does_not_take_somebody_lying_the_other_way_for_the_same_person) {
  auto frames = lying_with(6.0, [](double) { return 0.0; });
  MovementSegmenter segmenter = fresh();
  for (const PoseFrame& frame : frames) push(segmenter, frame);
  ASSERT_TRUE(segmenter.baseline().ready());
  for (PoseFrame& frame : frames) {
    frame.time += Seconds(6.0);
    if (frame.time.value() < 6.0 + kick().repetition.tracking_loss.value + 0.2) {
      push(segmenter, support::mirrored(frame));
    }
  }
  EXPECT_FALSE(segmenter.baseline().ready());
}

TEST(Segmenter, does_not_depend_on_when_the_practice_was) {
  auto performed = four_repetitions();
  const auto plain = segments_of(performed.frames);
  ASSERT_EQ(plain.size(), 4U);
  for (PoseFrame& f : performed.frames) f.time += Seconds(256.0);
  const auto later = segments_of(performed.frames);
  ASSERT_EQ(later.size(), plain.size());
  // Rounding of the times may move either end by a frame.
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(later[i].frames.size()),
                static_cast<double>(plain[i].frames.size()), 2.0)
        << i;
  }
}

TEST(Segmenter, finds_the_same_in_a_mirror_and_in_a_larger_picture) {
  const auto performed = four_repetitions();
  const auto plain = segments_of(performed.frames);
  ASSERT_EQ(plain.size(), 4U);
  std::vector<PoseFrame> mirror;
  std::vector<PoseFrame> large;
  for (const PoseFrame& f : performed.frames) {
    mirror.push_back(support::mirrored(f));
    large.push_back(support::transformed(f, 2.0));
  }
  for (const auto& other : {segments_of(mirror), segments_of(large)}) {
    ASSERT_EQ(other.size(), plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
      EXPECT_EQ(other[i].frames.size(), plain[i].frames.size()) << i;
    }
  }
}

}  // namespace
}  // namespace matside::exercise
