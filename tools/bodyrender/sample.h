// A training sample: a picture of 256 x 256 pixels with its labels.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/bodyrender/outfit.h"
#include "tools/bodyrender/sensor.h"

namespace matside::bodyrender {

inline constexpr int kSampleSide_px = 256;

/// What samples to make.
struct SampleSettings {
  Style style = Style::rich;
  float share_frames = 0.25F;  ///< Fraction of samples that are whole frames.
  float empty_crops = 0.1F;    ///< Fraction of crops without a person.
  std::uint64_t seed = 1;
};

/// A picture with its labels.
struct Sample {
  Picture picture;
  std::vector<float> labels;  ///< In the order of label_columns().
};

/// Names of the labels. Positions are in pixels of the sample, x right and y down, pixel
/// centres at 0.5.
std::vector<std::string> label_columns();

/// Generates the samples of one body. They depend only on the settings and the body's number.
class BodySampler {
 public:
  /// `data` must outlive the sampler.
  BodySampler(const BodyData& data, const SampleSettings& settings, int body);

  /// The next sample.
  Sample next();

 private:
  const BodyData& data_;
  SampleSettings settings_;
  int body_;
  int pose_ = 0;
  Person person_;
};

}  // namespace matside::bodyrender
