#include "tools/bodyrender/sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "tools/bodyrender/npy.h"
#include "tools/bodyrender/stick_figure.h"

namespace matside::bodyrender {
namespace {

class Sampling : public testing::Test {
 protected:
  BodyData data_ = stick_figure();
  SampleSettings settings_;

  static float label(const Sample& sample, const std::string& name) {
    const auto names = label_columns();
    const auto found = std::find(names.begin(), names.end(), name);
    EXPECT_NE(found, names.end()) << name;
    return sample.labels.at(static_cast<std::size_t>(found - names.begin()));
  }
};

TEST_F(Sampling, every_label_has_a_unique_name) {
  const auto names = label_columns();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  for (const Style style : {Style::plain, Style::rich, Style::held}) {
    settings_.style = style;
    BodySampler sampler(data_, settings_, 0);
    for (int k = 0; k < 4; ++k) {
      const Sample sample = sampler.next();
      EXPECT_EQ(sample.labels.size(), names.size());
      EXPECT_EQ(sample.picture.rgb.size(), 256U * 256U * 3U);
      EXPECT_EQ(label(sample, "style_id"), static_cast<float>(style));
    }
  }
}

TEST_F(Sampling, the_same_seed_and_body_give_the_same_samples) {
  BodySampler first(data_, settings_, 3);
  BodySampler second(data_, settings_, 3);
  BodySampler other(data_, settings_, 4);
  for (int k = 0; k < 3; ++k) {
    const Sample a = first.next();
    const Sample b = second.next();
    EXPECT_EQ(a.picture.rgb, b.picture.rgb);
    EXPECT_EQ(a.labels, b.labels);
    EXPECT_NE(a.picture.rgb, other.next().picture.rgb);
  }
}

TEST_F(Sampling, crops_are_centred_on_the_hips_within_a_trackers_error) {
  settings_.share_frames = 0.0F;
  BodySampler sampler(data_, settings_, 1);
  int near_middle = 0;
  int people = 0;
  for (int k = 0; k < 60; ++k) {
    const Sample sample = sampler.next();
    EXPECT_EQ(label(sample, "kind"), 0.0F);
    if (label(sample, "posture") == 0.0F) continue;
    ++people;
    const Vec2 p0(label(sample, "p0_x"), label(sample, "p0_y"));
    const Vec2 p1(label(sample, "p1_x"), label(sample, "p1_y"));
    near_middle += (p0 - Vec2(128.0F, 128.0F)).norm() < 48.0F ? 1 : 0;
    // Side = 2.5 radii, scaled by 0.8 to 1.35.
    const float radii = 256.0F / (p1 - p0).norm();
    EXPECT_GT(radii, 2.5F * 0.79F);
    EXPECT_LT(radii, 2.5F * 1.36F);
  }
  EXPECT_GT(people, 40);
  EXPECT_LT(people, 60);  // One crop in ten shows an empty room.
  EXPECT_GE(near_middle, people * 9 / 10);
}

TEST_F(Sampling, an_empty_room_has_nobody_and_no_joint) {
  settings_.share_frames = 1.0F;
  int empty = 0;
  for (int body = 0; body < 20; ++body) {
    const Sample sample = BodySampler(data_, settings_, body).next();
    EXPECT_EQ(label(sample, "kind"), 1.0F);
    if (label(sample, "posture") != 0.0F) continue;
    ++empty;
    EXPECT_EQ(label(sample, "nose_seen"), -1.0F);
    EXPECT_EQ(label(sample, "share_in_frame"), 0.0F);
  }
  EXPECT_GT(empty, 0);
  EXPECT_LT(empty, 12);
}

TEST_F(Sampling, a_joint_far_outside_the_picture_is_never_labelled_as_seen) {
  settings_.share_frames = 0.5F;
  for (int body = 0; body < 12; ++body) {
    const Sample sample = BodySampler(data_, settings_, body).next();
    for (const char* joint : {"nose", "left_knee", "right_toe", "left_wrist"}) {
      const std::string name(joint);
      const float x = label(sample, name + "_x");
      const float y = label(sample, name + "_y");
      if (x < 0.0F || y < 0.0F || x >= 256.0F || y >= 256.0F) {
        EXPECT_EQ(label(sample, name + "_seen"), -1.0F);
      }
    }
  }
}

TEST(Builds, held_out_bodies_and_the_others_never_overlap) {
  const BodyData data = stick_figure();
  Random random(6);
  for (int k = 0; k < 200; ++k) {
    EXPECT_TRUE(is_held_out(draw_build(data, true, random)));
    EXPECT_FALSE(is_held_out(draw_build(data, false, random)));
  }
}

TEST(Random, values_are_in_range_with_the_right_spread) {
  Random random(7);
  float sum = 0.0F;
  float squares = 0.0F;
  constexpr int kCount = 20000;
  for (int k = 0; k < kCount; ++k) {
    const float u = random.unit();
    EXPECT_GE(u, 0.0F);
    EXPECT_LT(u, 1.0F);
    const float n = random.normal(2.0F, 3.0F);
    sum += n;
    squares += (n - 2.0F) * (n - 2.0F);
  }
  EXPECT_NEAR(sum / kCount, 2.0F, 0.1F);
  EXPECT_NEAR(std::sqrt(squares / kCount), 3.0F, 0.1F);
}

TEST(Npy, a_file_has_an_aligned_header_and_the_values) {
  const auto path = std::filesystem::temp_directory_path() / "bodyrender_npy_test.npy";
  auto file = NpyFile::create(path.string(), "<f4", {2, 3});
  ASSERT_TRUE(file.ok());
  const std::vector<float> values = {1.0F, 2.0F, 3.0F};
  file.value().append(std::span<const float>(values));
  file.value().append(std::span<const float>(values));
  ASSERT_TRUE(file.value().close().ok());
  std::ifstream in(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  std::filesystem::remove(path);
  const std::size_t header = 10U + static_cast<unsigned char>(bytes.at(8)) +
                             256U * static_cast<unsigned char>(bytes.at(9));
  EXPECT_EQ(header % 64, 0U);
  EXPECT_EQ(bytes.size(), header + 24);
  EXPECT_NE(bytes.find("'shape': (2, 3, )"), std::string::npos);
}

TEST(Npy, a_missing_folder_is_an_error_with_the_files_name) {
  const auto file = NpyFile::create("/nowhere/at/all.npy", "|u1", {1});
  ASSERT_FALSE(file.ok());
  EXPECT_NE(file.error().message.find("/nowhere/at/all.npy"), std::string::npos);
}

TEST(BodyFiles, a_folder_without_a_body_is_an_error_with_what_is_missing) {
  const auto data = load_body_data("/nowhere");
  ASSERT_FALSE(data.ok());
  EXPECT_NE(data.error().message.find("base.obj"), std::string::npos);
}

}  // namespace
}  // namespace matside::bodyrender
