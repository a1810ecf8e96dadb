#include "report/pictures/picture_extraction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>

#include "tests/support/media.h"
#include "tests/support/practice.h"

namespace matside::pictures {
namespace {

using report::crop_for;
using report::Snapshot;
using report::SnapshotKind;
using report::SnapshotPicture;
using ::testing::StartsWith;

std::vector<pose::PoseFrame> lying_frames() {
  support::Practice practice;
  practice.steps = support::alternating(1);
  return perform(practice).frames;
}

/// A clip whose picture n is evenly grey, with a pose of a lying body in each frame.
class RecordingPictures : public ::testing::Test {
 protected:
  void SetUp() override {
    clip_ = made("grey.mp4", support::grey_step_clip_args(64, 48, 10, 2.0, 8));
    auto body = lying_frames().front();
    for (auto& k : body.pose->keypoints) {
      k.position = {k.position.x_px * 64 / body.image_size.width_px,
                    k.position.y_px * 48 / body.image_size.height_px};
    }
    for (int i = 0; i < 20; ++i) {
      frames_.push_back({i, base::Seconds(i / 10.0), {64, 48}, body.pose});
    }
    for (const std::size_t frame : {2, 3, 17})
      shown_at_.push_back({1, SnapshotKind::kick, 1, frame});
  }

  std::filesystem::path made(const std::string& name, support::Arguments arguments) {
    for (const std::string& each : support::h264_args()) arguments.push_back(each);
    return media_.make(name, arguments);
  }

  std::vector<SnapshotPicture> fetched(FaceMode faces) {
    const auto crop = crop_for(frames_, shown_at_);
    EXPECT_TRUE(crop);
    auto shown = report::snapshot_pictures(frames_, shown_at_, *crop);
    auto reader = video::VideoReader::open(clip_, {.planes = true});
    EXPECT_TRUE(reader);
    const std::atomic<bool> stop{false};
    const auto done = extract_pictures(
        reader.value(), frames_, *crop, faces, shown,
        [&](std::int64_t frames, double share) {
          read_ = frames;
          EXPECT_LE(share, 1.0);
        },
        stop);
    EXPECT_TRUE(done);
    return shown;
  }

  support::MediaFolder media_;
  std::filesystem::path clip_;
  std::vector<pose::PoseFrame> frames_;
  std::vector<Snapshot> shown_at_;
  std::int64_t read_ = 0;
};

TEST_F(RecordingPictures, gives_each_snapshot_the_picture_of_its_own_frame) {
  std::vector<std::string> pictures;
  for (const SnapshotPicture& shown : fetched(FaceMode::unchanged))
    pictures.push_back(shown.jpeg);
  ASSERT_EQ(pictures.size(), 3U);
  for (const std::string& picture : pictures) EXPECT_THAT(picture, StartsWith("\xff\xd8\xff"));
  EXPECT_NE(pictures[0], pictures[1]);
  // Nothing is read before the first one or after the last.
  EXPECT_EQ(read_, 16);
  // The same frames again, one by one: the seventeenth picture is that of frame 17.
  shown_at_ = {shown_at_.back()};
  EXPECT_EQ(fetched(FaceMode::unchanged).at(0).jpeg, pictures[2]);
}

TEST_F(RecordingPictures, omits_a_picture_whose_face_cannot_be_located) {
  for (std::size_t i = 12; i < 20; ++i) {
    for (std::size_t landmark = 0; landmark <= pose::index(pose::Landmark::mouth_right);
         ++landmark) {
      frames_[i].pose->keypoints[landmark].score = 0.0;
    }
  }
  for (std::size_t i = 0; i < 12; ++i) {
    if (i > 5) frames_[i].pose.reset();
  }
  const auto shown = fetched(FaceMode::blurred);
  EXPECT_FALSE(shown[0].jpeg.empty());
  EXPECT_TRUE(shown[2].jpeg.empty());
}

TEST_F(RecordingPictures, rotates_each_picture_like_its_pose) {
  clip_ = made("corners.mp4", support::quadrant_clip_args(64, 48, 10, 2.0));
  for (pose::PoseFrame& frame : frames_) {
    frame.quarter_turns = 1;
    frame.image_size = {48, 64};
    for (auto& k : frame.pose->keypoints) {
      k.position = {k.position.x_px * 48 / 64, k.position.y_px * 64 / 48};
    }
    // Corner to corner, so that the crop is the whole picture.
    (*frame.pose)[pose::Landmark::nose] = {{1.0, 1.0}, 1.0};
    (*frame.pose)[pose::Landmark::left_ankle] = {{47.0, 63.0}, 1.0};
  }
  auto reader = video::VideoReader::open(
      media_.write("shown.jpg", fetched(FaceMode::unchanged).at(0).jpeg));
  ASSERT_TRUE(reader);
  video::Frame shown;
  ASSERT_TRUE(reader.value().read(shown).value());
  const image::Image& picture = shown.image;
  const auto colour = [&](double across, double down) {
    const auto x = static_cast<int>(across * picture.size.width_px);
    const std::uint8_t* pixel =
        picture.row(static_cast<int>(down * picture.size.height_px)) + std::ptrdiff_t{3} * x;
    return std::array{pixel[0] > 128, pixel[1] > 100, pixel[2] > 128};
  };
  // Red and green on top, blue and yellow below: blue moves to the top left.
  EXPECT_EQ(colour(0.25, 0.25), (std::array{false, false, true}));
  EXPECT_EQ(colour(0.75, 0.25), (std::array{true, false, false}));
  EXPECT_EQ(colour(0.25, 0.75), (std::array{true, true, false}));
  EXPECT_EQ(colour(0.75, 0.75), (std::array{false, true, false}));
}

}  // namespace
}  // namespace matside::pictures
