#include "formats/generic_pose_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "core/signal/samples.h"
#include "formats/delimited_text.h"
#include "formats/imported_poses.h"
#include "formats/pose_columns.h"

namespace matside::formats {
namespace {

using Quantity = PoseColumn::Quantity;
using pose::Landmark;

// Steps between frames, in seconds, that are too long for a camera.
constexpr double kSlowestStep_s = 1.0;

/// A frame as the table has it: positions and times in the units of the table.
struct RowReading {
  std::size_t line = 0;
  std::optional<double> frame;
  std::optional<double> time;
  base::ImageSize size;
  pose::Pose pose;
};

class PoseTable {
 public:
  PoseTable(std::string name, const PoseHints& hints) : name_(std::move(name)), hints_(hints) {}

  base::Result<void> add_row(const TableRow& row) {
    if (columns_.empty()) return read_header(row);
    if (row.fields().size() > columns_.size()) {
      return row.error(fmt::format("{} fields, but the header has {} columns",
                                   row.fields().size(), columns_.size()));
    }
    if (rows_.size() >= kMaxFrames) return too_many_frames_error(name_);
    auto values = values_of(row);
    if (!values) return values.error();
    return long_ ? add_joint_row(row, values.value()) : add_frame_row(row, values.value());
  }

  base::Result<ImportedPoses> finish();

 private:
  using Values = std::vector<std::optional<double>>;

  base::Result<void> read_header(const TableRow& row);
  base::Result<Values> values_of(const TableRow& row) const;
  base::Result<void> add_frame_row(const TableRow& row, const Values& values);
  base::Result<void> add_joint_row(const TableRow& row, const Values& values);
  [[nodiscard]] std::optional<double> value(const Values& values, Quantity quantity) const;
  void describe(const Values& values, const TableRow& row, RowReading& reading) const;
  [[nodiscard]] bool pixels() const;
  [[nodiscard]] double second() const;
  base::Result<pose::PoseFrame> placed(const RowReading& reading, bool in_pixels,
                                       double second) const;
  void place(pose::Keypoint& k, double x, double y, std::optional<double> score) const;

  std::string name_;
  PoseHints hints_;
  std::vector<PoseColumn> columns_;
  std::vector<std::optional<Landmark>> landmarks_;  ///< by column
  bool long_ = false;
  bool in_pixels_ = false;
  bool scored_ = false;
  int first_ = 0;  ///< number of the first landmark
  std::vector<RowReading> rows_;
};

base::Result<void> PoseTable::read_header(const TableRow& row) {
  columns_ = pose_columns(row.fields());
  const auto is = [](Quantity quantity) {
    return [quantity](const PoseColumn& c) { return c.quantity == quantity; };
  };
  long_ = std::ranges::any_of(columns_, is(Quantity::joint));
  scored_ = std::ranges::any_of(columns_, is(Quantity::score));
  for (const PoseColumn& c : columns_) in_pixels_ = in_pixels_ || c.in_pixels;
  const auto has_column = [&](std::string_view joint) {
    return std::ranges::any_of(columns_, [&](const auto& c) { return c.joint == joint; });
  };
  if (!has_column("0") && has_column(std::to_string(pose::kLandmarkCount))) first_ = 1;
  int joints = 0;
  for (const PoseColumn& c : columns_) {
    landmarks_.push_back(c.joint.empty() ? std::nullopt : parse_landmark(c.joint, first_));
    if (c.quantity == Quantity::x && (long_ || landmarks_.back())) ++joints;
  }
  if (joints > 0) return {};
  return row.error(
      "no column is named after a joint; a pose table has columns such as left_knee_x, "
      "left_knee_y, or frame, landmark, x, y");
}

base::Result<PoseTable::Values> PoseTable::values_of(const TableRow& row) const {
  Values values(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Quantity quantity = columns_[i].quantity;
    if (quantity == Quantity::other || quantity == Quantity::joint) continue;
    auto number = row.number(i, columns_[i].name);
    if (!number) return number.error();
    values[i] = number.value();
  }
  return values;
}

std::optional<double> PoseTable::value(const Values& values, Quantity quantity) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].quantity == quantity) return values[i];
  }
  return std::nullopt;
}

void PoseTable::describe(const Values& values, const TableRow& row, RowReading& reading) const {
  reading.line = row.line();
  reading.frame = value(values, Quantity::frame);
  reading.time = value(values, Quantity::time);
  const auto pixels = [&](Quantity quantity) {
    const double side = value(values, quantity).value_or(0.0);
    return side >= 1.0 && side <= kMaxImageSide_px ? static_cast<int>(side) : 0;
  };
  reading.size = {pixels(Quantity::width), pixels(Quantity::height)};
}

void PoseTable::place(pose::Keypoint& k, double x, double y,
                      std::optional<double> score) const {
  k = {{x, y}, scored_ ? std::clamp(score.value_or(0.0), 0.0, 1.0) : 1.0};
}

