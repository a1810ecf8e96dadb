#include "formats/pose_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "core/signal/samples.h"
#include "formats/pose_columns.h"
#include "formats/text_table.h"

namespace matside::formats {
namespace {

using Holds = PoseColumn::Holds;
using pose::Landmark;

// A joint as a share of the picture lies little beyond it.
constexpr double kBeyondShare = 2.0;
// No camera takes one picture in so many seconds.
constexpr double kSlowestStep_s = 1.0;
constexpr double kLargestFrame = 9e15;

/// A frame as the table tells it: places not yet pixels, times not yet seconds.
struct Told {
  std::size_t line = 0;
  std::optional<double> frame;
  std::optional<double> time;
  base::ImageSize size;
  pose::Pose pose;
};

class PoseTable {
 public:
  PoseTable(std::string name, const PoseHints& hints) : name_(std::move(name)), hints_(hints) {}

  base::Result<void> take(const TableRow& row) {
    if (columns_.empty()) return take_header(row);
    if (row.fields().size() > columns_.size()) {
      return row.error(
          fmt::format("{} fields under {} columns", row.fields().size(), columns_.size()));
    }
    auto values = values_of(row);
    if (!values) return values.error();
    return long_ ? take_joint(row, values.value()) : take_frame(row, values.value());
  }

  base::Result<ImportedPoses> done();

 private:
  using Values = std::vector<std::optional<double>>;

  base::Result<void> take_header(const TableRow& row);
  base::Result<Values> values_of(const TableRow& row) const;
  base::Result<void> take_frame(const TableRow& row, const Values& values);
  base::Result<void> take_joint(const TableRow& row, const Values& values);
  [[nodiscard]] std::optional<double> value(const Values& values, Holds holds) const;
  void describe(const Values& values, const TableRow& row, Told& told) const;
  [[nodiscard]] bool pixels() const;
  [[nodiscard]] double second() const;
  base::Result<pose::PoseFrame> placed(const Told& told, bool in_pixels, double second) const;
  void place(pose::Keypoint& k, double x, double y, std::optional<double> score) const;

  std::string name_;
  PoseHints hints_;
  std::vector<PoseColumn> columns_;
  std::vector<std::optional<Landmark>> landmarks_;  ///< by column
  bool long_ = false;
  bool says_pixels_ = false;
  bool scored_ = false;
  int first_ = 0;  ///< number of the first landmark
  std::vector<Told> told_;
};

base::Result<void> PoseTable::take_header(const TableRow& row) {
  columns_ = pose_columns(row.fields());
  const auto is = [](Holds holds) {
    return [holds](const PoseColumn& c) { return c.holds == holds; };
  };
  long_ = std::ranges::any_of(columns_, is(Holds::joint));
  scored_ = std::ranges::any_of(columns_, is(Holds::score));
  for (const PoseColumn& c : columns_) says_pixels_ = says_pixels_ || c.in_pixels;
  const auto tells = [&](std::string_view joint) {
    return std::ranges::any_of(columns_, [&](const auto& c) { return c.joint == joint; });
  };
  if (!tells("0") && tells(std::to_string(pose::kLandmarkCount))) first_ = 1;
  int joints = 0;
  for (const PoseColumn& c : columns_) {
    landmarks_.push_back(c.joint.empty() ? std::nullopt : landmark_told(c.joint, first_));
    if (c.holds == Holds::x && (long_ || landmarks_.back())) ++joints;
  }
  if (joints > 0) return {};
  return row.error(
      "no column of it is a joint's; a table of poses has columns such as left_knee_x, "
      "left_knee_y, or frame, landmark, x, y");
}

base::Result<PoseTable::Values> PoseTable::values_of(const TableRow& row) const {
  Values values(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Holds holds = columns_[i].holds;
    if (holds == Holds::other || holds == Holds::joint) continue;
    auto number = row.number(i, columns_[i].name);
    if (!number) return number.error();
    values[i] = number.value();
  }
  return values;
}

std::optional<double> PoseTable::value(const Values& values, Holds holds) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].holds == holds) return values[i];
  }
  return std::nullopt;
}

void PoseTable::describe(const Values& values, const TableRow& row, Told& told) const {
  told.line = row.line();
  told.frame = value(values, Holds::frame);
  told.time = value(values, Holds::time);
  const auto pixels = [&](Holds holds) {
    const double side = value(values, holds).value_or(0.0);
    return side >= 1.0 && side <= kMostPixels ? static_cast<int>(side) : 0;
  };
  told.size = {pixels(Holds::width), pixels(Holds::height)};
}

void PoseTable::place(pose::Keypoint& k, double x, double y,
                      std::optional<double> score) const {
  k = {{x, y}, scored_ ? std::clamp(score.value_or(0.0), 0.0, 1.0) : 1.0};
}

