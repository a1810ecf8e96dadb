#include "formats/trc.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "core/kinematics/body_frame.h"
#include "core/signal/samples.h"
#include "formats/delimited_text.h"
#include "formats/imported_poses.h"
#include "formats/side_camera.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;
using pose::Landmark;

constexpr double kLegOfHeight = 0.491;
constexpr std::size_t kLeading = 2;  // Frame#, Time
constexpr std::size_t kMostMarkers = 2000;
constexpr std::size_t kMaxListed = 60;  // In an error.

/// What the first line of Matside's own files contains.
struct Picture {
  base::ImageSize size;
  double metres_per_px = 0.0;
};

constexpr std::string_view kSizeMark = "picture=";
constexpr std::string_view kScaleMark = "metres_per_px=";

template <class Number>
bool number_in(std::string_view text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [stopped, failed] = std::from_chars(text.data(), end, number);
  return failed == std::errc() && stopped == end;
}

std::optional<Picture> picture_in(const TableRow& first_line) {
  Picture picture;
  for (std::size_t i = 0; i < first_line.fields().size(); ++i) {
    std::string_view field = first_line.at(i);
    if (field.starts_with(kScaleMark)) {
      field.remove_prefix(kScaleMark.size());
      if (!number_in(field, picture.metres_per_px)) return std::nullopt;
    } else if (field.starts_with(kSizeMark)) {
      field.remove_prefix(kSizeMark.size());
      const std::size_t cross = field.find('x');
      if (cross == std::string_view::npos ||
          !number_in(field.substr(0, cross), picture.size.width_px) ||
          !number_in(field.substr(cross + 1), picture.size.height_px)) {
        return std::nullopt;
      }
    }
  }
  const auto side = [](int px) { return px > 0 && px <= kMaxImageSide_px; };
  const double scale = picture.metres_per_px;
  const bool good = side(picture.size.width_px) && side(picture.size.height_px) &&
                    std::isfinite(scale) && scale > 1e-9 && scale < 1e3;
  return good ? std::optional(picture) : std::nullopt;
}

/// None if there is no such marker, or one of them is missing.
std::optional<Point3d> middle_of(const std::vector<std::optional<Point3d>>& points,
                                 const std::vector<std::size_t>& places) {
  Point3d sum;
  for (const std::size_t place : places) {
    if (!points[place]) return std::nullopt;
    sum.x += points[place]->x;
    sum.y += points[place]->y;
    sum.z += points[place]->z;
  }
  if (places.empty()) return std::nullopt;
  const auto count = static_cast<double>(places.size());
  return Point3d{sum.x / count, sum.y / count, sum.z / count};
}

/// Reads the lines in order; the first five are the header.
class TrcReader {
 public:
  TrcReader(std::string name, const MarkerTable& table)
      : name_(std::move(name)), table_(table) {}

  base::Result<void> take(const TableRow& row) {
    switch (header_lines_++) {
      case 0:
        return take_first(row);
      case 1:
        keys_ = row.fields();
        return {};
      case 2:
        return take_values(row);
      case 3:
        return take_markers(row);
      case 4:
        // X1, Y1, Z1: some programs omit them.
        if (row.at(kLeading).starts_with('X')) return {};
        break;
      default:
        break;
    }
    return take_frame(row);
  }

  base::Result<ImportedPoses> done();

 private:
  base::Result<void> take_first(const TableRow& row);
  base::Result<void> take_values(const TableRow& row);
  base::Result<void> take_markers(const TableRow& row);
  base::Result<void> take_frame(const TableRow& row);
  base::Result<std::optional<Point3d>> marker(const TableRow& row, std::size_t place) const;
  [[nodiscard]] base::Result<void> check_joints() const;
  [[nodiscard]] std::vector<pose::PoseFrame> in_own_picture() const;

  std::string name_;
  const MarkerTable& table_;
  int header_lines_ = 0;
  std::optional<Picture> picture_;
  std::vector<std::string> keys_;
  std::size_t explicit_markers_ = 0;
  std::vector<std::string> markers_;
  std::array<std::vector<std::size_t>, pose::kLandmarkCount> places_;
  std::vector<MarkerFrame> frames_;
};

base::Result<void> TrcReader::take_first(const TableRow& row) {
  if (row.at(0) != "PathFileType") {
    return row.error("a TRC file must begin with PathFileType");
  }
  picture_ = picture_in(row);
  return {};
}

