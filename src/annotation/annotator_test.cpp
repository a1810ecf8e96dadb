// What is noted and drawn of simulated practices.
#include "annotation/annotator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "core/coaching/utterance.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace matside::annotation {
namespace {

using base::Seconds;
using pose::Side;
using support::single_leg_kick;

/// Repetitions from side to side, some of them with a foot that drops.
support::SimulatedSession performed(int repetitions, const std::set<int>& dropping) {
  support::Practice practice;
  practice.steps.push_back(
      {.kind = support::Step::Kind::idle, .idle = support::Idle::still, .idle_s = 3.0});
  for (int i = 0; i < repetitions; ++i) {
    support::Step step;
    step.repetition.side = i % 2 == 0 ? Side::left : Side::right;
    step.repetition.drop_s = dropping.contains(i) ? 0.3 : 0.0;
    step.repetition.gap_s = 1.5;
    practice.steps.push_back(step);
  }
  practice.steps.push_back(
      {.kind = support::Step::Kind::idle, .idle = support::Idle::still, .idle_s = 3.0});
  return support::perform(practice);
}

struct Watched {
  std::vector<OverlayContent> content;
  engine::Analysis analysis;
};

Watched watch(const std::vector<pose::PoseFrame>& frames) {
  auto session = engine::Session::create(single_leg_kick(), 1);
  OverlayContentBuilder taker(single_leg_kick(), 1);
  Watched watched;
  for (const pose::PoseFrame& frame : frames) {
    const auto events = session.value().push(frame);
    watched.content.push_back(taker.update(session.value().frame_state(), events,
                                           session.value().counts(), frame.time));
  }
  watched.analysis = session.value().analysis();
  return watched;
}

/// The cues in the order in which they came.
std::vector<std::string> cues(const std::vector<OverlayContent>& content) {
  std::vector<std::string> texts;
  bool before = false;
  for (const OverlayContent& each : content) {
    if (each.cue && !(before && texts.back() == each.cue->text)) {
      texts.push_back(each.cue->text);
    }
    before = each.cue.has_value();
  }
  return texts;
}

TEST(OverlayContent, has_the_sessions_counts) {
  const Watched watched = watch(performed(4, {}).frames);
  EXPECT_EQ(watched.analysis.counts.left, 2);
  EXPECT_EQ(watched.content.front().left, 0);
  EXPECT_EQ(watched.content.back().left, 2);
  EXPECT_EQ(watched.content.back().right, 2);
  EXPECT_EQ(watched.content.back().unsure, "");
}

TEST(OverlayContent, names_the_phase_and_counts_each_kick) {
  const Watched watched = watch(performed(2, {}).frames);
  std::vector<std::string> phases;
  std::vector<int> kicks;
  for (const OverlayContent& content : watched.content) {
    if (phases.empty() || phases.back() != content.phase) phases.push_back(content.phase);
    if (kicks.empty() || kicks.back() != content.kicks) kicks.push_back(content.kicks);
    EXPECT_EQ(content.kicks_expected, 2);
  }
  const auto told = [&](const std::string& phase) {
    return std::ranges::count(phases, phase) > 0;
  };
  EXPECT_EQ(phases.front(), "Getting ready");
  for (const std::string side : {"Left", "Right"}) {
    EXPECT_TRUE(told(side + " leg bending"));
    EXPECT_TRUE(told(side + " leg kicking"));
    EXPECT_TRUE(told(side + " leg lowering"));
  }
  EXPECT_EQ(phases.back(), "At rest");
  EXPECT_EQ(kicks, (std::vector<int>{0, 1, 2, 0, 1, 2, 0}));
}

TEST(OverlayContent, praises_and_corrects_like_the_live_lesson) {
  const Watched watched = watch(performed(4, {1, 2}).frames);
  const std::string drop = single_leg_kick().words_for("dropped_foot")->cue;
  // The third is being worked at: nothing is said.
  EXPECT_EQ(cues(watched.content),
            (std::vector<std::string>{"Clean repetition", drop,
                                      coaching::make_utterance(single_leg_kick(), "mended",
                                                               coaching::UtteranceKind::praise)
                                          .text}));
}

TEST(OverlayContent, shows_a_cue_for_some_seconds_and_the_title_for_the_first_five) {
  const auto frames = performed(1, {0}).frames;
  const Watched watched = watch(frames);
  double said_s = 0.0;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    if (watched.content[i].cue) said_s += (frames[i].time - frames[i - 1].time).value();
    const bool beginning = frames[i].time - frames[0].time < Seconds(5.0);
    EXPECT_EQ(watched.content[i].title.empty(), !beginning);
  }
  EXPECT_EQ(watched.content.front().title, "Single-leg kick, level 1: On the forearms");
  EXPECT_NEAR(said_s, std::min(4.5, said_s), 0.05);
  EXPECT_GT(said_s, 2.0);
}

