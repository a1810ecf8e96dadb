#include "formats/pose_csv.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>
#include <system_error>
#include <type_traits>

#include "core/base/decimal_text.h"
#include "formats/imported_poses.h"

namespace matside::formats {
namespace {

constexpr std::size_t kLeadingFields = 2;  // frame, t_s
constexpr std::size_t kKnees = kLeadingFields + 3 * pose::kLandmarkCount;
constexpr std::size_t kLegs = kKnees + 4;
constexpr std::size_t kAnglesOfLeg = 3;
constexpr std::size_t kFields = kLegs + 2 * kAnglesOfLeg;

std::vector<std::string> column_names() {
  std::vector<std::string> names{"frame", "t_s"};
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    for (const std::string_view part : {"x", "y", "score"}) {
      names.push_back(fmt::format("{}_{}", pose::name(static_cast<pose::Landmark>(i)), part));
    }
  }
  for (const pose::Side side : pose::kSides) {
    for (const std::string_view part : {"deg", "sd_deg"}) {
      names.push_back(fmt::format("{}_knee_flexion_{}", pose::name(side), part));
    }
  }
  for (const pose::Side side : pose::kSides) {
    for (const std::string_view angle : {"knee_flexion", "hip_flexion", "thigh"}) {
      names.push_back(fmt::format("{}_{}_in_space_deg", pose::name(side), angle));
    }
  }
  return names;
}

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t comma = line.find(',');
    fields.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return fields;
    line.remove_prefix(comma + 1);
  }
}

/// Reads lines and remembers the place for errors.
class Table {
 public:
  Table(std::string_view text, std::string name)
      : rest_(text), name_(std::move(name)), columns_(column_names()) {}

  /// The fields of the next line; none at the end.
  std::optional<std::vector<std::string_view>> next() {
    if (rest_.empty()) return std::nullopt;
    const std::size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++line_;
    return split(line);
  }

  [[nodiscard]] base::Error error(const std::string& what) const {
    return {base::ErrorKind::input, fmt::format("{}: line {}: {}", name_, line_, what)};
  }
  [[nodiscard]] base::Error error(std::size_t column, const std::string& what) const {
    return error(fmt::format("{}: {}", columns_[column], what));
  }
  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  /// Tables of older versions lack the knees, and most tables the legs in space.
  void keep(std::size_t columns) { columns_.resize(columns); }

  template <class Number>
  base::Result<Number> number(const std::vector<std::string_view>& fields,
                              std::size_t column) const {
    const std::string_view field = fields[column];
    std::optional<Number> value;
    if constexpr (std::is_floating_point_v<Number>) {
      value = base::decimal_in(field);
    } else {
      const char* const end = field.data() + field.size();
      const auto [stopped, failed] = std::from_chars(field.data(), end, value.emplace());
      if (failed != std::errc{} || stopped != end) value.reset();
    }
    if (!value) return error(column, "not a number");
    return *value;
  }

 private:
  std::string_view rest_;
  std::string name_;
  std::vector<std::string> columns_;
  int line_ = 0;
};

base::Result<void> check_header(Table& table) {
  const auto header = table.next();
  if (header && header->size() != kFields) {
    table.keep(header->size() == kKnees ? kKnees : kLegs);
  }
  const std::vector<std::string>& names = table.columns();
  if (!header) return table.error("empty file; a pose table starts with frame,t_s,nose_x");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i >= header->size() || (*header)[i] != names[i]) {
      return table.error(
          fmt::format("column {} of a pose table must be \"{}\"", i + 1, names[i]));
    }
  }
  if (header->size() > names.size()) return table.error("more columns than a pose table has");
  return {};
}

/// The angles of a leg in space, from this column on; none if the first field is empty.
base::Result<std::optional<pose::LegInSpace>> read_leg(
    const Table& table, const std::vector<std::string_view>& fields, std::size_t column) {
  if (fields[column].empty()) return std::optional<pose::LegInSpace>();
  const auto knee = table.number<double>(fields, column);
  const auto hip = table.number<double>(fields, column + 1);
  const auto thigh = table.number<double>(fields, column + 2);
  for (const auto* value : {&knee, &hip, &thigh}) {
    if (!*value) return value->error();
  }
  const pose::LegInSpace leg{base::Degrees(knee.value()), base::Degrees(hip.value()),
                             base::Degrees(thigh.value())};
  if (!pose::is_valid(leg)) return table.error(column, "the leg's angles are impossible");
  return std::optional(leg);
}