base::Result<void> PoseTable::add_frame_row(const TableRow& row, const Values& values) {
  RowReading reading;
  describe(values, row, reading);
  struct Joint {
    std::optional<double> x;
    std::optional<double> y;
    std::optional<double> score;
  };
  std::array<Joint, pose::kLandmarkCount> joints;
  std::array<Joint, 2> knees;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const PoseColumn& c = columns_[i];
    Joint& knee = knees[pose::index(c.side)];
    if (c.quantity == Quantity::knee_flexion) knee.x = values[i];
    if (c.quantity == Quantity::knee_deviation) knee.y = values[i];
    if (!landmarks_[i]) continue;
    Joint& joint = joints[pose::index(*landmarks_[i])];
    if (c.quantity == Quantity::x) joint.x = values[i];
    if (c.quantity == Quantity::y) joint.y = values[i];
    if (c.quantity == Quantity::score) joint.score = values[i];
  }
  for (std::size_t i = 0; i < joints.size(); ++i) {
    const Joint& j = joints[i];
    if (j.x && j.y) place(reading.pose.keypoints[i], *j.x, *j.y, j.score);
  }
  for (const pose::Side side : pose::kSides) {
    const Joint& knee = knees[pose::index(side)];
    if (!knee.x || !knee.y) continue;
    const pose::KneeEstimate estimate{base::Degrees(*knee.x), base::Degrees(*knee.y)};
    if (!pose::is_valid(estimate))
      return row.error("the knee flexion is outside the possible range");
    reading.pose.knees[pose::index(side)] = estimate;
  }
  rows_.push_back(reading);
  return {};
}

base::Result<void> PoseTable::add_joint_row(const TableRow& row, const Values& values) {
  RowReading reading;
  describe(values, row, reading);
  const bool same = !rows_.empty() && rows_.back().frame == reading.frame &&
                    (reading.frame || rows_.back().time == reading.time);
  if (!reading.frame && !reading.time) {
    return row.error("a table with one joint per row needs a column named frame or time");
  }
  if (!same) rows_.push_back(reading);
  const auto column = std::ranges::find(columns_, Quantity::joint, &PoseColumn::quantity);
  const std::string_view joint = row.at(static_cast<std::size_t>(column - columns_.begin()));
  // Numbers in rows have no header that could show where they begin: they begin at 0.
  const auto landmark = parse_landmark(joint, 0);
  const auto x = value(values, Quantity::x);
  const auto y = value(values, Quantity::y);
  if (!landmark || !x || !y) return {};
  place(rows_.back().pose[*landmark], *x, *y, value(values, Quantity::score));
  return {};
}

bool PoseTable::pixels() const {
  if (in_pixels_) return true;
  std::size_t beyond = 0;
  std::size_t all = 0;
  for (const RowReading& reading : rows_) {
    for (const pose::Keypoint& k : reading.pose.keypoints) {
      if (!(k.score > 0.0)) continue;
      ++all;
      if (std::abs(k.position.x_px) > kMinPixelCoordinate) ++beyond;
    }
  }
  return 2 * beyond > all;
}

/// The unit of the times, in seconds.
double PoseTable::second() const {
  const auto column = std::ranges::find(columns_, Quantity::time, &PoseColumn::quantity);
  if (column == columns_.end()) return 0.0;
  if (column->seconds > 0.0) return column->seconds;
  std::vector<double> steps;
  for (std::size_t i = 1; i < rows_.size(); ++i) {
    if (rows_[i].time && rows_[i - 1].time)
      steps.push_back(*rows_[i].time - *rows_[i - 1].time);
  }
  constexpr double kMillisecond = 1e-3;
  return signal::median(steps).value_or(0.0) >= kSlowestStep_s ? kMillisecond : 1.0;
}

base::Result<pose::PoseFrame> PoseTable::placed(const RowReading& reading, bool in_pixels,
                                                double second) const {
  pose::PoseFrame frame;
  frame.image_size = reading.size;
  if (reading.size.width_px <= 0 || reading.size.height_px <= 0) {
    if (!hints_.size) return missing_size_error(name_);
    frame.image_size = *hints_.size;
  }
  const double number = reading.frame.value_or(0.0);
  if (std::abs(number) > kMaxFrameIndex) {
    return base::Error{base::ErrorKind::input,
                       fmt::format("{}: line {}: {} is not a valid frame number", name_,
                                   reading.line, number)};
  }
  frame.frame_index = std::llround(number);
  if (reading.time && second > 0.0) {
    frame.time = base::Seconds(*reading.time * second);
  } else if (hints_.rate_hz) {
    frame.time = base::Seconds(static_cast<double>(frame.frame_index) / *hints_.rate_hz);
  } else {
    return missing_rate_error(name_);
  }
  pose::Pose pose = reading.pose;
  bool any = false;
  for (pose::Keypoint& k : pose.keypoints) {
    any = any || k.score > 0.0;
    if (in_pixels) continue;
    k.position.x_px *= frame.image_size.width_px;
    k.position.y_px *= frame.image_size.height_px;
  }
  pose.score = mean_score(pose);
  if (any) frame.pose = pose;
  return frame;
}

base::Result<ImportedPoses> PoseTable::finish() {
  if (columns_.empty()) {
    return base::Error{base::ErrorKind::input, name_ + ": is empty"};
  }
  const bool in_pixels = pixels();
  const double unit = second();
  // Rows without numbers are in order.
  const bool numbered = std::ranges::any_of(
      columns_, [](const PoseColumn& c) { return c.quantity == Quantity::frame; });
  ImportedPoses out{"mediapipe-33", {}};
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!numbered) rows_[i].frame = static_cast<double>(i);
    auto frame = placed(rows_[i], in_pixels, unit);
    if (!frame) return frame.error();
    const std::string place = fmt::format("{}: line {}", name_, rows_[i].line);
    if (auto added = add_frame(std::move(frame).value(), place, out.frames); !added) {
      return added.error();
    }
  }
  return out;
}

}  // namespace

base::Result<ImportedPoses> read_pose_table(std::string_view text, const std::string& name,
                                            const PoseHints& hints) {
  PoseTable table(name, hints);
  const auto read = read_rows(text, delimiter_of(text), name,
                              [&](const TableRow& row) { return table.add_row(row); });
  if (!read) return read.error();
  return table.finish();
}

}  // namespace matside::formats