TEST(OverlayContent, reports_an_empty_picture) {
  auto frames = performed(1, {}).frames;
  for (pose::PoseFrame& frame : frames) frame.pose.reset();
  EXPECT_EQ(watch(frames).content.back().phase, "Nobody in view");
}

/// A canvas of even grey with its memory.
class Page {
 public:
  explicit Page(base::ImageSize size)
      : y_(std::size_t(size.width_px) * size.height_px, 100), u_(y_.size() / 4, 128), v_(u_) {
    canvas_ = {.y = y_.data(),
               .u = u_.data(),
               .v = v_.data(),
               .y_stride_bytes = size.width_px,
               .uv_stride_bytes = size.width_px / 2,
               .size = size,
               .colours = {1.0F, 1.4F, -179.2F, -0.34F, -0.71F, 134.4F, 1.77F, -226.6F}};
  }
  [[nodiscard]] image::Canvas& canvas() { return canvas_; }
  /// Share of the pixels in the box that were drawn on.
  [[nodiscard]] double drawn(const Box& box) const {
    double count = 0.0;
    for (int y = static_cast<int>(box.top_px); y < box.bottom_px; ++y) {
      for (int x = static_cast<int>(box.left_px); x < box.right_px; ++x) {
        count += y_[std::size_t(y) * canvas_.size.width_px + x] == 100 ? 0.0 : 1.0;
      }
    }
    return count / (box.width_px() * box.height_px());
  }

 private:
  std::vector<std::uint8_t> y_;
  std::vector<std::uint8_t> u_;
  std::vector<std::uint8_t> v_;
  image::Canvas canvas_;
};

void annotate(Annotator& annotator, engine::Session& session, const pose::PoseFrame& frame,
              int quarter_turns, Page& page) {
  const auto events = session.push(frame);
  annotator.annotate({frame, quarter_turns, events, session.frame_state(), session.counts()},
                     page.canvas());
}

TEST(Annotator, draws_the_body_at_its_position_in_turned_and_unturned_pictures) {
  const pose::PoseFrame frame = performed(1, {}).frames.front();
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
    Page page(image::even_size(size));
    annotate(annotator.value(), session.value(), frame, quarter_turns, page);
    base::ImagePoint at{knee.x_px / 2, knee.y_px / 2};
    base::ImageSize of{seen.width_px / 2, seen.height_px / 2};
    for (int i = 0; i < quarter_turns; ++i) {
      at = {of.height_px - at.y_px, at.x_px};
      of = {of.height_px, of.width_px};
    }
    EXPECT_GT(page.drawn(expanded({at.x_px, at.y_px, at.x_px, at.y_px}, 3.0)), 0.8);
  }
}

TEST(Annotator, does_not_cover_a_body_in_the_middle) {
  const pose::PoseFrame frame = performed(1, {}).frames.front();
  auto annotator = Annotator::create(single_leg_kick(), 1, frame.image_size);
  auto session = engine::Session::create(single_leg_kick(), 1);
  auto hidden = frame;
  Page whole(frame.image_size);
  annotate(annotator.value(), session.value(), hidden, 0, whole);
  const double width = frame.image_size.width_px;
  const double height = frame.image_size.height_px;
  EXPECT_GT(whole.drawn({0.0, 0.0, 0.2 * width, 0.2 * height}), 0.3);
  EXPECT_GT(whole.drawn({0.8 * width, 0.0, width, 0.2 * height}), 0.3);
  const Box extent = *extent_of(*frame.pose);
  EXPECT_LT(whole.drawn(extent), 0.35);
}

TEST(Annotator, omits_invalid_and_distant_joints) {
  pose::PoseFrame frame = performed(1, {}).frames.front();
  auto& keypoints = frame.pose->keypoints;
  keypoints[pose::index(pose::Landmark::left_knee)].position = {std::nan(""), 1e300};
  keypoints[pose::index(pose::Landmark::left_ankle)].position = {-1e9, 1e9};
  keypoints[pose::index(pose::Landmark::right_hip)].score = std::nan("");
  auto annotator = Annotator::create(single_leg_kick(), 1, frame.image_size);
  auto session = engine::Session::create(single_leg_kick(), 1);
  Page page(frame.image_size);
  annotate(annotator.value(), session.value(), frame, 0, page);
  EXPECT_GT(
      page.drawn({0.0, 0.0, 1.0 * frame.image_size.width_px, 1.0 * frame.image_size.height_px}),
      0.01);
}

TEST(Annotator, fits_into_small_and_odd_pictures) {
  for (const base::ImageSize size :
       {base::ImageSize{63, 47}, base::ImageSize{2, 2}, base::ImageSize{1, 1},
        base::ImageSize{1920, 8}, base::ImageSize{9, 1920}}) {
    pose::PoseFrame frame = performed(1, {}).frames.front();
    auto annotator = Annotator::create(single_leg_kick(), 1, size);
    auto session = engine::Session::create(single_leg_kick(), 1);
    Page page(image::even_size(size));
    annotate(annotator.value(), session.value(), frame, 0, page);
  }
}

}  // namespace
}  // namespace matside::annotation
