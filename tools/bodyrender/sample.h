// One training sample: a picture of 256 x 256 pixels and everything known about it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/bodyrender/outfit.h"
#include "tools/bodyrender/sensor.h"

namespace matside::bodyrender {

inline constexpr int kSampleSide_px = 256;

struct SampleSettings {
  Style style = Style::rich;
  float share_frames = 0.25F;  ///< Of the samples: whole frames.
  float empty_crops = 0.1F;    ///< Of the crops: those without anybody.
  std::uint64_t seed = 1;
};

struct Sample {
  Picture picture;
  std::vector<float> labels;  ///< In label_columns()'s order.
};

/// The names of the labels. Positions are in the sample's pixels, x right and y down, pixel
/// centres at 0.5.
std::vector<std::string> label_columns();

/// The samples of one body; the same for the same settings and number, whatever else is made.
class BodySampler {
 public:
  /// `data` outlives the sampler.
  BodySampler(const BodyData& data, const SampleSettings& settings, int body);

  Sample next();

 private:
  const BodyData& data_;
  SampleSettings settings_;
  int body_;
  int pose_ = 0;
  Person person_;
};

}  // namespace matside::bodyrender
