// Live pictures: the newest is looked at, late ones are dropped, and the network is chosen.
#include "vision/blazepose/pose_source.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <utility>
#include <vector>

#include "tests/image_tools.h"

namespace matside::tests {
namespace {

using blazepose::best_within_budget;
using blazepose::InferenceTime;
using blazepose::PoseSource;
using blazepose::Variant;
using PoseResult = base::Result<pose::PoseFrame>;

PoseSource::Options options(Variant variant) {
  const std::filesystem::path root = MATSIDE_BINARY_DIR;
  return {.models = {.folder = root / "share/matside/models", .variant = variant},
          .choose = false};
}

/// What a source gives, for a test to wait for; holds the source up at its first pose.
class PoseCollector {
 public:
  PoseSource::OnPose listener() {
    return [this](PoseResult seen) {
      std::unique_lock lock(mutex_);
      seen_.push_back(std::move(seen));
      changed_.notify_all();
      changed_.wait(lock, [this] { return let_on_; });
    };
  }
  void let_on() {
    const std::lock_guard lock(mutex_);
    let_on_ = true;
    changed_.notify_all();
  }
  std::vector<PoseResult> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return seen_.size() >= count; });
    return seen_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<PoseResult> seen_;
  bool let_on_ = false;
};

std::unique_ptr<PoseSource> make(const PoseSource::Options& options, PoseCollector& audience) {
  auto made = PoseSource::create(options, audience.listener());
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
  return std::move(made).value();
}

TEST(PoseSource, processes_the_newest_picture_and_drops_the_others) {
  PoseCollector audience;
  const auto source = make(options(Variant::lite), audience);
  const image::Image person = still("base_right_1.0.png");
  source->push(person, base::Seconds(0.0));
  audience.wait_for(1);
  for (int i = 1; i <= 9; ++i) source->push(person, base::Seconds(i));
  audience.let_on();
  const auto seen = audience.wait_for(2);
  ASSERT_TRUE(seen[0].ok() && seen[1].ok());
  EXPECT_EQ(seen[0].value().frame_index, 0);
  EXPECT_EQ(seen[1].value().frame_index, 9);
  EXPECT_EQ(seen[1].value().time.value(), 9.0);
  EXPECT_EQ(source->dropped(), 8);
}

TEST(PoseSource, gives_the_trackers_poses_rounded_to_the_digits_of_a_table) {
  PoseCollector audience;
  audience.let_on();
  const auto asked = options(Variant::lite);
  const auto source = make(asked, audience);
  auto tracker = blazepose::PoseTracker::create(asked.models, {.lag = 1});
  ASSERT_TRUE(tracker.ok());
  for (std::size_t i = 0; i < 3; ++i) {
    const image::Image person = still(i == 0 ? "base_right_1.0.png" : "base_right_6.2.png");
    const image::View view = person;
    const auto expected = tracker.value().track({&view, 1});
    source->push(person, base::Seconds(static_cast<double>(i)));
    const auto seen = audience.wait_for(i + 1);
    ASSERT_TRUE(expected.ok() && seen.back().ok() && seen.back().value().pose);
    const auto& a = *expected.value().front().pose;
    const auto& b = *seen.back().value().pose;
    for (std::size_t k = 0; k < pose::kLandmarkCount; ++k) {
      EXPECT_NEAR(a.keypoints[k].position.x_px, b.keypoints[k].position.x_px, 0.0051);
      EXPECT_NEAR(a.keypoints[k].position.y_px, b.keypoints[k].position.y_px, 0.0051);
    }
  }
}

TEST(PoseSource, reports_an_invalid_picture_and_ends) {
  PoseCollector audience;
  audience.let_on();
  const auto source = make(options(Variant::lite), audience);
  source->push(image::Image(), base::Seconds(0.0));
  const auto seen = audience.wait_for(1);
  ASSERT_FALSE(seen.front().ok());
  EXPECT_EQ(seen.front().error().kind, base::ErrorKind::input);
}

TEST(PoseSource, ends_while_a_picture_is_pending) {
  PoseCollector audience;
  audience.let_on();
  const auto source = make(options(Variant::lite), audience);
  for (int i = 0; i < 20; ++i) source->push(still("base_right_1.0.png"), base::Seconds(i));
}

TEST(PoseSource, chooses_the_best_network_within_its_budget) {
  auto asked = options(Variant::heavy);
  asked.choose = true;
  PoseCollector audience;
  asked.budget = base::Seconds(1000.0);
  const auto rich = make(asked, audience)->chosen();
  EXPECT_EQ(rich.variant, Variant::full);
  EXPECT_TRUE(rich.eye && rich.within_budget);
  EXPECT_GT(rich.per_picture.value(), 0.0);
  asked.budget = base::Seconds(1e-6);
  const auto poor = make(asked, audience)->chosen();
  EXPECT_EQ(poor.variant, Variant::lite);
  EXPECT_FALSE(poor.eye || poor.within_budget);
  asked.models.eye = false;
  asked.budget = base::Seconds(1000.0);
  EXPECT_EQ(make(asked, audience)->chosen().variant, Variant::heavy);
}

TEST(PoseSource, fails_without_the_model_files) {
  const auto made = PoseSource::create({.models = {.folder = "/nowhere"}}, [](PoseResult) {});
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().kind, base::ErrorKind::model);
}

TEST(BestWithinBudget, is_the_first_network_that_leaves_a_quarter_of_the_budget) {
  const std::vector<InferenceTime> paces = {{Variant::heavy, base::Seconds(0.048)},
                                            {Variant::full, base::Seconds(0.015)},
                                            {Variant::lite, base::Seconds(0.005)}};
  EXPECT_EQ(best_within_budget(paces, base::Seconds(0.065)).variant, Variant::heavy);
  EXPECT_EQ(best_within_budget(paces, base::Seconds(0.06)).variant, Variant::full);
  EXPECT_EQ(best_within_budget(paces, base::Seconds(0.01)).variant, Variant::lite);
  EXPECT_EQ(best_within_budget(paces, base::Seconds(0.001)).variant, Variant::lite);
}

}  // namespace
}  // namespace matside::tests
