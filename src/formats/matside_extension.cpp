#include "formats/matside_extension.h"

#include <string>

#include "formats/imported_poses.h"

namespace matside::formats {
namespace {

using json = nlohmann::ordered_json;
using strict_json::Node;

constexpr double kMostBent_deg = 360.0;
constexpr double kSurest_deg = 0.1;

void read_knees(const Node& knees, pose::Pose& pose) {
  for (const pose::Side side : pose::kSides) {
    const auto knee = knees.optional(pose::name(side));
    if (!knee) continue;
    pose.knees[pose::index(side)] = {
        base::Degrees((*knee)["flexion_deg"].number_within(-kMostBent_deg, kMostBent_deg)),
        base::Degrees((*knee)["sd_deg"].number_within(kSurest_deg, kMostBent_deg))};
  }
}

void read_legs(const Node& legs, pose::Pose& pose) {
  for (const pose::Side side : pose::kSides) {
    const auto leg = legs.optional(pose::name(side));
    if (!leg) continue;
    const auto angle = [&](const char* key) {
      return base::Degrees((*leg)[key].number_within(-kMostBent_deg, kMostBent_deg));
    };
    pose.legs_in_space[pose::index(side)] = {angle("knee_flexion_deg"),
                                             angle("hip_flexion_deg"), angle("thigh_deg")};
  }
}

json legs_json(const pose::Pose& pose) {
  json legs = json::object();
  for (const pose::Side side : pose::kSides) {
    const auto& leg = pose.legs_in_space[pose::index(side)];
    if (!leg) continue;
    legs[std::string(pose::name(side))] = {{"knee_flexion_deg", leg->knee_flexion.value()},
                                           {"hip_flexion_deg", leg->hip_flexion.value()},
                                           {"thigh_deg", leg->thigh.value()}};
  }
  return legs;
}

}  // namespace

json matside_extension_json(const pose::PoseFrame& frame) {
  json words = {{"time_s", frame.time.value()},
                {"width", frame.image_size.width_px},
                {"height", frame.image_size.height_px}};
  if (!frame.pose) return words;
  words["score"] = frame.pose->score;
  words["by_eye"] = frame.pose->by_eye;
  json knees = json::object();
  for (const pose::Side side : pose::kSides) {
    const auto& knee = frame.pose->knees[pose::index(side)];
    if (!knee) continue;
    knees[std::string(pose::name(side))] = {{"flexion_deg", knee->flexion.value()},
                                            {"sd_deg", knee->deviation.value()}};
  }
  if (!knees.empty()) words["knees"] = std::move(knees);
  if (frame.pose->in_space()) words["legs_in_space"] = legs_json(*frame.pose);
  return words;
}

bool read_matside_extension(const Node& parent, pose::PoseFrame& frame) {
  const auto words = parent.optional(kMatsideKey);
  if (!words) return false;
  frame.time = base::Seconds((*words)["time_s"].number_within(0.0, kMaxTime_s));
  frame.image_size = {(*words)["width"].whole_number(1, kMaxImageSide_px),
                      (*words)["height"].whole_number(1, kMaxImageSide_px)};
  if (!frame.pose) return true;
  frame.pose->score = (*words)["score"].number_within(0.0, 1.0);
  frame.pose->by_eye = (*words)["by_eye"].boolean();
  if (const auto knees = words->optional("knees")) read_knees(*knees, *frame.pose);
  if (const auto legs = words->optional("legs_in_space")) read_legs(*legs, *frame.pose);
  return true;
}

}  // namespace matside::formats
