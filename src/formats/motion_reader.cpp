#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "core/pose/landmark.h"
#include "formats/knee_tables.h"

namespace matside::formats {
namespace {

using base::Result;

constexpr std::string_view kEndOfHeader = "endheader";
constexpr std::size_t kMaxHeader_bytes = 1U << 16U;
constexpr std::size_t kMaxColumns = 10'000;

/// Takes the next line off the text, without its end.
std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void split_at_blanks(std::string_view line, std::vector<std::string>& words) {
  constexpr std::string_view kBlanks = " \t";
  words.clear();
  while (words.size() < kMaxColumns) {
    const std::size_t begin = line.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return;
    const std::size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
    words.emplace_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

/// knee_angle_r, or /jointset/knee_r/knee_angle_r/value.
std::optional<std::size_t> column_of_angle(const std::vector<std::string>& names,
                                           const std::string& coordinate) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == coordinate || names[i].ends_with("/" + coordinate + "/value")) return i;
  }
  return std::nullopt;
}

/// Some models count flexion as negative.
void make_flexion_positive(KneeMeasurement& practice) {
  double lowest = 0.0;
  double highest = 0.0;
  for (const auto& knee : practice.knees) {
    for (const signal::Sample& sample : knee) {
      lowest = std::min(lowest, sample.value);
      highest = std::max(highest, sample.value);
    }
  }
  if (-lowest <= highest) return;
  for (auto& knee : practice.knees) {
    for (signal::Sample& sample : knee) sample.value = -sample.value;
  }
}

}  // namespace

bool is_motion(std::string_view beginning) {
  std::string_view text = beginning.substr(0, kMaxHeader_bytes);
  while (!text.empty()) {
    if (normalised_name(next_line(text)) == kEndOfHeader) return true;
  }
  return false;
}

base::Result<KneeMeasurement> read_motion(std::string_view text, const std::string& name) {
  constexpr double kDegreesPerRadian = 180.0 / std::numbers::pi;
  double to_deg = kDegreesPerRadian;  // As OpenSim does where the header doesn't say.
  std::size_t line_number = 0;
  TableRow row(name, 0);
  const auto next_row = [&] {
    row = TableRow(name, ++line_number);
    return next_line(text);
  };
  for (std::string line; line != kEndOfHeader;) {
    if (text.empty()) return row.error("the header does not end with endheader");
    line = normalised_name(next_row());
    if (line == "indegreesyes") to_deg = 1.0;
  }
  std::array<std::optional<std::size_t>, 2> columns;
  KneeMeasurement practice;
  bool header = true;
  while (!text.empty()) {
    const std::string_view line = next_row();
    split_at_blanks(line, row.fields());
    if (row.fields().empty()) continue;
    if (header) {
      columns = {column_of_angle(row.fields(), "knee_angle_l"),
                 column_of_angle(row.fields(), "knee_angle_r")};
      if (row.at(0) != "time") return row.error(0, "the first column must be time");
      if (!columns[0] && !columns[1]) {
        return row.error("has no column knee_angle_l or knee_angle_r");
      }
      header = false;
      continue;
    }
    if (line_number > kMaxKneeRows) {
      return row.error(fmt::format("has more than {} rows; divide it", kMaxKneeRows));
    }
    const auto time_s = row.number(0, "time");
    if (!time_s) return time_s.error();
    if (!time_s.value()) return row.error(0, "time: a number is missing");
    for (const pose::Side side : pose::kSides) {
      const auto& column = columns[pose::index(side)];
      if (!column) continue;
      const auto angle = row.number(*column, "knee angle");
      if (!angle) return angle.error();
      if (!angle.value()) continue;
      auto added = add_knee_sample(practice.knees[pose::index(side)], *time_s.value(),
                                   *angle.value() * to_deg, row);
      if (!added) return added.error();
    }
  }
  make_flexion_positive(practice);
  return practice;
}

}  // namespace matside::formats