base::Result<pose::Pose> read_pose(const Table& table,
                                   const std::vector<std::string_view>& fields) {
  pose::Pose pose;
  for (std::size_t i = 0; i < pose::kLandmarkCount; ++i) {
    const std::size_t column = kLeadingFields + 3 * i;
    const auto x = table.number<double>(fields, column);
    const auto y = table.number<double>(fields, column + 1);
    const auto score = table.number<double>(fields, column + 2);
    for (const auto* value : {&x, &y, &score}) {
      if (!*value) return value->error();
    }
    if (score.value() < 0.0 || score.value() > 1.0) {
      return table.error(column + 2, "a score must be from 0 to 1");
    }
    pose.keypoints[i] = {{x.value(), y.value()}, score.value()};
    pose.score += score.value() / static_cast<double>(pose::kLandmarkCount);
  }
  for (const pose::Side side : pose::kSides) {
    const std::size_t column = kKnees + 2 * pose::index(side);
    if (column >= fields.size() || (fields[column].empty() && fields[column + 1].empty())) {
      continue;
    }
    const auto flexion = table.number<double>(fields, column);
    const auto deviation = table.number<double>(fields, column + 1);
    for (const auto* value : {&flexion, &deviation}) {
      if (!*value) return value->error();
    }
    if (!(deviation.value() > 0.0)) {
      return table.error(column + 1, "a standard deviation must be greater than 0");
    }
    pose.knees[pose::index(side)] = {base::Degrees(flexion.value()),
                                     base::Degrees(deviation.value())};
  }
  if (fields.size() < kFields) return pose;
  for (const pose::Side side : pose::kSides) {
    const auto leg = read_leg(table, fields, kLegs + kAnglesOfLeg * pose::index(side));
    if (!leg) return leg.error();
    pose.legs_in_space[pose::index(side)] = leg.value();
  }
  return pose;
}

base::Result<pose::PoseFrame> read_row(const Table& table,
                                       const std::vector<std::string_view>& fields) {
  if (fields.size() != table.columns().size()) {
    return table.error(
        fmt::format("{} fields instead of {}", fields.size(), table.columns().size()));
  }
  const auto frame_index = table.number<std::int64_t>(fields, 0);
  if (!frame_index) return frame_index.error();
  const auto time_s = table.number<double>(fields, 1);
  if (!time_s) return time_s.error();
  pose::PoseFrame frame;
  frame.frame_index = frame_index.value();
  frame.time = base::Seconds(time_s.value());
  bool empty = true;
  for (std::size_t i = kLeadingFields; i < fields.size(); ++i) {
    empty = empty && fields[i].empty();
  }
  if (empty) return frame;
  base::Result<pose::Pose> pose = read_pose(table, fields);
  if (!pose) return pose.error();
  frame.pose = std::move(pose).value();
  return frame;
}

}  // namespace

std::string pose_csv_header(LegColumns legs) {
  std::vector<std::string> names = column_names();
  if (legs == LegColumns::none) names.resize(kLegs);
  std::string line;
  for (const std::string& name : names) line += (line.empty() ? "" : ",") + name;
  return line + "\n";
}

std::string pose_csv_row(const pose::PoseFrame& unrounded, LegColumns legs) {
  const std::size_t field_count = legs == LegColumns::none ? kLegs : kFields;
  const pose::PoseFrame frame = pose::rounded(unrounded);
  std::string line = fmt::format("{},{:.6f}", frame.frame_index, frame.time.value());
  if (!frame.pose) {
    line.append(field_count - kLeadingFields, ',');
  } else {
    for (const pose::Keypoint& k : frame.pose->keypoints) {
      fmt::format_to(std::back_inserter(line), ",{:.2f},{:.2f},{:.4f}", k.position.x_px,
                     k.position.y_px, k.score);
    }
    for (const auto& knee : frame.pose->knees) {
      line +=
          knee ? fmt::format(",{:.1f},{:.1f}", knee->flexion.value(), knee->deviation.value())
               : ",,";
    }
    if (legs == LegColumns::none) return line + "\n";
    for (const auto& leg : frame.pose->legs_in_space) {
      line += leg ? fmt::format(",{:.2f},{:.2f},{:.2f}", leg->knee_flexion.value(),
                                leg->hip_flexion.value(), leg->thigh.value())
                  : ",,,";
    }
  }
  return line + "\n";
}

base::Result<std::vector<pose::PoseFrame>> read_pose_csv(std::string_view text,
                                                         const std::string& name,
                                                         base::ImageSize image_size) {
  Table table(text, name);
  if (const auto header = check_header(table); !header) return header.error();
  std::vector<pose::PoseFrame> frames;
  while (const auto fields = table.next()) {
    base::Result<pose::PoseFrame> row = read_row(table, *fields);
    if (!row) return row.error();
    pose::PoseFrame frame = std::move(row).value();
    frame.image_size = image_size;
    if (frames.size() >= kMaxFrames) return too_many_frames_error(name);
    if (!frames.empty() && frame.frame_index <= frames.back().frame_index) {
      return table.error(0, "frame numbers must increase");
    }
    if (!frames.empty() && frame.time <= frames.back().time) {
      return table.error(1, "times must increase");
    }
    frames.push_back(frame);
  }
  return frames;
}

}  // namespace matside::formats
