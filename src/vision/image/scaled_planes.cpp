#include "vision/image/scaled_planes.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace matside::image {
namespace {

/// The old samples that one new sample is the weighted mean of, along one axis.
struct Taps {
  int first = 0;
  std::vector<float> weights;  ///< For first, first + 1, ...; they sum to 1.
};

Taps taps_around(double centre, double reach, int length) {
  const int low = static_cast<int>(std::ceil(centre - reach));
  const int high = static_cast<int>(std::floor(centre + reach));
  Taps taps;
  taps.first = std::clamp(low, 0, length - 1);
  const int last = std::clamp(high, 0, length - 1);
  taps.weights.resize(static_cast<std::size_t>(last) - static_cast<std::size_t>(taps.first) +
                      1);
  double sum = 0.0;
  for (int i = low; i <= high; ++i) sum += std::max(0.0, 1.0 - std::abs(i - centre) / reach);
  for (int i = low; i <= high; ++i) {
    const double weight = std::max(0.0, 1.0 - std::abs(i - centre) / reach) / sum;
    // Beyond the edge, the outermost sample repeats.
    const int at = std::clamp(i, 0, length - 1) - taps.first;
    taps.weights[static_cast<std::size_t>(at)] += static_cast<float>(weight);
  }
  return taps;
}

std::vector<Taps> taps_for(int from, int to) {
  const double step = static_cast<double>(from) / to;
  std::vector<Taps> all;
  all.reserve(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    all.push_back(taps_around((i + 0.5) * step - 0.5, std::max(1.0, step), from));
  }
  return all;
}

/// One plane of samples.
struct Plane {
  const std::uint8_t* samples;
  std::ptrdiff_t stride_bytes;
  base::ImageSize size;
};

void scale(const Plane& from, base::ImageSize to, std::uint8_t* out) {
  const std::vector<Taps> rows = taps_for(from.size.height_px, to.height_px);
  const std::vector<Taps> columns = taps_for(from.size.width_px, to.width_px);
  std::vector<float> row(static_cast<std::size_t>(from.size.width_px));
  for (const Taps& taps : rows) {
    std::ranges::fill(row, 0.0F);
    const std::uint8_t* samples = from.samples + taps.first * from.stride_bytes;
    for (const float weight : taps.weights) {
      for (std::size_t x = 0; x < row.size(); ++x) row[x] += weight * samples[x];
      samples += from.stride_bytes;
    }
    for (const Taps& column : columns) {
      const float* old = row.data() + column.first;
      float sum = 0.5F;
      for (const float weight : column.weights) sum += weight * *old++;
      *out++ = static_cast<std::uint8_t>(std::clamp(sum, 0.0F, 255.0F));
    }
  }
}

std::size_t samples_in(base::ImageSize size) {
  return static_cast<std::size_t>(size.width_px) * static_cast<std::size_t>(size.height_px);
}

}  // namespace

base::ImageSize chroma_size(base::ImageSize stored) {
  return {(stored.width_px + 1) / 2, (stored.height_px + 1) / 2};
}

Planes scaled_planes(const Planes& planes, base::ImageSize stored,
                     std::vector<std::uint8_t>& memory) {
  assert(planes.y != nullptr && stored.width_px > 0 && stored.height_px > 0);
  const base::ImageSize old_chroma = chroma_size(planes.stored);
  const base::ImageSize chroma = chroma_size(stored);
  memory.resize(samples_in(stored) + 2 * samples_in(chroma) + kPlaneMargin_bytes);
  std::uint8_t* const y = memory.data();
  std::uint8_t* const u = y + samples_in(stored);
  std::uint8_t* const v = u + samples_in(chroma);
  scale({planes.y, planes.y_stride_bytes, planes.stored}, stored, y);
  scale({planes.u, planes.uv_stride_bytes, old_chroma}, chroma, u);
  scale({planes.v, planes.uv_stride_bytes, old_chroma}, chroma, v);
  Planes scaled = planes;
  scaled.y = y;
  scaled.u = u;
  scaled.v = v;
  scaled.y_stride_bytes = stored.width_px;
  scaled.uv_stride_bytes = chroma.width_px;
  scaled.stored = stored;
  scaled.owner = nullptr;
  return scaled;
}

}  // namespace matside::image
