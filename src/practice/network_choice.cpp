#include "practice/network_choice.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "vision/blazepose/landmark_model.h"
#include "vision/blazepose/region.h"
#include "vision/image/image.h"

namespace matside::practice {
namespace {

using blazepose::LandmarkModel;
using blazepose::Variant;

// The rest of the budget is for decoding, scoring and the computer's other work.
constexpr double kShareOfBudget = 0.75;
constexpr int kTrials = 4;
constexpr base::ImageSize kTrialSize{640, 360};
constexpr std::uint8_t kGrey = 128;

bool fits(base::Seconds per_picture, base::Seconds budget) {
  return per_picture.value() <= kShareOfBudget * budget.value();
}

/// The shortest of a few runs on a grey picture: what the computer can do when it is idle. The
/// first run loads the weights and isn't counted.
base::Result<base::Seconds> inference_time(LandmarkModel& model) {
  image::Image grey{kTrialSize, {}};
  grey.rgb.assign(grey.stride_bytes() * static_cast<std::size_t>(kTrialSize.height_px), kGrey);
  const blazepose::Region region =
      blazepose::whole_picture_region(kTrialSize, base::Radians(0.0));
  double shortest_s = 0.0;
  for (int i = 0; i <= kTrials; ++i) {
    const auto before = std::chrono::steady_clock::now();
    const auto found = model.find(grey, region);
    if (!found) return found.error();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
    if (i == 1 || (i > 1 && took.count() < shortest_s)) shortest_s = took.count();
  }
  return base::Seconds(shortest_s);
}

std::vector<Variant> best_first(bool eye) {
  if (eye) return {blazepose::kEyeVariant, Variant::lite};
  return {Variant::heavy, Variant::full, Variant::lite};
}

}  // namespace

base::Result<NetworkChoice> choose_networks(const blazepose::PoseModels& models,
                                            base::Seconds budget) {
  // The others are loaded when a practice starts: too late to learn that one is missing.
  for (const std::string_view file : {blazepose::kDetectorFile, blazepose::kFinderFile}) {
    if (const auto model = blazepose::load_model(models.folder, file); !model) {
      return model.error();
    }
  }
  base::Seconds per_picture;
  blazepose::PoseModels candidate = models;
  for (const Variant variant : best_first(models.eye)) {
    candidate.variant = variant;
    auto landmarks = LandmarkModel::create_several(candidate, 1);
    if (!landmarks) return landmarks.error();
    const auto time = inference_time(landmarks.value().front());
    if (!time) return time.error();
    per_picture = time.value();
    if (fits(per_picture, budget)) break;
  }
  candidate.eye = candidate.with_eye();
  return NetworkChoice{std::move(candidate), per_picture};
}

}  // namespace matside::practice
