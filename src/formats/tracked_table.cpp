#include "formats/tracked_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "formats/delimited_text.h"
#include "formats/instance_lists.h"
#include "formats/joint_markers.h"
#include "formats/keypoint_array.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;

constexpr double kFarthestTracked_px = 1e9;

/// What a column of numbers contains.
struct TrackedColumn {
  enum class Quantity { x, y, score, ignored };
  Quantity quantity = Quantity::ignored;
  std::size_t individual = 0;
  std::size_t joint = 0;
};

TrackedColumn::Quantity quantity_named(std::string_view name) {
  using enum TrackedColumn::Quantity;
  if (name == "x") return x;
  if (name == "y") return y;
  return name == "likelihood" || name == "score" ? score : ignored;
}

/// The index of a name in a list, to which new names are added.
std::size_t index_in(std::vector<std::string>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  names.emplace_back(name);
  return names.size() - 1;
}

class TrackedTable {
 public:
  TrackedTable(std::string name, const PoseFileHints& hints, bool sleap)
      : name_(std::move(name)), hints_(hints), sleap_(sleap) {}

  base::Result<void> take(const TableRow& row) {
    if (columns_.empty()) return sleap_ ? take_sleap_header(row) : take_header_row(row);
    return take_frame(row);
  }

  base::Result<ImportedPoses> finish();

 private:
  base::Result<void> take_sleap_header(const TableRow& row);
  base::Result<void> take_header_row(const TableRow& row);
  base::Result<void> know_joints(const TableRow& row);
  base::Result<void> take_frame(const TableRow& row);
  [[nodiscard]] std::optional<pose::Pose> body_of(
      const std::vector<pose::Keypoint>& joints) const;

  std::string name_;
  const PoseFileHints& hints_;
  bool sleap_;
  std::vector<std::string> individual_row_;
  std::vector<std::string> joint_row_;
  std::size_t frame_column_ = 0;
  std::vector<TrackedColumn> columns_;  ///< Empty until the header is complete.
  std::vector<std::string> individuals_;
  std::vector<std::string> joints_;
  std::array<std::vector<std::size_t>, pose::kLandmarkCount> places_;
  std::map<std::int64_t, std::vector<pose::Pose>> bodies_;
  std::size_t body_count_ = 0;
};

base::Result<void> TrackedTable::take_sleap_header(const TableRow& row) {
  std::vector<TrackedColumn> columns;
  for (std::size_t i = 0; i < row.fields().size(); ++i) {
    const std::string_view name = row.at(i);
    TrackedColumn column;
    const std::size_t dot = name.rfind('.');
    if (name == "frame_idx") {
      frame_column_ = i;
    } else if (dot != std::string_view::npos && name != "instance.score") {
      column.quantity = quantity_named(name.substr(dot + 1));
      if (column.quantity != TrackedColumn::Quantity::ignored) {
        column.joint = index_in(joints_, name.substr(0, dot));
      }
    }
    if (joints_.size() > kMaxMarkers) break;  // Refused by know_joints().
    columns.push_back(column);
  }
  individuals_.emplace_back();
  columns_ = std::move(columns);
  return know_joints(row);
}

base::Result<void> TrackedTable::take_header_row(const TableRow& row) {
  const std::string_view title = row.at(0);
  if (title == "scorer") return {};
  if (title == "individuals") {
    individual_row_ = row.fields();
    return {};
  }
  if (title == "bodyparts") {
    joint_row_ = row.fields();
    return {};
  }
  if (title != "coords" || joint_row_.empty()) {
    return row.error("a DeepLabCut table has the rows scorer, bodyparts and coords");
  }
  std::vector<TrackedColumn> columns(1);
  for (std::size_t i = 1; i < row.fields().size(); ++i) {
    TrackedColumn column;
    if (i < joint_row_.size() && !joint_row_[i].empty()) {
      column.quantity = quantity_named(row.at(i));
      column.joint = index_in(joints_, joint_row_[i]);
      column.individual =
          index_in(individuals_, i < individual_row_.size() ? individual_row_[i] : "");
    }
    if (joints_.size() > kMaxMarkers || individuals_.size() > kMaxPeople) break;
    columns.push_back(column);
  }
  columns_ = std::move(columns);
  return know_joints(row);
}

base::Result<void> TrackedTable::know_joints(const TableRow& row) {
  if (joints_.size() > kMaxMarkers || individuals_.size() > kMaxPeople ||
      joints_.size() * individuals_.size() > columns_.size()) {
    return row.error(
        fmt::format("has more than {} joints or {} individuals, or joints that not "
                    "every individual has",
                    kMaxMarkers, kMaxPeople));
  }
  places_ = markers_by_landmark(joints_, hints_.markers);
  return check_joint_markers(places_, false, joints_, name_);
}