base::Result<void> PoseTable::take_frame(const TableRow& row, const Values& values) {
  Told told;
  describe(values, row, told);
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
    if (c.holds == Holds::knee_flexion) knee.x = values[i];
    if (c.holds == Holds::knee_deviation) knee.y = values[i];
    if (!landmarks_[i]) continue;
    Joint& joint = joints[pose::index(*landmarks_[i])];
    if (c.holds == Holds::x) joint.x = values[i];
    if (c.holds == Holds::y) joint.y = values[i];
    if (c.holds == Holds::score) joint.score = values[i];
  }
  for (std::size_t i = 0; i < joints.size(); ++i) {
    const Joint& j = joints[i];
    if (j.x && j.y) place(told.pose.keypoints[i], *j.x, *j.y, j.score);
  }
  for (const pose::Side side : pose::kSides) {
    const Joint& knee = knees[pose::index(side)];
    if (!knee.x || !knee.y) continue;
    const pose::KneeReading reading{base::Degrees(*knee.x), base::Degrees(*knee.y)};
    if (!pose::sound(reading)) return row.error("a knee is bent as no knee can be");
    told.pose.knees[pose::index(side)] = reading;
  }
  told_.push_back(told);
  return {};
}

base::Result<void> PoseTable::take_joint(const TableRow& row, const Values& values) {
  Told told;
  describe(values, row, told);
  const bool same = !told_.empty() && told_.back().frame == told.frame &&
                    (told.frame || told_.back().time == told.time);
  if (!told.frame && !told.time) {
    return row.error("one joint a row needs a column frame or time");
  }
  if (!same) told_.push_back(told);
  const auto column = std::ranges::find(columns_, Holds::joint, &PoseColumn::holds);
  const std::string_view joint = row.at(static_cast<std::size_t>(column - columns_.begin()));
  // Of numbers without a header to tell, 0 is the first.
  const auto landmark = landmark_told(joint, 0);
  const auto x = value(values, Holds::x);
  const auto y = value(values, Holds::y);
  if (!landmark || !x || !y) return {};
  place(told_.back().pose[*landmark], *x, *y, value(values, Holds::score));
  return {};
}

bool PoseTable::pixels() const {
  if (says_pixels_) return true;
  std::size_t beyond = 0;
  std::size_t all = 0;
  for (const Told& told : told_) {
    for (const pose::Keypoint& k : told.pose.keypoints) {
      if (!(k.score > 0.0)) continue;
      ++all;
      if (std::abs(k.position.x_px) > kBeyondShare) ++beyond;
    }
  }
  return 2 * beyond > all;
}

/// One unit of the times.
double PoseTable::second() const {
  const auto column = std::ranges::find(columns_, Holds::time, &PoseColumn::holds);
  if (column == columns_.end()) return 0.0;
  if (column->seconds > 0.0) return column->seconds;
  std::vector<double> steps;
  for (std::size_t i = 1; i < told_.size(); ++i) {
    if (told_[i].time && told_[i - 1].time)
      steps.push_back(*told_[i].time - *told_[i - 1].time);
  }
  constexpr double kMillisecond = 1e-3;
  return signal::median(steps).value_or(0.0) >= kSlowestStep_s ? kMillisecond : 1.0;
}

base::Result<pose::PoseFrame> PoseTable::placed(const Told& told, bool in_pixels,
                                                double second) const {
  pose::PoseFrame frame;
  frame.image_size = told.size;
  if (told.size.width_px <= 0 || told.size.height_px <= 0) {
    if (!hints_.size) return size_missing(name_);
    frame.image_size = *hints_.size;
  }
  const double number = told.frame.value_or(0.0);
  if (std::abs(number) > kLargestFrame) {
    return base::Error{
        base::ErrorKind::input,
        fmt::format("{}: line {}: {} is no frame's number", name_, told.line, number)};
  }
  frame.frame_index = std::llround(number);
  if (told.time && second > 0.0) {
    frame.time = base::Seconds(*told.time * second);
  } else if (hints_.rate_hz) {
    frame.time = base::Seconds(static_cast<double>(frame.frame_index) / *hints_.rate_hz);
  } else {
    return rate_missing(name_);
  }
  pose::Pose pose = told.pose;
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

base::Result<ImportedPoses> PoseTable::done() {
  if (columns_.empty()) {
    return base::Error{base::ErrorKind::input, name_ + ": is empty"};
  }
  const bool in_pixels = pixels();
  const double unit = second();
  // Rows that are not numbered are in order.
  const bool numbered = std::ranges::any_of(
      columns_, [](const PoseColumn& c) { return c.holds == Holds::frame; });
  ImportedPoses out{"mediapipe-33", {}};
  for (std::size_t i = 0; i < told_.size(); ++i) {
    if (!numbered) told_[i].frame = static_cast<double>(i);
    auto frame = placed(told_[i], in_pixels, unit);
    if (!frame) return frame.error();
    const std::string place = fmt::format("{}: line {}", name_, told_[i].line);
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
                              [&](const TableRow& row) { return table.take(row); });
  if (!read) return read.error();
  return table.done();
}

}  // namespace matside::formats
