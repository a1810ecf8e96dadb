#include "formats/c3d.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "formats/c3d_file.h"
#include "formats/pose_file.h"
#include "tests/support/c3d_writer.h"

namespace matside::formats {
namespace {

using support::C3dForm;
using support::C3dFrame;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<std::string> kLabels{"LSHO", "LHIP", "LKNE", "LANK", "LTOE"};

/// Somebody who lies along x with z up, in millimetres.
std::vector<C3dFrame> frames(std::size_t count = 3) {
  const C3dFrame frame{std::array{500.0, 0.0, 200.0}, std::array{0.0, 0.0, 100.0},
                       std::array{-400.5, 0.0, 60.0}, std::array{-800.25, 0.0, 60.0},
                       std::nullopt};
  return std::vector<C3dFrame>(count, frame);
}

std::string error_of(const std::string& bytes) {
  const auto read = read_c3d(bytes, "k.c3d", {});
  return read ? "was read" : read.error().message;
}

TEST(C3dFile, GivesTheNumbersOfEachProcessor) {
  using enum C3dForm::Processor;
  for (const auto processor : {intel, dec, mips}) {
    C3dForm form;
    form.processor = processor;
    form.rate_hz = 119.88;
    const std::string bytes = support::c3d_bytes(form, kLabels, frames());
    ASSERT_TRUE(is_c3d(bytes));
    EXPECT_EQ(pose_format_of(bytes), PoseFormat::c3d);
    const auto file = C3dFile::open(bytes, "k.c3d");
    ASSERT_TRUE(file.ok()) << file.error().message;
    EXPECT_EQ(file.value().number("POINT:USED"), 5.0);
    EXPECT_EQ(file.value().number("POINT:SCALE"), -1.0);
    EXPECT_NEAR(file.value().number("POINT:RATE").value(), 119.88, 1e-5);
    EXPECT_THAT(file.value().texts("POINT:LABELS", 3), ElementsAre("LSHO", "LHIP", "LKNE"));
    EXPECT_EQ(file.value().number("POINT:NONE"), std::nullopt);
  }
}

TEST(C3dFile, IsNotSeenInOtherFiles) {
  EXPECT_FALSE(is_c3d(""));
  EXPECT_FALSE(is_c3d(std::string(2000, '\0')));
  std::string png = "\x89PNG\r\n\x1A\n";
  png.resize(2000, '\0');
  EXPECT_FALSE(is_c3d(png));
  EXPECT_FALSE(is_c3d("\2P" + std::string(2000, 'x')));
}

TEST(C3d, KeepsPointsToThePrecisionOfItsNumbers) {
  using enum C3dForm::Processor;
  for (const auto processor : {intel, dec, mips}) {
    for (const bool reals : {true, false}) {
      C3dForm form;
      form.processor = processor;
      form.reals = reals;
      const auto read = read_c3d(support::c3d_bytes(form, kLabels, frames()), "k.c3d", {});
      ASSERT_TRUE(read.ok()) << read.error().message;
      ASSERT_EQ(read.value().frames.size(), 3U);
      const pose::Pose& pose = *read.value().frames[2].pose;
      const auto along = [&](pose::Landmark landmark) { return pose[landmark].position.x_px; };
      const double leg = along(pose::Landmark::left_hip) - along(pose::Landmark::left_ankle);
      const double trunk =
          along(pose::Landmark::left_shoulder) - along(pose::Landmark::left_hip);
      EXPECT_NEAR(leg / trunk, 800.25 / 500.0, 1e-3);
      EXPECT_EQ(pose[pose::Landmark::left_foot_index].score, 0.0) << "was not measured";
      EXPECT_NEAR(read.value().frames[2].time.value(), 0.02, 1e-9);
    }
  }
}

TEST(C3d, HasMoreMarkersThanOneParameterHasLabels) {
  std::vector<std::string> labels;
  for (int i = 0; i < 295; ++i) labels.push_back("X" + std::to_string(i));
  labels.insert(labels.end(), kLabels.begin(), kLabels.end());
  std::vector<C3dFrame> all = frames();
  for (C3dFrame& frame : all) frame.insert(frame.begin(), 295, std::nullopt);
  const auto read = read_c3d(support::c3d_bytes({}, labels, all), "k.c3d", {});
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_TRUE(read.value().frames.front().pose);
}

TEST(C3d, NumbersItsFramesElsewhereWhereSixteenBitsAreTooFew) {
  C3dForm form;
  form.many_frames = true;
  using enum C3dForm::Processor;
  for (const auto processor : {intel, dec, mips}) {
    form.processor = processor;
    const auto read = read_c3d(support::c3d_bytes(form, kLabels, frames(4)), "k.c3d", {});
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read.value().frames.size(), 4U);
    EXPECT_THAT(read.value().notes, ::testing::Not(::testing::Contains("input_truncated")));
  }
}

TEST(C3d, IsRefusedWithWhatIsWrong) {
  const std::string good = support::c3d_bytes({}, kLabels, frames());
  EXPECT_THAT(error_of(good.substr(0, 900)), HasSubstr("is not a C3D file"));
  C3dForm form;
  form.rate_hz = 0.0;
  EXPECT_THAT(error_of(support::c3d_bytes(form, kLabels, frames())),
              HasSubstr("POINT:RATE must be a frame rate"));
  form = {};
  form.reals = false;
  form.scale = 0.0;
  EXPECT_THAT(error_of(support::c3d_bytes(form, kLabels, {})),
              HasSubstr("POINT:SCALE must not be 0"));
  EXPECT_THAT(error_of(support::c3d_bytes({}, {}, {})), HasSubstr("has no markers"));
  EXPECT_THAT(error_of(support::c3d_bytes({}, kLabels, {})),
              HasSubstr("ends before its first frame"));
  EXPECT_THAT(error_of(support::c3d_bytes({}, {"A", "B", "C", "D", "E"}, frames())),
              HasSubstr("no marker has a known name for shoulder, hip, knee, ankle"));
  std::string many = good;
  many[many.find("USED") + 8] = '\xFF';
  many[many.find("USED") + 9] = '\x7F';
  EXPECT_THAT(error_of(many), HasSubstr("has more than 2000 markers"));
  // The dimension of LABELS: it is followed by the labels.
  std::string damaged = good;
  damaged[damaged.find("LSHO") - 1] = '\xFF';
  damaged[damaged.find("LSHO") - 2] = '\xFF';
  EXPECT_THAT(error_of(damaged), HasSubstr("POINT:LABELS"));
  damaged[damaged.find("LABELS") + 1] = '\n';
  EXPECT_THAT(error_of(damaged), HasSubstr(R"(POINT:L\u000aBELS )"));
}

}  // namespace
}  // namespace matside::formats
