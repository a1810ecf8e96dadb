#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <system_error>
#include <type_traits>
#include <utility>

#include "core/base/decimal_text.h"
#include "formats/delimited_text.h"
#include "formats/imported_poses.h"
#include "formats/joint_markers.h"
#include "formats/laboratory_poses.h"
#include "formats/trc.h"

namespace matside::formats {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kLeading = 2;  // Frame#, Time
constexpr std::string_view kTrcStart = "PathFileType";
// The header is at the beginning.
constexpr std::size_t kHeaderLength = 1 << 20;

/// The picture and scale in Matside's own files.
template <class Number>
bool number_in(std::string_view text, Number& number) {
  if constexpr (std::is_floating_point_v<Number>) {
    const auto decimal = base::decimal_in(text);
    number = decimal.value_or(number);
    return decimal.has_value();
  } else {
    const char* const end = text.data() + text.size();
    const auto [stopped, failed] = std::from_chars(text.data(), end, number);
    return failed == std::errc() && stopped == end;
  }
}

std::optional<OwnPicture> own_picture_in(const TableRow& first_line) {
  OwnPicture picture;
  for (std::size_t i = 0; i < first_line.fields().size(); ++i) {
    std::string_view field = first_line.at(i);
    if (field.starts_with(kTrcScaleMark)) {
      field.remove_prefix(kTrcScaleMark.size());
      if (!number_in(field, picture.units_per_px)) return std::nullopt;
    } else if (field.starts_with(kTrcPictureMark)) {
      field.remove_prefix(kTrcPictureMark.size());
      const std::size_t times = field.find('x');
      if (times == std::string_view::npos ||
          !number_in(field.substr(0, times), picture.size.width_px) ||
          !number_in(field.substr(times + 1), picture.size.height_px)) {
        return std::nullopt;
      }
    }
  }
  const auto side = [](int px) { return px > 0 && px <= kMaxImageSide_px; };
  const double scale = picture.units_per_px;
  const bool good = side(picture.size.width_px) && side(picture.size.height_px) &&
                    std::isfinite(scale) && scale > 1e-9 && scale < 1e3;
  return good ? std::optional(picture) : std::nullopt;
}

/// The columns that aren't blank.
std::vector<std::size_t> filled_columns(const TableRow& row) {
  std::vector<std::size_t> filled;
  for (std::size_t i = 0; i < row.fields().size(); ++i) {
    if (!row.at(i).empty()) filled.push_back(i);
  }
  return filled;
}

/// What separates the fields: the mark between Frame# and Time. A space stands for any number
/// of spaces.
char trc_delimiter(std::string_view text) {
  std::string_view head = text.substr(0, kHeaderLength);
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    const std::size_t first = line.find_first_of("\t,; ");
    if (first == std::string_view::npos) continue;
    if (normalised_name(line.substr(0, first)) != "frame") continue;
    for (const char mark : {'\t', ',', ';'}) {
      if (line.find(mark) != std::string_view::npos) return mark;
    }
    return ' ';
  }
  return '\t';
}

/// The text with a tab for each run of blanks.
std::string with_tabs_for_spaces(std::string_view text) {
  std::string tabbed;
  tabbed.reserve(text.size());
  bool blank = true;  // Also before the first field of a line.
  for (const char c : text) {
    if (c == ' ' || c == '\t') {
      if (!blank) tabbed += '\t';
      blank = true;
      continue;
    }
    tabbed += c;
    blank = c == '\n';
  }
  return tabbed;
}

/// Reads the lines in order; the first five are the header.
class TrcReader {
 public:
  TrcReader(std::string name, const PoseFileHints& hints)
      : name_(std::move(name)), hints_(hints) {}

  base::Result<void> take(const TableRow& row) {
    switch (header_lines_++) {
      case 0:
        return take_first(row);
      case 1:
        for (const std::size_t i : filled_columns(row)) keys_.emplace_back(row.at(i));
        return {};
      case 2:
        return take_values(row);
      case 3:
        return take_markers(row);
      case 4:
        // X1, Y1, Z1: some programs omit them.
        if (is_axis_line(row)) return {};
        break;
      default:
        break;
    }
    return take_frame(row);
  }

  base::Result<ImportedPoses> done();

 private:
  static bool is_axis_line(const TableRow& row) {
    const auto filled = filled_columns(row);
    return !filled.empty() && normalised_name(row.at(filled.front())).starts_with('x');
  }
  base::Result<void> take_first(const TableRow& row);
  base::Result<void> take_values(const TableRow& row);
  base::Result<void> take_markers(const TableRow& row);
  base::Result<void> take_frame(const TableRow& row);
  base::Result<void> check_columns(const TableRow& row);
  [[nodiscard]] std::size_t column(std::size_t place) const {
    return doubled_ ? 2 * place : place;
  }
  base::Result<std::optional<Point3d>> marker(const TableRow& row, std::size_t place) const;

  std::string name_;
  const PoseFileHints& hints_;
  int header_lines_ = 0;
  std::optional<OwnPicture> picture_;
  std::vector<std::string> keys_;
  std::size_t explicit_markers_ = 0;
  std::vector<std::string> markers_;
  JointMarkers joints_;
  bool doubled_ = false;  ///< Every separator of the frames is doubled.
  std::int64_t first_number_ = 1;
  LaboratoryRecording recording_;
};

base::Result<void> TrcReader::take_first(const TableRow& row) {
  if (!row.at(0).starts_with(kTrcStart)) {
    return row.error("a TRC file must begin with PathFileType");
  }
  picture_ = own_picture_in(row);
  return {};
}