base::Result<void> TrcReader::take_values(const TableRow& row) {
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (normalised_name(keys_[i]) != "nummarkers") continue;
    const auto count = row.number(i, "NumMarkers");
    if (!count) return count.error();
    const double markers = count.value().value_or(0.0);
    if (!(markers >= 1.0 && markers <= static_cast<double>(kMostMarkers))) {
      return row.error(i, fmt::format("NumMarkers must be from 1 to {}", kMostMarkers));
    }
    explicit_markers_ = static_cast<std::size_t>(markers);
    return {};
  }
  return row.error("the line above has no NumMarkers");
}

base::Result<void> TrcReader::take_markers(const TableRow& row) {
  if (normalised_name(row.at(0)) != "frame" || normalised_name(row.at(1)) != "time") {
    return row.error("must begin with Frame# and Time");
  }
  std::set<std::string, std::less<>> seen;
  for (std::size_t i = kLeading; i < row.fields().size(); i += 3) {
    const std::string marker(row.at(i));
    // Some programs end the line with tabs.
    if (marker.empty()) break;
    if (!seen.insert(marker).second) {
      return row.error(i, fmt::format("the marker \"{}\" appears twice", marker));
    }
    markers_.push_back(marker);
  }
  if (markers_.size() != explicit_markers_) {
    return row.error(
        fmt::format("{} markers, but NumMarkers is {}; each takes three "
                    "columns",
                    markers_.size(), explicit_markers_));
  }
  places_ = markers_by_landmark(markers_, table_);
  return check_joints();
}

base::Result<void> TrcReader::check_joints() const {
  std::string missing;
  for (const Landmark left_twin : {Landmark::left_shoulder, Landmark::left_hip,
                                   Landmark::left_knee, Landmark::left_ankle}) {
    bool any = false;
    for (const pose::Side side : pose::kSides) {
      any = any || !places_[pose::index(pose::on_side(left_twin, side))].empty();
    }
    if (!any) {
      missing += (missing.empty() ? "" : ", ") +
                 std::string(pose::name(left_twin)).substr(std::string_view("left_").size());
    }
  }
  if (missing.empty()) return {};
  const auto listed = std::min(markers_.size(), kMaxListed);
  return Error{ErrorKind::input,
               without_control_characters(fmt::format(
                   "{}: no marker has a known name for {}; name markers with --markers FILE, "
                   "in lines such as R.Knee.Lat,right_knee. The markers are {}{}",
                   name_, missing,
                   fmt::join(markers_.begin(),
                             markers_.begin() + static_cast<std::ptrdiff_t>(listed), ", "),
                   listed < markers_.size() ? " and more" : ""))};
}

base::Result<std::optional<Point3d>> TrcReader::marker(const TableRow& row,
                                                       std::size_t place) const {
  constexpr std::array<const char*, 3> kAxes{"X", "Y", "Z"};
  std::array<double, 3> at{};
  for (std::size_t axis = 0; axis < at.size(); ++axis) {
    const std::size_t column = kLeading + 3 * place + axis;
    const auto value = row.number(column, markers_[place] + " " + kAxes[axis]);
    if (!value) return value.error();
    if (!value.value()) return std::optional<Point3d>();
    at[axis] = *value.value();
    constexpr double kFarthest = 1e9;
    if (std::abs(at[axis]) > kFarthest) {
      return row.error(column, markers_[place] + " is too far away");
    }
  }
  return std::optional(Point3d{at[0], at[1], at[2]});
}

base::Result<void> TrcReader::take_frame(const TableRow& row) {
  if (frames_.size() >= kMaxFrames) return too_many_frames_error(name_);
  const std::size_t columns = kLeading + 3 * markers_.size();
  for (std::size_t i = columns; i < row.fields().size(); ++i) {
    if (!row.at(i).empty()) {
      return row.error(i, fmt::format("there are more than {} columns, which {} markers need",
                                      columns, markers_.size()));
    }
  }
  const auto number = row.number(0, "Frame#");
  if (!number) return number.error();
  const auto time = row.number(1, "Time");
  if (!time) return time.error();
  if (!number.value() || !time.value()) return row.error("Frame# and Time are required");
  if (std::abs(*number.value()) > kMaxFrameIndex)
    return row.error(0, "is not a valid frame number");
  // Check unused markers too: an invalid number is always an error.
  std::vector<std::optional<Point3d>> points;
  for (std::size_t place = 0; place < markers_.size(); ++place) {
    const auto point = marker(row, place);
    if (!point) return point.error();
    points.push_back(point.value());
  }
  MarkerFrame frame;
  frame.number = std::llround(*number.value()) - 1;
  frame.time = base::Seconds(*time.value());
  for (std::size_t i = 0; i < places_.size(); ++i) {
    frame.points[i] = middle_of(points, places_[i]);
  }
  frames_.push_back(frame);
  return {};
}

