#include "vision/image/scaled_planes.h"

#include <gtest/gtest.h>

#include <cstddef>

namespace matside::image {
namespace {

/// A picture whose luma rises by `step` from column to column.
struct Ramp {
  Ramp(base::ImageSize size, int step) {
    const base::ImageSize chroma = chroma_size(size);
    const auto samples = static_cast<std::size_t>(size.width_px * size.height_px);
    const auto differences = static_cast<std::size_t>(chroma.width_px * chroma.height_px);
    memory.assign(samples + 2 * differences + kPlaneMargin_bytes, 90);
    for (std::size_t i = 0; i < samples; ++i) {
      memory[i] = static_cast<std::uint8_t>(static_cast<int>(i) % size.width_px * step);
    }
    planes.y = memory.data();
    planes.u = planes.y + samples;
    planes.v = planes.u + differences;
    planes.y_stride_bytes = size.width_px;
    planes.uv_stride_bytes = chroma.width_px;
    planes.stored = size;
  }

  std::vector<std::uint8_t> memory;
  Planes planes;
};

TEST(ScaledPlanes, half_the_size_keeps_a_ramp_and_its_colours) {
  const Ramp ramp({64, 32}, 2);
  std::vector<std::uint8_t> memory;
  const Planes half = scaled_planes(ramp.planes, {32, 16}, memory);
  EXPECT_EQ(half.size().width_px, 32);
  for (int x = 1; x < 31; ++x) EXPECT_EQ(half.y[8 * 32 + x], 4 * x + 1) << x;
  EXPECT_EQ(half.u[0], 90);
  EXPECT_EQ(half.v[8 * 16 - 1], 90);
}

TEST(ScaledPlanes, a_larger_picture_is_interpolated_and_its_edges_repeat) {
  const Ramp ramp({8, 8}, 20);
  std::vector<std::uint8_t> memory;
  const Planes twice = scaled_planes(ramp.planes, {16, 8}, memory);
  EXPECT_EQ(twice.y[0], 0);
  EXPECT_EQ(twice.y[1], 5);
  EXPECT_EQ(twice.y[2], 15);
  EXPECT_EQ(twice.y[15], 140);
}

TEST(ScaledPlanes, odd_sizes_have_room_for_their_last_column) {
  const Ramp ramp({7, 5}, 1);
  std::vector<std::uint8_t> memory;
  const Planes odd = scaled_planes(ramp.planes, {3, 3}, memory);
  EXPECT_EQ(odd.uv_stride_bytes, 2);
  EXPECT_EQ(odd.v[3], 90);
}

}  // namespace
}  // namespace matside::image
