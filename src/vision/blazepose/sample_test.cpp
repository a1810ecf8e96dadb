#include "vision/blazepose/sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "vision/image/orientation.h"

namespace matside::blazepose {
namespace {

image::Image picture(int width, int height) {
  image::Image p{{width, height}, {}};
  for (int i = 0; i < width * height * 3; ++i) {
    p.rgb.push_back(static_cast<std::uint8_t>((i * 37 + i / 7 * 11) % 256));
  }
  return p;
}

/// Bilinear value at a position in pixels, pixel centres at halves, edges repeated.
double bilinear(const image::Image& p, double x_px, double y_px, int channel) {
  const double x = std::clamp(x_px - 0.5, 0.0, p.size.width_px - 1.0);
  const double y = std::clamp(y_px - 0.5, 0.0, p.size.height_px - 1.0);
  const int left = static_cast<int>(x);
  const int top = static_cast<int>(y);
  const auto at = [&](int px, int py) {
    const int column = std::min(px, p.size.width_px - 1);
    return static_cast<double>(p.row(std::min(py, p.size.height_px - 1))[3 * column + channel]);
  };
  const double fx = x - left;
  const double fy = y - top;
  return (1 - fy) * ((1 - fx) * at(left, top) + fx * at(left + 1, top)) +
         fy * ((1 - fx) * at(left, top + 1) + fx * at(left + 1, top + 1));
}

bool inside(const image::Image& p, base::ImagePoint at) {
  return at.x_px >= 0 && at.y_px >= 0 && at.x_px <= p.size.width_px &&
         at.y_px <= p.size.height_px;
}

void expect_sampled(const image::Image& p, const Region& region, Border border) {
  constexpr int kSide = 16;
  std::vector<float> out(std::size_t{kSide} * kSide * 3);
  sample(p, region, border, -1.0F, 1.0F, kSide, out);
  for (int i = 0; i < kSide * kSide * 3; ++i) {
    const int x = i / 3 % kSide;
    const int y = i / 3 / kSide;
    const auto at = region.to_picture((x + 0.5) / kSide, (y + 0.5) / kSide);
    const bool black = border == Border::black && !inside(p, at);
    const double value = black ? 0.0 : bilinear(p, at.x_px, at.y_px, i % 3);
    // Weights are exact to 1 / 16384, positions to a thousandth of a pixel.
    ASSERT_NEAR(static_cast<double>(out.at(static_cast<std::size_t>(i))),
                value / 255.0 * 2.0 - 1.0, 4e-3)
        << x << ", " << y;
  }
}

TEST(Sample, is_bilinear_with_pixel_centres_aligned_at_any_turn) {
  const auto p = picture(31, 23);
  for (const double turn : {0.0, 0.4, 1.5707963, 2.9, -2.2}) {
    expect_sampled(p, {{15.3, 11.8}, 14.0, base::Radians(turn)}, Border::repeat_edge);
  }
}

TEST(Sample, repeats_the_edge_or_is_black_outside_the_picture) {
  const auto p = picture(9, 7);
  for (const Border border : {Border::repeat_edge, Border::black}) {
    expect_sampled(p, {{1.0, 6.0}, 25.3, base::Radians(0.3)}, border);
    expect_sampled(p, {{-50.0, 90.0}, 10.0, base::Radians(0.0)}, border);
  }
}

TEST(Sample, copes_with_pictures_of_a_single_pixel_row_or_column) {
  expect_sampled(picture(1, 1), {{0.5, 0.5}, 4.0, base::Radians(0.1)}, Border::repeat_edge);
  expect_sampled(picture(1, 9), {{0.5, 4.0}, 8.7, base::Radians(0.1)}, Border::repeat_edge);
  expect_sampled(picture(9, 1), {{4.0, 0.5}, 8.7, base::Radians(0.1)}, Border::black);
}

TEST(Sample, at_pixel_centres_returns_the_pixels_exactly) {
  const auto p = picture(16, 16);
  std::vector<float> out(p.rgb.size());
  sample(p, whole_picture_region(p.size, base::Radians(0.0)), Border::black, 0.0F, 255.0F, 16,
         out);
  for (std::size_t i = 0; i < out.size(); ++i) ASSERT_EQ(out[i], p.rgb[i]) << i;
}

TEST(Sample, of_an_enormous_region_or_one_far_away_stays_within_the_picture) {
  const auto p = picture(5, 5);
  std::vector<float> out(std::size_t{16} * 16 * 3);
  for (const double side : {1e-9, 1e9}) {
    for (const double centre : {-1e9, 2.5, 1e9}) {
      sample(p, {{centre, centre}, side, base::Radians(1.0)}, Border::repeat_edge, 0.0F, 1.0F,
             16, out);
      for (const float v : out) ASSERT_TRUE(v >= 0.0F && v <= 1.0F);
    }
  }
}

/// Noise planes with margins and unused columns. The colours stay within 0 to 255, so that RGB
/// bytes can represent them.
struct NoisePlanes {
  explicit NoisePlanes(base::ImageSize stored, image::Orientation orientation = {}) {
    const auto half = [](int length) { return (length + 1) / 2; };
    const int y_stride = stored.width_px + 3;
    const int uv_stride = half(stored.width_px) + 2;
    y = bytes(y_stride * stored.height_px);
    u = bytes(uv_stride * half(stored.height_px));
    v = bytes(uv_stride * half(stored.height_px));
    planes = {.y = y.data(),
              .u = u.data(),
              .v = v.data(),
              .y_stride_bytes = y_stride,
              .uv_stride_bytes = uv_stride,
              .stored = stored,
              .orientation = orientation,
              .colours = {.gain = 0.5F,
                          .red_v = 0.2F,
                          .red_0 = 30.0F,
                          .green_u = -0.1F,
                          .green_v = -0.2F,
                          .green_0 = 90.0F,
                          .blue_u = 0.4F,
                          .blue_0 = 10.0F},
              .owner = nullptr};
  }