/// Restores the picture that trc_text() wrote.
std::vector<pose::PoseFrame> TrcReader::in_own_picture() const {
  std::vector<pose::PoseFrame> seen;
  for (const MarkerFrame& frame : frames_) {
    pose::PoseFrame out{frame.number, frame.time, picture_->size, {}};
    pose::Pose pose;
    for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
      const auto& p = frame.points[i];
      if (!p) continue;
      pose.keypoints[i] = {{p->x / picture_->metres_per_px,
                            picture_->size.height_px - p->y / picture_->metres_per_px},
                           1.0};
      pose.score = 1.0;
    }
    if (pose.score > 0.0) out.pose = pose;
    seen.push_back(out);
  }
  return seen;
}

base::Result<ImportedPoses> TrcReader::done() {
  ImportedPoses out{"markers", {}};
  if (markers_.empty() || frames_.empty()) {
    return Error{ErrorKind::input, name_ + ": ends before its first frame"};
  }
  auto seen = picture_ ? in_own_picture() : project_to_side_view(frames_, name_);
  if (!seen) return seen.error();
  for (pose::PoseFrame& frame : seen.value()) {
    const std::string place = fmt::format("{}: frame {}", name_, frame.frame_index + 1);
    if (auto added = add_frame(frame, place, out.frames); !added) {
      return added.error();
    }
  }
  return out;
}

}  // namespace

std::string trc_text(const std::vector<pose::PoseFrame>& frames, double metres_per_px,
                     const std::string& file_name) {
  const base::ImageSize size = frames.front().image_size;
  const double span_s = (frames.back().time - frames.front().time).value();
  const auto count = static_cast<double>(frames.size());
  const double rate_hz = span_s > 0.0 ? (count - 1.0) / span_s : 1.0;
  std::string text =
      fmt::format("PathFileType\t4\t(X/Y/Z)\t{}\t{}{}x{}\t{}{:.9f}\n", file_name, kSizeMark,
                  size.width_px, size.height_px, kScaleMark, metres_per_px);
  text +=
      "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
      "OrigNumFrames\n";
  text += fmt::format("{0:.4f}\t{0:.4f}\t{1}\t{2}\tm\t{0:.4f}\t1\t{1}\n", rate_hz,
                      frames.size(), pose::kLandmarkCount);
  std::string names = "Frame#\tTime";
  std::string axes = "\t";
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    names += fmt::format("\t{}{}", marker_name(static_cast<Landmark>(i)),
                         i + 1 < pose::kLandmarkCount ? "\t\t" : "");
    axes += fmt::format("\tX{0}\tY{0}\tZ{0}", i + 1);
  }
  text += names + "\n" + axes + "\n\n";
  for (const pose::PoseFrame& frame : frames) {
    fmt::format_to(std::back_inserter(text), "{}\t{:.6f}", frame.frame_index + 1,
                   frame.time.value());
    for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
      const auto at = frame.pose
                          ? frame.pose->at(static_cast<Landmark>(i), kinematics::kMinJointScore)
                          : std::optional<base::ImagePoint>();
      if (!at) {
        text += "\t\t\t";
        continue;
      }
      fmt::format_to(std::back_inserter(text), "\t{:.7f}\t{:.7f}\t0", at->x_px * metres_per_px,
                     (size.height_px - at->y_px) * metres_per_px);
    }
    text += "\n";
  }
  return text;
}

base::Result<double> metres_per_px(const std::vector<pose::PoseFrame>& frames,
                                   double height_m) {
  std::vector<double> lengths_px;
  for (const pose::PoseFrame& frame : frames) {
    const auto body = kinematics::measure(frame, kinematics::kMinJointScore);
    if (!body) continue;
    const auto& leg = body->legs[pose::index(kinematics::near_side(body->head_direction))];
    if (leg) lengths_px.push_back(leg->thigh_px + leg->shank_px);
  }
  const auto leg_px = signal::median(lengths_px);
  if (!leg_px || !(*leg_px > 0.0)) {
    return Error{ErrorKind::input, "no leg is visible, so the scale is unknown"};
  }
  return kLegOfHeight * height_m / *leg_px;
}

base::Result<ImportedPoses> read_trc(std::string_view text, const std::string& name,
                                     const MarkerTable& table) {
  TrcReader reader(name, table);
  const auto read =
      read_rows(text, '\t', name, [&](const TableRow& row) { return reader.take(row); });
  if (!read) return read.error();
  return reader.done();
}

}  // namespace matside::formats
