#include "vision/image/transform.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

namespace matside::image {
namespace {

std::uint8_t byte(double value) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

/// Converts to RGB, still in the stored orientation.
Image stored_rgb(const Planes& planes) {
  Image out{planes.stored, {}};
  out.rgb.resize(out.stride_bytes() * static_cast<std::size_t>(planes.stored.height_px));
  const YuvToRgb& c = planes.colours;
  std::uint8_t* to = out.rgb.data();
  for (std::ptrdiff_t y = 0; y < planes.stored.height_px; ++y) {
    const std::uint8_t* bright = planes.y + y * planes.y_stride_bytes;
    const std::uint8_t* blue = planes.u + y / 2 * planes.uv_stride_bytes;
    const std::uint8_t* red = planes.v + y / 2 * planes.uv_stride_bytes;
    for (std::ptrdiff_t x = 0; x < planes.stored.width_px; ++x, to += 3) {
      const float light = c.gain * static_cast<float>(bright[x]);
      const std::ptrdiff_t pair = x / 2;
      const auto u = static_cast<float>(blue[pair]);
      const auto v = static_cast<float>(red[pair]);
      to[0] = byte(light + c.red_v * v + c.red_0);
      to[1] = byte(light + c.green_u * u + c.green_v * v + c.green_0);
      to[2] = byte(light + c.blue_u * u + c.blue_0);
    }
  }
  return out;
}

Image oriented(const Image& stored, Orientation orientation) {
  Image out{upright_size(stored.size, orientation), {}};
  out.rgb.resize(stored.rgb.size());
  place_upright(
      {stored.rgb.data(), static_cast<std::ptrdiff_t>(stored.stride_bytes()), stored.size},
      orientation, 0, 0, out);
  return out;
}

/// The source pixels that one new pixel covers along one axis, with their weights.
struct Cover {
  int first = 0;
  std::vector<double> weights;  ///< For first, first + 1, ...; they sum to 1.
};

std::vector<Cover> covers(int from, int length, int wanted) {
  std::vector<Cover> all(static_cast<std::size_t>(wanted));
  const double step = static_cast<double>(length) / wanted;
  for (int i = 0; i < wanted; ++i) {
    const double begin = i * step;
    const double end = std::min<double>(begin + step, length);
    Cover& cover = all[static_cast<std::size_t>(i)];
    cover.first = from + static_cast<int>(begin);
    for (int old = static_cast<int>(begin); old < end; ++old) {
      cover.weights.push_back((std::min<double>(old + 1, end) - std::max<double>(old, begin)) /
                              (end - begin));
    }
  }
  return all;
}

}  // namespace

Image to_rgb_image(const View& picture, int quarter_turns) {
  assert(picture.has_pixels());
  constexpr std::array<Orientation, 4> kTurns{
      {{}, {true, true, false}, {false, true, true}, {true, false, true}}};
  const Orientation turn = kTurns.at(static_cast<std::size_t>(quarter_turns % 4));
  if (const Planes* planes = picture.planes()) {
    const Image upright = oriented(stored_rgb(*planes), planes->orientation);
    return turn == Orientation{} ? upright : oriented(upright, turn);
  }
  return turn == Orientation{} ? *picture.image() : oriented(*picture.image(), turn);
}

Image scaled(const Image& picture, const PixelRect& part, base::ImageSize size) {
  assert(part.x_px >= 0 && part.x_px + part.size.width_px <= picture.size.width_px);
  assert(part.y_px >= 0 && part.y_px + part.size.height_px <= picture.size.height_px);
  assert(part.size.width_px > 0 && part.size.height_px > 0);
  assert(size.width_px > 0 && size.height_px > 0);
  const std::vector<Cover> columns = covers(part.x_px, part.size.width_px, size.width_px);
  const std::vector<Cover> rows = covers(part.y_px, part.size.height_px, size.height_px);
  Image out{size, {}};
  out.rgb.reserve(out.stride_bytes() * static_cast<std::size_t>(size.height_px));
  for (const Cover& row : rows) {
    for (const Cover& column : columns) {
      std::array<double, 3> sum{};
      for (std::size_t j = 0; j < row.weights.size(); ++j) {
        const std::uint8_t* from =
            picture.row(row.first + static_cast<int>(j)) + std::ptrdiff_t{3} * column.first;
        for (std::size_t i = 0; i < column.weights.size(); ++i, from += 3) {
          const double weight = row.weights[j] * column.weights[i];
          for (std::size_t channel = 0; channel < 3; ++channel) {
            sum[channel] += weight * from[channel];
          }
        }
      }
      for (const double channel : sum) out.rgb.push_back(byte(channel));
    }
  }
  return out;
}

}  // namespace matside::image