base::Result<void> TrcReader::take_values(const TableRow& row) {
  const std::vector<std::size_t> filled = filled_columns(row);
  for (std::size_t i = 0; i < std::min(keys_.size(), filled.size()); ++i) {
    const std::string key = normalised_name(keys_[i]);
    if (key == "units") recording_.unit = marker_unit_of(row.at(filled[i]));
    if (key != "nummarkers") continue;
    const auto number = row.number(filled[i], "NumMarkers");
    if (!number) return number.error();
    const double count = number.value().value_or(0.0);
    if (!(count >= 1.0 && count <= static_cast<double>(kMaxMarkers))) {
      return row.error(filled[i], fmt::format("NumMarkers must be from 1 to {}", kMaxMarkers));
    }
    explicit_markers_ = static_cast<std::size_t>(count);
  }
  if (explicit_markers_ > 0) return {};
  return row.error("the line above has no NumMarkers");
}

base::Result<void> TrcReader::take_markers(const TableRow& row) {
  const std::vector<std::size_t> filled = filled_columns(row);
  if (filled.size() < kLeading || normalised_name(row.at(filled[0])) != "frame" ||
      !normalised_name(row.at(filled[1])).starts_with("time")) {
    return row.error("must begin with Frame# and Time");
  }
  std::set<std::string, std::less<>> seen;
  for (std::size_t i = kLeading; i < filled.size(); ++i) {
    const std::string marker(row.at(filled[i]));
    if (!seen.insert(marker).second) {
      return row.error(filled[i], fmt::format("the marker \"{}\" appears twice", marker));
    }
    markers_.push_back(marker);
    if (markers_.size() > kMaxMarkers) break;
  }
  if (markers_.size() != explicit_markers_) {
    return row.error(
        fmt::format("{} markers, but NumMarkers is {}", markers_.size(), explicit_markers_));
  }
  auto joints = JointMarkers::create(markers_, hints_.markers, name_);
  if (!joints) return joints.error();
  joints_ = std::move(joints).value();
  return {};
}

base::Result<std::optional<Point3d>> TrcReader::marker(const TableRow& row,
                                                       std::size_t place) const {
  constexpr std::array<const char*, 3> kAxes{"X", "Y", "Z"};
  std::array<double, 3> at{};
  for (std::size_t axis = 0; axis < at.size(); ++axis) {
    const std::size_t place_in_row = column(kLeading + 3 * place + axis);
    const auto value = row.number(place_in_row, markers_[place] + " " + kAxes[axis]);
    if (!value) return value.error();
    if (!value.value()) return std::optional<Point3d>();
    at[axis] = *value.value();
    constexpr double kFarthest = 1e9;
    if (std::abs(at[axis]) > kFarthest) {
      return row.error(place_in_row, markers_[place] + " is too far away");
    }
  }
  if (!picture_ && at == std::array{0.0, 0.0, 0.0}) return std::optional<Point3d>();
  return std::optional(Point3d{at[0], at[1], at[2]});
}

/// Detects doubled separators by the first frame, and refuses further columns.
base::Result<void> TrcReader::check_columns(const TableRow& row) {
  const std::size_t columns = kLeading + 3 * markers_.size();
  if (recording_.frames.empty()) {
    bool between_blank = row.fields().size() > columns;
    for (std::size_t i = 1; i < row.fields().size(); i += 2) {
      between_blank = between_blank && row.at(i).empty();
    }
    doubled_ = between_blank;
  }
  for (std::size_t i = column(columns); i < row.fields().size(); ++i) {
    if (!row.at(i).empty()) {
      return row.error(i, fmt::format("there are more than {} columns, which {} markers need",
                                      columns, markers_.size()));
    }
  }
  return {};
}

base::Result<void> TrcReader::take_frame(const TableRow& row) {
  if (recording_.frames.size() >= kMaxFrames) return too_many_frames_error(name_);
  if (auto good = check_columns(row); !good) return good;
  const auto number = row.number(0, "Frame#");
  if (!number) return number.error();
  const auto time = row.number(column(1), "Time");
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
  const auto frame_number = std::llround(*number.value());
  // Some programs number from 0.
  if (recording_.frames.empty()) first_number_ = frame_number == 0 ? 0 : 1;
  MarkerFrame frame;
  frame.number = frame_number - first_number_;
  frame.time = base::Seconds(*time.value());
  frame.points = joints_.points(points);
  recording_.frames.push_back(frame);
  return {};
}

base::Result<ImportedPoses> TrcReader::done() {
  if (markers_.empty() || recording_.frames.empty()) {
    return Error{ErrorKind::input, name_ + ": ends before its first frame"};
  }
  if (!picture_) return poses_of_laboratory(std::move(recording_), name_, hints_);
  return poses_in_own_picture(recording_, *picture_, name_);
}

}  // namespace

base::Result<ImportedPoses> read_trc(std::string_view text, const std::string& name,
                                     const PoseFileHints& hints) {
  TrcReader reader(name, hints);
  char delimiter = trc_delimiter(text);
  std::string tabbed;
  if (delimiter == ' ') {
    tabbed = with_tabs_for_spaces(text);
    text = tabbed;
    delimiter = '\t';
  }
  const auto read =
      read_rows(text, delimiter, name, [&](const TableRow& row) { return reader.take(row); });
  if (!read) return read.error();
  return reader.done();
}

}  // namespace matside::formats