  std::vector<std::uint8_t> bytes(int count) {
    std::vector<std::uint8_t> noise(static_cast<std::size_t>(count) +
                                    image::kPlaneMargin_bytes);
    for (auto& value : noise) {
      state = state * 1664525U + 1013904223U;
      value = static_cast<std::uint8_t>(state >> 24);
    }
    return noise;
  }

  /// The same picture as RGB.
  [[nodiscard]] image::Image as_image() const {
    const image::YuvToRgb& c = planes.colours;
    image::Image stored{planes.stored, {}};
    for (int py = 0; py < planes.stored.height_px; ++py) {
      for (int px = 0; px < planes.stored.width_px; ++px) {
        const int at = py / 2 * planes.uv_stride_bytes + px / 2;
        const float grey = c.gain * static_cast<float>(y[py * planes.y_stride_bytes + px]);
        const auto fu = static_cast<float>(u[at]);
        const auto fv = static_cast<float>(v[at]);
        for (const float value :
             {grey + c.red_v * fv + c.red_0, grey + c.green_u * fu + c.green_v * fv + c.green_0,
              grey + c.blue_u * fu + c.blue_0}) {
          stored.rgb.push_back(
              static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F))));
        }
      }
    }
    image::Image upright{planes.size(), {}};
    upright.rgb.resize(stored.rgb.size());
    image::place_upright(
        {stored.rgb.data(), static_cast<std::ptrdiff_t>(stored.stride_bytes()), stored.size},
        planes.orientation, 0, 0, upright);
    return upright;
  }

  std::uint32_t state = 5;
  std::vector<std::uint8_t> y, u, v;
  image::Planes planes;
};

const std::vector<Region> kRegions = {
    {{15.3, 11.8}, 14.0, base::Radians(0.4)}, {{9.0, 20.0}, 61.0, base::Radians(-2.2)},
    {{20.0, 10.0}, 37.0, base::Radians(0.0)}, {{-500.0, 90.0}, 10.0, base::Radians(1.0)},
    {{2.5, 2.5}, 1e9, base::Radians(1.0)},    {{2.5, 2.5}, 1e-9, base::Radians(1.0)}};

std::vector<float> sampled(const image::View& view, const Region& region, Border border) {
  std::vector<float> out(std::size_t{40} * 40 * 3);
  sample(view, region, border, -1.0F, 1.0F, 40, out);
  return out;
}

TEST(SamplePlanes, is_bit_identical_with_and_without_vector_instructions) {
  for (const base::ImageSize size : {base::ImageSize{40, 30}, {39, 31}, {1, 1}, {2, 9}}) {
    const NoisePlanes noise(size);
    for (const Region& region : kRegions) {
      for (const Border border : {Border::black, Border::repeat_edge}) {
        std::vector<float> portable(std::size_t{40} * 40 * 3);
        sample_scalar(noise.planes, region, border, -1.0F, 1.0F, 40, portable);
        ASSERT_EQ(sampled(noise.planes, region, border), portable);
      }
    }
  }
}

TEST(SamplePlanes, equals_that_of_the_rgb_picture_in_every_orientation) {
  for (int tag = 1; tag <= 8; ++tag) {
    const NoisePlanes noise({40, 30}, image::orientation_from_exif(tag));
    const image::Image image = noise.as_image();
    for (const Region& region : kRegions) {
      const auto planes = sampled(noise.planes, region, Border::black);
      const auto rgb = sampled(image, region, Border::black);
      double sum = 0.0;
      for (std::size_t i = 0; i < rgb.size(); ++i) {
        sum += static_cast<double>(std::abs(planes[i] - rgb[i])) * 127.5;
      }
      // RGB bytes are rounded by up to half a level.
      ASSERT_LT(sum / static_cast<double>(rgb.size()), 0.8) << "exif " << tag;
    }
  }
}

}  // namespace
}  // namespace matside::blazepose
