#include "formats/marker_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

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

/// Names of a joint, without their side. The first that a file has is used. Two names are the
/// markers on both sides of the joint; the joint is in the middle between them.
struct Usual {
  Landmark left_twin;
  std::string_view name;
  std::string_view other = {};
};
/// Joint centres come first, then pairs, then the single marker that a set has at the joint.
/// @source Vicon Plug-in Gait reference guide (RSHO, RKNE; RFEP, RFEO and RTIO are the origins
/// of
///   segments); Leardini et al. 2007, Gait & Posture 26 (Rizzoli: RLE, RME, RLM, RMM, RCA);
///   Rajagopal et al. 2016 and gait2392 (OpenSim: RLFC, R.Knee.Lat); OpenCap (r_knee_study)
constexpr std::array kUsual{
    Usual{Landmark::left_shoulder, "sjc"},
    Usual{Landmark::left_shoulder, "sho"},
    Usual{Landmark::left_shoulder, "shoulderstudy"},
    Usual{Landmark::left_shoulder, "acromium"},
    Usual{Landmark::left_shoulder, "acromion"},
    Usual{Landmark::left_shoulder, "acr"},
    Usual{Landmark::left_elbow, "ejc"},
    Usual{Landmark::left_elbow, "elbowlat", "elbowmed"},
    Usual{Landmark::left_elbow, "lel", "mel"},
    Usual{Landmark::left_elbow, "lelbowstudy", "melbowstudy"},
    Usual{Landmark::left_elbow, "elb"},
    Usual{Landmark::left_wrist, "wjc"},
    Usual{Landmark::left_wrist, "wra", "wrb"},
    Usual{Landmark::left_wrist, "faradius", "faulna"},
    Usual{Landmark::left_wrist, "lwriststudy", "mwriststudy"},
    Usual{Landmark::left_hip, "hjc"},
    Usual{Landmark::left_hip, "fep"},
    Usual{Landmark::left_hip, "hjcstudy"},
    Usual{Landmark::left_knee, "kjc"},
    Usual{Landmark::left_knee, "feo"},
    Usual{Landmark::left_knee, "kne", "knm"},
    Usual{Landmark::left_knee, "kneelat", "kneemed"},
    Usual{Landmark::left_knee, "lfc", "mfc"},
    Usual{Landmark::left_knee, "kneestudy", "mkneestudy"},
    Usual{Landmark::left_knee, "le", "me"},
    Usual{Landmark::left_knee, "kne"},
    Usual{Landmark::left_knee, "kneelat"},
    Usual{Landmark::left_ankle, "ajc"},
    Usual{Landmark::left_ankle, "tio"},
    Usual{Landmark::left_ankle, "ank", "med"},
    Usual{Landmark::left_ankle, "anklelat", "anklemed"},
    Usual{Landmark::left_ankle, "lmal", "mmal"},
    Usual{Landmark::left_ankle, "anklestudy", "manklestudy"},
    Usual{Landmark::left_ankle, "lm", "mm"},
    Usual{Landmark::left_ankle, "ank"},
    Usual{Landmark::left_ankle, "anklelat"},
    Usual{Landmark::left_heel, "hee"},
    Usual{Landmark::left_heel, "cal"},
    Usual{Landmark::left_heel, "calc"},
    Usual{Landmark::left_heel, "calcstudy"},
    Usual{Landmark::left_heel, "ca"},
    Usual{Landmark::left_foot_index, "bigtoe"},
    Usual{Landmark::left_foot_index, "toe"},
    Usual{Landmark::left_foot_index, "toetip"},
    Usual{Landmark::left_foot_index, "toestudy"},
    Usual{Landmark::left_foot_index, "toelat", "toemed"},
    Usual{Landmark::left_foot_index, "sm"},
};

/// Names of the front and rear spines of the pelvis, without their side, and of the sacrum.
constexpr std::array<std::string_view, 3> kFrontSpines{"asi", "asis", "asisstudy"};
constexpr std::array<std::string_view, 3> kRearSpines{"psi", "psis", "psisstudy"};
constexpr std::array<std::string_view, 3> kSacrum{"sacr", "sacrum", "vsacral"};

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

/// The landmark's own name, and the name that Matside writes.
std::vector<std::string> own_names(Landmark landmark) {
  std::vector<std::string> names{normalised_name(pose::name(landmark)),
                                 normalised_name(marker_name(landmark))};
  for (const pose::Side side : pose::kSides) {
    const std::string prefix = std::string(pose::name(side)) + "_";
    if (!pose::name(landmark).starts_with(prefix)) continue;
    for (std::string& name :
         with_side(normalised_name(pose::name(landmark).substr(prefix.size())), side)) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

/// The markers of a file by their normalised names.
class MarkerIndex {
 public:
  explicit MarkerIndex(const std::vector<std::string>& markers) {
    for (std::size_t i = 0; i < markers.size(); ++i) {
      places_.emplace(normalised_name(without_prefix(markers[i])), i);
    }
  }

  [[nodiscard]] std::optional<std::size_t> of(const std::vector<std::string>& names) const {
    for (const std::string& name : names) {
      if (const auto place = places_.find(name); place != places_.end()) return place->second;
    }
    return std::nullopt;
  }

  /// By the first of the names, without their side, that is there.
  [[nodiscard]] std::optional<std::size_t> of(std::span<const std::string_view> joints,
                                              pose::Side side) const {
    for (const std::string_view joint : joints) {
      if (const auto place = of(with_side(joint, side))) return place;
    }
    return std::nullopt;
  }

  /// The markers of a usual name; empty if one of them is missing.
  [[nodiscard]] std::vector<std::size_t> of(const Usual& usual, pose::Side side) const {
    const auto one = of(with_side(usual.name, side));
    if (!one || usual.other.empty())
      return one ? std::vector{*one} : std::vector<std::size_t>{};
    const auto other = of(with_side(usual.other, side));
    return other ? std::vector{*one, *other} : std::vector<std::size_t>{};
  }

 private:
  std::map<std::string, std::size_t, std::less<>> places_;
};

std::vector<std::size_t> usual_markers(Landmark landmark, const MarkerIndex& index) {
  if (const auto own = index.of(own_names(landmark))) return {*own};
  for (const pose::Side side : pose::kSides) {
    for (const Usual& usual : kUsual) {
      if (pose::on_side(usual.left_twin, side) != landmark) continue;
      if (auto places = index.of(usual, side); !places.empty()) return places;
    }
  }
  return {};
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
  const MarkerIndex index(markers);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i].empty()) places[i] = usual_markers(static_cast<Landmark>(i), index);
  }
  return places;
}

std::optional<PelvisMarkers> pelvis_markers(const std::vector<std::string>& markers) {
  const MarkerIndex index(markers);
  const auto left = index.of(kFrontSpines, pose::Side::left);
  const auto right = index.of(kFrontSpines, pose::Side::right);
  if (!left || !right) return std::nullopt;
  PelvisMarkers pelvis{*left, *right, {}};
  for (const pose::Side side : pose::kSides) {
    if (const auto rear = index.of(kRearSpines, side)) pelvis.rear.push_back(*rear);
  }
  if (pelvis.rear.size() == 2) return pelvis;
  const auto sacrum = index.of({kSacrum.begin(), kSacrum.end()});
  if (!sacrum) return std::nullopt;
  pelvis.rear = {*sacrum};
  return pelvis;
}

}  // namespace matside::formats