std::optional<pose::Pose> TrackedTable::body_of(
    const std::vector<pose::Keypoint>& joints) const {
  pose::Pose pose;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i].empty()) continue;
    pose::Keypoint middle{{0.0, 0.0}, 1.0};
    for (const std::size_t place : places_[i]) {
      const auto count = static_cast<double>(places_[i].size());
      middle.position.x_px += joints[place].position.x_px / count;
      middle.position.y_px += joints[place].position.y_px / count;
      middle.score = std::min(middle.score, joints[place].score);
    }
    if (middle.score > 0.0) pose.keypoints[i] = middle;
  }
  pose.score = mean_score(pose);
  return pose.score > 0.0 ? std::optional(pose) : std::nullopt;
}

base::Result<void> TrackedTable::take_frame(const TableRow& row) {
  const auto number = row.number(frame_column_, "the frame number");
  if (!number) return number.error();
  const double value = number.value().value_or(-1.0);
  if (!(value >= 0.0 && value <= kMaxFrameIndex)) {
    return row.error(frame_column_,
                     "must be a frame number; tables of labelled pictures have none");
  }
  struct JointReading {
    std::optional<double> x;
    std::optional<double> y;
    double score = 1.0;
  };
  std::vector<JointReading> readings(individuals_.size() * joints_.size());
  for (std::size_t i = 0; i < std::min(columns_.size(), row.fields().size()); ++i) {
    const TrackedColumn& column = columns_[i];
    if (column.quantity == TrackedColumn::Quantity::ignored) continue;
    const auto cell = row.number(i, joints_[column.joint]);
    if (!cell) return cell.error();
    if (std::abs(cell.value().value_or(0.0)) > kFarthestTracked_px) {
      return row.error(i, joints_[column.joint] + " is far outside any picture");
    }
    JointReading& reading = readings[column.individual * joints_.size() + column.joint];
    if (column.quantity == TrackedColumn::Quantity::x) reading.x = cell.value();
    if (column.quantity == TrackedColumn::Quantity::y) reading.y = cell.value();
    if (column.quantity == TrackedColumn::Quantity::score) {
      reading.score = clamped_score(cell.value().value_or(0.0));
    }
  }
  if (bodies_.size() >= kMaxFrames) return too_many_frames_error(name_);
  std::vector<pose::Pose>& bodies = bodies_[std::llround(value)];
  for (std::size_t person = 0; person < individuals_.size(); ++person) {
    std::vector<pose::Keypoint> joints(joints_.size());
    for (std::size_t j = 0; j < joints.size(); ++j) {
      const JointReading& reading = readings[person * joints_.size() + j];
      if (reading.x && reading.y) joints[j] = {{*reading.x, *reading.y}, reading.score};
    }
    const auto body = body_of(joints);
    if (!body) continue;
    if (++body_count_ > kMaxFrames || bodies.size() >= kMaxPeople) {
      return row.error(
          fmt::format("there are more than {} poses, or more than {} in a frame; "
                      "split the recording",
                      kMaxFrames, kMaxPeople));
    }
    bodies.push_back(*body);
  }
  return {};
}

base::Result<ImportedPoses> TrackedTable::finish() {
  if (columns_.empty()) {
    return Error{ErrorKind::input, name_ + ": ends within its header"};
  }
  if (!hints_.poses.size) return missing_size_error(name_);
  if (!hints_.poses.rate_hz) return missing_rate_error(name_);
  ImportedPoses out{sleap_ ? "sleap" : "deeplabcut", {}};
  PersonSelector choice;
  for (const auto& [number, bodies] : bodies_) {
    pose::PoseFrame frame;
    frame.frame_index = number;
    frame.image_size = *hints_.poses.size;
    const auto first = bodies_.begin()->first;
    frame.time = base::Seconds(static_cast<double>(number - first) / *hints_.poses.rate_hz);
    frame.pose = choice.choose(bodies);
    const std::string place = fmt::format("{}: frame {}", name_, number);
    if (auto added = add_frame(frame, place, out.frames); !added) return added.error();
  }
  return out;
}

std::string_view first_line(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text.substr(0, text.find('\n'));
}

}  // namespace

bool is_deeplabcut(std::string_view text) {
  return first_line(text).starts_with("scorer,") || first_line(text).starts_with("scorer;");
}

bool is_sleap(std::string_view text) {
  const std::string_view line = first_line(text);
  return line.find("frame_idx") != std::string_view::npos &&
         (line.find("instance.score") != std::string_view::npos || line.starts_with("track,"));
}

base::Result<ImportedPoses> read_tracked_table(std::string_view text, const std::string& name,
                                               const PoseFileHints& hints) {
  TrackedTable table(name, hints, is_sleap(text));
  const auto read = read_rows(text, delimiter_of(text), name,
                              [&](const TableRow& row) { return table.take(row); });
  if (!read) return read.error();
  return table.finish();
}

}  // namespace matside::formats
