#include "vision/blazepose/frame_pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace matside::blazepose {
namespace {

/// A committed frame and the side of the region that inference had, or -1 without inference.
using Commit = std::pair<std::size_t, double>;

/// A video of numbered frames. The region after frame n has a side of n pixels, so that each
/// commit shows which frame its region came from.
class NumberedFrames {
 public:
  explicit NumberedFrames(std::size_t change_every = 1000) : change_every_(change_every) {}

  /// Reads `count` more frames. Fails at frame `fail_at`, where `failing` names the stage.
  base::Result<void> run(FramePipeline& pipeline, std::size_t threads, std::size_t count,
                         const std::string& failing = "", std::size_t fail_at = 0) {
    const std::size_t last = read_ + count;
    const auto fails = [&, fail_at](const std::string& stage, std::size_t frame) {
      return stage == failing && frame == fail_at;
    };
    FramePipeline::Stages stages;
    stages.read = [&](std::size_t slot) -> base::Result<bool> {
      if (read_ == last) return false;
      if (fails("read", read_ + 1)) return base::Error{base::ErrorKind::input, "read"};
      frame_[slot] = ++read_;
      return true;
    };
    stages.infer = [&](std::size_t slot, const Region& region,
                       std::size_t) -> FramePipeline::Inference {
      if (fails("infer", frame_[slot])) return base::Error{base::ErrorKind::model, "infer"};
      DetectedBody body;
      body.next = region;
      return std::optional<DetectedBody>(body);
    };
    stages.commit = [&](std::size_t slot, const FramePipeline::Inference* seen,
                        std::size_t) -> base::Result<FramePipeline::CommitResult> {
      const std::size_t frame = frame_[slot];
      if (seen != nullptr && !seen->ok()) return seen->error();
      if (fails("commit", frame)) return base::Error{base::ErrorKind::output, "commit"};
      commits.push_back({frame, seen != nullptr ? seen->value()->next.side_px : -1.0});
      const Region next{{}, static_cast<double>(frame), base::Radians(0.0), 0};
      return FramePipeline::CommitResult{next, seen == nullptr || frame % change_every_ == 0};
    };
    return pipeline.run(stages, threads);
  }

  std::vector<Commit> commits;

 private:
  std::size_t change_every_;
  std::size_t read_ = 0;
  std::array<std::size_t, kSlots> frame_{};
};

/// The frame whose commit gives frame `frame` its region.
double region_source(std::size_t frame, std::size_t lag, std::size_t change_every) {
  const std::size_t last_change =
      std::max<std::size_t>(1, (frame - 1) / change_every * change_every);
  return static_cast<double>(std::max(last_change, frame > lag ? frame - lag : 1));
}

TEST(FramePipeline, takes_each_region_from_the_frame_lag_before_or_the_last_change) {
  for (std::size_t lag = 1; lag <= kMaxLag; ++lag) {
    for (std::size_t threads = 1; threads <= 4; ++threads) {
      FramePipeline pipeline(lag);
      NumberedFrames frames(7);
      ASSERT_TRUE(frames.run(pipeline, threads, 40).ok());
      ASSERT_EQ(frames.commits.size(), 40U);
      EXPECT_EQ(frames.commits[0], Commit(1, -1.0));
      for (std::size_t i = 1; i < 40; ++i) {
        EXPECT_EQ(frames.commits[i], Commit(i + 1, region_source(i + 1, lag, 7)))
            << "lag " << lag << ", threads " << threads;
      }
    }
  }
}

TEST(FramePipeline, continues_a_video_in_a_second_run) {
  FramePipeline pipeline(3);
  NumberedFrames frames;
  ASSERT_TRUE(frames.run(pipeline, 2, 5).ok());
  ASSERT_TRUE(frames.run(pipeline, 2, 5).ok());
  ASSERT_EQ(frames.commits.size(), 10U);
  EXPECT_EQ(frames.commits[9], Commit(10, 7.0));
}

TEST(FramePipeline, ends_at_once_without_frames) {
  FramePipeline pipeline(2);
  NumberedFrames frames;
  EXPECT_TRUE(frames.run(pipeline, 3, 0).ok());
  EXPECT_TRUE(frames.commits.empty());
}

TEST(FramePipeline, fails_with_the_error_of_any_stage_after_the_frames_before_it) {
  for (const std::string stage : {"infer", "commit"}) {
    for (std::size_t threads = 1; threads <= 3; ++threads) {
      FramePipeline pipeline(4);
      NumberedFrames frames;
      const auto ran = frames.run(pipeline, threads, 20, stage, 6);
      ASSERT_FALSE(ran.ok()) << stage;
      EXPECT_EQ(ran.error().message, stage);
      ASSERT_EQ(frames.commits.size(), 5U) << stage;
      EXPECT_EQ(frames.commits.back().first, 5U);
    }
  }
  FramePipeline pipeline(4);
  NumberedFrames frames;
  const auto ran = frames.run(pipeline, 2, 20, "read", 6);
  ASSERT_FALSE(ran.ok());
  EXPECT_EQ(ran.error().message, "read");
}

}  // namespace
}  // namespace matside::blazepose
