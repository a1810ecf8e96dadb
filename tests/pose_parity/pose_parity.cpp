#include "tests/pose_parity/pose_parity.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/pose/pose_frame.h"
#include "vision/blazepose/pose_tracker.h"
#include "vision/video/video_reader.h"

namespace matside::tests {
namespace {

using pose::Landmark;

constexpr std::array kJoints = {
    Landmark::left_shoulder, Landmark::right_shoulder, Landmark::left_elbow,
    Landmark::right_elbow,   Landmark::left_wrist,     Landmark::right_wrist,
    Landmark::left_hip,      Landmark::right_hip,      Landmark::left_knee,
    Landmark::right_knee,    Landmark::left_ankle,     Landmark::right_ankle};

base::Error damaged(const std::filesystem::path& path) {
  return {base::ErrorKind::input,
          path.string() + ": missing, or not a reference with 33 landmarks"};
}

base::Result<image::Image> read_picture(const std::filesystem::path& path) {
  auto reader = video::VideoReader::open(path);
  if (!reader.ok()) return reader.error();
  video::Frame frame;
  const auto read = reader.value().read(frame);
  if (!read.ok()) return read.error();
  if (!read.value()) return damaged(path);
  return std::move(frame.image);
}

void compare(const pose::Pose& ours, const nlohmann::json& theirs, PictureParity& parity) {
  for (const Landmark joint : kJoints) {
    const auto& reference = theirs.at(pose::index(joint));
    const auto& mine = ours[joint];
    const base::ImagePoint place{reference.at(0).get<double>(), reference.at(1).get<double>()};
    parity.distance_px.push_back(base::length(mine.position - place));
    parity.score_difference.push_back(mine.score - reference.at(3).get<double>());
  }
}

}  // namespace

base::Result<std::vector<PictureParity>> measure_parity(const std::filesystem::path& parity_dir,
                                                        const std::filesystem::path& models_dir,
                                                        blazepose::Variant variant) {
  const std::filesystem::path file =
      parity_dir / ("reference_" + std::string(blazepose::name(variant)) + ".json");
  std::ifstream stream(file);
  const auto reference = nlohmann::json::parse(stream, nullptr, false);
  if (!reference.is_object()) return damaged(file);
  auto tracker = blazepose::PoseTracker::create(
      {.folder = models_dir, .variant = variant, .eye = false}, {});
  if (!tracker.ok()) return tracker.error();

  std::vector<PictureParity> pictures;
  for (const auto& [name, entry] : reference.items()) {
    const auto picture = read_picture(parity_dir / name);
    if (!picture.ok()) return picture.error();
    const auto& landmarks = entry.at("landmarks");
    if (landmarks.size() != pose::kLandmarkCount ||
        picture.value().size.width_px != entry.at("width").get<int>()) {
      return damaged(file);
    }
    const auto ours = tracker.value().detect(picture.value());
    if (!ours.ok()) return ours.error();
    PictureParity parity{name, ours.value().has_value(), {}, {}};
    if (ours.value()) compare(*ours.value(), landmarks, parity);
    pictures.push_back(std::move(parity));
  }
  return pictures;
}

std::vector<double> sorted_distances_px(const std::vector<PictureParity>& pictures) {
  std::vector<double> all;
  for (const PictureParity& p : pictures) {
    all.insert(all.end(), p.distance_px.begin(), p.distance_px.end());
  }
  std::sort(all.begin(), all.end());
  return all;
}

double quantile(const std::vector<double>& sorted, double share) {
  assert(!sorted.empty() && share > 0.0 && share <= 1.0);
  const double rank = std::ceil(share * static_cast<double>(sorted.size()) - 1e-9);
  return sorted[static_cast<std::size_t>(rank) - 1];
}

}  // namespace matside::tests
