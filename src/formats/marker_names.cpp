#include "formats/marker_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "formats/delimited_text.h"

namespace matside::formats {
namespace {

using pose::Landmark;

/// The names of joints in OpenPose, Pose2Sim and Sports2D.
constexpr std::array<std::string_view, pose::kLandmarkCount> kMarkers{
    "Nose",   "LEyeInner", "LEye",   "LEyeOuter", "REyeInner", "REye",      "REyeOuter",
    "LEar",   "REar",      "LMouth", "RMouth",    "LShoulder", "RShoulder", "LElbow",
    "RElbow", "LWrist",    "RWrist", "LPinky",    "RPinky",    "LIndex",    "RIndex",
    "LThumb", "RThumb",    "LHip",   "RHip",      "LKnee",     "RKnee",     "LAnkle",
    "RAnkle", "LHeel",     "RHeel",  "LBigToe",   "RBigToe",
};

/// Other usual names of joints, without their side.
struct Usual {
  std::string_view name;
  Landmark left_twin;
};
constexpr std::array kUsual{
    Usual{"sho", Landmark::left_shoulder}, Usual{"sjc", Landmark::left_shoulder},
    Usual{"elb", Landmark::left_elbow},    Usual{"ejc", Landmark::left_elbow},
    Usual{"wjc", Landmark::left_wrist},    Usual{"hjc", Landmark::left_hip},
    Usual{"kne", Landmark::left_knee},     Usual{"kjc", Landmark::left_knee},
    Usual{"ank", Landmark::left_ankle},    Usual{"ajc", Landmark::left_ankle},
    Usual{"hee", Landmark::left_heel},     Usual{"toe", Landmark::left_foot_index},
};

std::string without_prefix(std::string_view marker) {
  const std::size_t colon = marker.rfind(':');
  return std::string(colon == std::string_view::npos ? marker : marker.substr(colon + 1));
}

/// The normalised name with its side before or after it.
std::vector<std::string> with_side(std::string_view joint, pose::Side side) {
  const std::string name(joint);
  const bool left = side == pose::Side::left;
  const std::string letter = left ? "l" : "r";
  const std::string word(pose::name(side));
  return {letter + name, word + name, name + letter, name + word};
}

std::vector<std::string> usual_names(Landmark landmark) {
  std::vector<std::string> names{normalised_name(pose::name(landmark)),
                                 normalised_name(marker_name(landmark))};
  const auto add = [&](std::string_view joint, pose::Side side) {
    for (std::string& name : with_side(joint, side)) names.push_back(std::move(name));
  };
  for (const pose::Side side : pose::kSides) {
    const std::string prefix = std::string(pose::name(side)) + "_";
    if (pose::name(landmark).starts_with(prefix)) {
      add(normalised_name(pose::name(landmark).substr(prefix.size())), side);
    }
    for (const Usual& usual : kUsual) {
      if (pose::on_side(usual.left_twin, side) == landmark) add(usual.name, side);
    }
  }
  return names;
}

std::string known_landmarks() {
  std::string all;
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    all += (i == 0 ? "" : ", ") + std::string(pose::name(static_cast<Landmark>(i)));
  }
  return all;
}

}  // namespace

std::string_view marker_name(Landmark landmark) { return kMarkers[pose::index(landmark)]; }

base::Result<MarkerTable> read_marker_table(std::string_view text, const std::string& name) {
  MarkerTable table;
  const auto read =
      read_rows(text, delimiter_of(text), name, [&](const TableRow& row) -> base::Result<void> {
        const std::string marker(row.at(0));
        if (marker.starts_with('#')) return {};
        if (row.fields().size() < 2 || marker.empty()) {
          return row.error("must be MARKER,LANDMARK, such as R.Knee.Lat,right_knee");
        }
        const auto landmark = pose::landmark_named(row.at(1));
        if (!landmark) {
          return row.error(1, fmt::format("\"{}\" is not a landmark; the landmarks are {}",
                                          row.at(1), known_landmarks()));
        }
        if (!table.emplace(marker, *landmark).second) {
          return row.error(0, fmt::format("the marker \"{}\" is named twice", marker));
        }
        return {};
      });
  if (!read) return read.error();
  return table;
}

std::array<std::vector<std::size_t>, pose::kLandmarkCount> markers_by_landmark(
    const std::vector<std::string>& markers, const MarkerTable& table) {
  std::array<std::vector<std::size_t>, pose::kLandmarkCount> places;
  for (std::size_t i = 0; i < markers.size(); ++i) {
    auto entry = table.find(markers[i]);
    if (entry == table.end()) entry = table.find(without_prefix(markers[i]));
    if (entry != table.end()) places[pose::index(entry->second)].push_back(i);
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!places[i].empty()) continue;
    const auto names = usual_names(static_cast<Landmark>(i));
    const auto usual = std::ranges::find_if(markers, [&](const std::string& marker) {
      return std::ranges::find(names, normalised_name(without_prefix(marker))) != names.end();
    });
    if (usual != markers.end()) {
      places[i].push_back(static_cast<std::size_t>(usual - markers.begin()));
    }
  }
  return places;
}

}  // namespace matside::formats
