#include "annotation/annotator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "annotation/test_canvas.h"
#include "tests/support/cycle_practice.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"
#include "tests/support/random_cycle_practice.h"

namespace matside::annotation {
namespace {

using support::single_leg_kick;

/// The first frame of a simulated practice: a body lying at rest.
pose::PoseFrame lying_frame() {
  support::Practice practice;
  practice.steps = support::alternating(1);
  return support::perform(practice).frames.front();
}

void annotate(Annotator& annotator, engine::Session& session, const pose::PoseFrame& frame,
              int quarter_turns, GreyCanvas& page) {
  const auto events = session.push(frame);
  annotator.annotate({frame, quarter_turns, events, session.frame_state(), session.counts()},
                     page.canvas);
}

TEST(Annotator, draws_the_body_at_its_position_in_turned_and_unturned_pictures) {
  const pose::PoseFrame frame = lying_frame();
  const base::ImageSize seen = frame.image_size;
  const auto knee = (*frame.pose)[pose::Landmark::right_knee].position;
  for (const int quarter_turns : {0, 1, 2, 3}) {
    SCOPED_TRACE(quarter_turns);
    const bool across = quarter_turns % 2 == 1;
    // Half as large as the source.
    const base::ImageSize size{(across ? seen.height_px : seen.width_px) / 2,
                               (across ? seen.width_px : seen.height_px) / 2};
    auto annotator = Annotator::create(single_leg_kick(), 1, size);
    ASSERT_TRUE(annotator.ok());
    auto session = engine::Session::create(single_leg_kick(), 1);
    GreyCanvas page(image::even_size(size));
    annotate(annotator.value(), session.value(), frame, quarter_turns, page);
    base::ImagePoint at{knee.x_px / 2, knee.y_px / 2};
    base::ImageSize of{seen.width_px / 2, seen.height_px / 2};
    for (int i = 0; i < quarter_turns; ++i) {
      at = {of.height_px - at.y_px, at.x_px};
      of = {of.height_px, of.width_px};
    }
    EXPECT_GT(page.drawn_share(expanded({at.x_px, at.y_px, at.x_px, at.y_px}, 3.0)), 0.8);
  }
}

TEST(Annotator, does_not_cover_a_body_in_the_middle) {
  const pose::PoseFrame frame = lying_frame();
  auto annotator = Annotator::create(single_leg_kick(), 1, frame.image_size);
  auto session = engine::Session::create(single_leg_kick(), 1);
  auto hidden = frame;
  GreyCanvas whole(frame.image_size);
  annotate(annotator.value(), session.value(), hidden, 0, whole);
  const double width = frame.image_size.width_px;
  const double height = frame.image_size.height_px;
  EXPECT_GT(whole.drawn_share({0.0, 0.0, 0.2 * width, 0.2 * height}), 0.3);
  EXPECT_GT(whole.drawn_share({0.8 * width, 0.0, width, 0.2 * height}), 0.3);
  const Box extent = *extent_of(*frame.pose);
  EXPECT_LT(whole.drawn_share(extent), 0.35);
}

TEST(Annotator, omits_invalid_and_distant_joints) {
  pose::PoseFrame frame = lying_frame();
  auto& keypoints = frame.pose->keypoints;
  keypoints[pose::index(pose::Landmark::left_knee)].position = {std::nan(""), 1e300};
  keypoints[pose::index(pose::Landmark::left_ankle)].position = {-1e9, 1e9};
  keypoints[pose::index(pose::Landmark::right_hip)].score = std::nan("");
  auto annotator = Annotator::create(single_leg_kick(), 1, frame.image_size);
  auto session = engine::Session::create(single_leg_kick(), 1);
  GreyCanvas page(frame.image_size);
  annotate(annotator.value(), session.value(), frame, 0, page);
  EXPECT_GT(page.drawn_share(
                {0.0, 0.0, 1.0 * frame.image_size.width_px, 1.0 * frame.image_size.height_px}),
            0.01);
}

TEST(Annotator, labels_what_each_exercise_counts_by) {
  for (const exercise::Definition& exercise : support::installed_exercises()) {
    if (!exercise.cycle) continue;
    SCOPED_TRACE(exercise.id);
    const auto practice = support::random_cycle_practice(exercise, 0, 3);
    const auto frames = support::perform(practice).frames;
    const base::ImageSize seen = frames.front().image_size;
    const base::ImageSize size{seen.width_px / 8 * 2, seen.height_px / 8 * 2};
    auto annotator = Annotator::create(exercise, 0, size);
    ASSERT_TRUE(annotator.ok());
    auto session = engine::Session::create(exercise, 0);
    const Box middle{0.2 * size.width_px, 0.25 * size.height_px, 0.8 * size.width_px,
                     0.75 * size.height_px};
    int at_rest = 0;
    int most = 0;
    for (const pose::PoseFrame& frame : frames) {
      if (frame.time > base::Seconds(25.0)) break;
      GreyCanvas page(size);
      annotate(annotator.value(), session.value(), frame, 0, page);
      const int drawn = page.drawn_in(middle);
      const bool moves =
          session.value().frame_state().movement.phase != exercise::MovementPhase::rest;
      if (moves) most = std::max(most, drawn);
      if (!moves && at_rest == 0) at_rest = drawn;
    }
    EXPECT_GT(most, at_rest) << "a plate with a number is drawn during the movement";
  }
}

TEST(Annotator, fits_into_small_and_odd_pictures) {
  for (const base::ImageSize size :
       {base::ImageSize{63, 47}, base::ImageSize{2, 2}, base::ImageSize{1, 1},
        base::ImageSize{1920, 8}, base::ImageSize{9, 1920}}) {
    pose::PoseFrame frame = lying_frame();
    auto annotator = Annotator::create(single_leg_kick(), 1, size);
    ASSERT_TRUE(annotator.ok());
    auto session = engine::Session::create(single_leg_kick(), 1);
    GreyCanvas page(image::even_size(size));
    annotate(annotator.value(), session.value(), frame, 0, page);
    if (size.width_px < 63 || size.height_px < 47) continue;
    EXPECT_GT(page.drawn_in({0.0, 0.0, 1.0 * size.width_px, 1.0 * size.height_px}), 0);
  }
}

}  // namespace
}  // namespace matside::annotation
