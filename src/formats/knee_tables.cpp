#include "formats/knee_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "core/base/printable_text.h"
#include "core/pose/landmark.h"

namespace matside::formats {
namespace {

using base::Result;
using base::Seconds;
using exercise::KickingSide;

constexpr double kLargestAngle_deg = 360.0;
// Seconds since 1970 are below.
constexpr double kLongest_s = 1e10;
constexpr std::size_t kMaxName_bytes = 1000;

// Names of columns as normalised_name() gives them.
constexpr std::array<std::string_view, 6> kTimeNames{"times", "time",       "ts",
                                                     "t",     "timestamps", "timestamp"};
constexpr std::array<std::string_view, 5> kAngleNames{
    "kneeflexiondeg", "kneeflexion", "kneeangledeg", "kneeangle", "flexiondeg"};
constexpr std::array<std::string_view, 6> kLeftNames{"leftdeg",
                                                     "kneeflexionleft",
                                                     "leftkneeflexion",
                                                     "leftkneeflexiondeg",
                                                     "kneeflexionleftdeg",
                                                     "kneeanglel"};
constexpr std::array<std::string_view, 6> kRightNames{"rightdeg",
                                                      "kneeflexionright",
                                                      "rightkneeflexion",
                                                      "rightkneeflexiondeg",
                                                      "kneeflexionrightdeg",
                                                      "kneeangler"};

std::optional<std::size_t> column_of(const TableRow& header,
                                     std::span<const std::string_view> names) {
  for (std::size_t i = 0; i < header.fields().size(); ++i) {
    if (std::ranges::find(names, normalised_name(header.at(i))) != names.end()) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> column_named(const TableRow& header, std::string_view name) {
  return column_of(header, std::span(&name, 1));
}

std::optional<KickingSide> side_in(std::string_view text) {
  const std::string side = normalised_name(text);
  if (side == "left" || side == "l") return KickingSide::left;
  if (side == "right" || side == "r") return KickingSide::right;
  if (side == "unsure") return KickingSide::unsure;
  return std::nullopt;
}

Result<std::string_view> practice_in(const TableRow& row, std::optional<std::size_t> column) {
  if (!column) return std::string_view();
  const std::string_view name = row.at(*column);
  if (name.empty()) return row.error(*column, "the practice has no name");
  if (name.size() > kMaxName_bytes || !base::is_visible(name)) {
    return row.error(*column, "the practice's name is too long or can't be shown");
  }
  return name;
}

Result<double> required_number(const TableRow& row, std::size_t column, std::string_view what) {
  const auto number = row.number(column, what);
  if (!number) return number.error();
  if (!number.value()) return row.error(column, fmt::format("{}: a number is missing", what));
  return *number.value();
}

/// Where the columns of a table of angles are: either `side` and `angle`, or `knees`.
struct AngleColumns {
  std::optional<std::size_t> practice;
  std::optional<std::size_t> time;
  std::optional<std::size_t> side;
  std::optional<std::size_t> angle;
  std::array<std::optional<std::size_t>, 2> knees;

  [[nodiscard]] bool is_long() const { return time && side && angle; }
  [[nodiscard]] bool is_wide() const { return time && (knees[0] || knees[1]); }
};

AngleColumns angle_columns(const TableRow& header) {
  return {column_named(header, "practice"),
          column_of(header, kTimeNames),
          column_named(header, "side"),
          column_of(header, kAngleNames),
          {column_of(header, kLeftNames), column_of(header, kRightNames)}};
}

Result<void> add_angle(const TableRow& row, std::size_t column, double time_s,
                       std::vector<signal::Sample>& knee) {
  const auto angle = row.number(column, "knee flexion");
  if (!angle) return angle.error();
  if (!angle.value()) return {};
  return add_knee_sample(knee, time_s, *angle.value(), row);
}

Result<void> add_angle_row(const TableRow& row, const AngleColumns& columns,
                           PracticesByName& practices) {
  const auto name = practice_in(row, columns.practice);
  if (!name) return name.error();
  const auto practice = practice_named(practices, name.value(), row);
  if (!practice) return practice.error();
  const auto time_s = required_number(row, *columns.time, "time");
  if (!time_s) return time_s.error();
  if (columns.is_long()) {
    const auto side = side_in(row.at(*columns.side));
    if (!side || *side == KickingSide::unsure) {
      return row.error(*columns.side, "the side must be left or right");
    }
    const auto knee =
        pose::index(*side == KickingSide::left ? pose::Side::left : pose::Side::right);
    return add_angle(row, *columns.angle, time_s.value(), practice.value()->knees[knee]);
  }
  for (std::size_t knee = 0; knee < columns.knees.size(); ++knee) {
    if (!columns.knees[knee]) continue;
    auto added =
        add_angle(row, *columns.knees[knee], time_s.value(), practice.value()->knees[knee]);
    if (!added) return added;
  }
  return {};
}

struct RepetitionColumns {
  std::optional<std::size_t> practice;
  std::optional<std::size_t> side;
  std::optional<std::size_t> start;
  std::optional<std::size_t> end;
  std::optional<std::size_t> bend;
};

RepetitionColumns repetition_columns(const TableRow& header) {
  return {column_named(header, "practice"), column_named(header, "side"),
          column_named(header, "starts"), column_named(header, "ends"),
          column_named(header, "greatestbenddeg")};
}

Result<void> add_repetition_row(const TableRow& row, const RepetitionColumns& columns,
                                PracticesByName& practices) {
  const auto name = practice_in(row, columns.practice);
  if (!name) return name.error();
  const auto practice = practice_named(practices, name.value(), row);
  if (!practice) return practice.error();
  const auto side = side_in(row.at(*columns.side));
  if (!side) return row.error(*columns.side, "the side must be left, right or unsure");
  const auto start_s = required_number(row, *columns.start, "start");
  if (!start_s) return start_s.error();
  const auto end_s = required_number(row, *columns.end, "end");
  if (!end_s) return end_s.error();
  if (start_s.value() >= end_s.value()) {
    return row.error(*columns.end, "the repetition ends before it begins");
  }
  const auto bend = row.number(*columns.bend, "greatest bend");
  if (!bend) return bend.error();
  auto& repetitions = practice.value()->repetitions;
  if (!repetitions) repetitions.emplace();
  if (repetitions->size() >= kMaxListedRepetitions) {
    return row.error(
        fmt::format("has more than {} repetitions of one practice", kMaxListedRepetitions));
  }
  repetitions->push_back(
      {*side, Seconds(start_s.value()), Seconds(end_s.value()), bend.value()});
  return {};
}

/// Reads a table whose columns the header names. @param columns  makes them of a header
template <class Columns, class AddRow>
Result<PracticesByName> read_practices(std::string_view text, const std::string& name,
                                       Columns columns_in, AddRow add_row) {
  PracticesByName practices;
  std::optional<decltype(columns_in(TableRow(name, 1)))> columns;
  std::size_t rows = 0;
  const auto read =
      read_rows(text, delimiter_of(text), name, [&](const TableRow& row) -> Result<void> {
        if (!columns) {
          columns = columns_in(row);
          return {};
        }
        if (++rows > kMaxKneeRows) {
          return row.error(fmt::format("has more than {} rows; divide it", kMaxKneeRows));
        }
        return add_row(row, *columns, practices);
      });
  if (!read) return read.error();
  return practices;
}

}  // namespace

base::Result<void> add_knee_sample(std::vector<signal::Sample>& knee, double time_s,
                                   double angle_deg, const TableRow& row) {
  if (std::abs(angle_deg) > kLargestAngle_deg) {
    return row.error(fmt::format("{} degrees is not the angle of a knee", angle_deg));
  }
  if (std::abs(time_s) > kLongest_s) return row.error("the time is too large");
  if (!knee.empty() && time_s <= knee.back().time.value()) {
    return row.error(fmt::format("the time {} s is not later than the one before it, {} s",
                                 time_s, knee.back().time.value()));
  }
  knee.push_back({Seconds(time_s), angle_deg});
  return {};
}

base::Result<KneeMeasurement*> practice_named(PracticesByName& practices, std::string_view name,
                                              const TableRow& row) {
  const auto known = practices.find(name);
  if (known != practices.end()) return &known->second;
  if (practices.size() >= kMaxKneePractices) {
    return row.error(fmt::format("has more than {} practices", kMaxKneePractices));
  }
  KneeMeasurement& made = practices[std::string(name)];
  made.practice = name;
  return &made;
}

bool is_angle_header(const TableRow& header) {
  // Our tables of poses have the eye's readings of the knees beside the joints.
  for (std::size_t i = 0; i < header.fields().size(); ++i) {
    const std::string_view name = header.at(i);
    if (name.ends_with("_x") || name.ends_with("_x_px") || name.ends_with(".x")) return false;
  }
  const AngleColumns columns = angle_columns(header);
  return columns.is_long() || columns.is_wide();
}

bool is_repetition_header(const TableRow& header) {
  const RepetitionColumns columns = repetition_columns(header);
  return columns.side && columns.start && columns.end && columns.bend;
}

base::Result<PracticesByName> read_angle_table(std::string_view text, const std::string& name) {
  return read_practices(text, name, angle_columns, add_angle_row);
}

base::Result<PracticesByName> read_repetition_table(std::string_view text,
                                                    const std::string& name) {
  return read_practices(text, name, repetition_columns, add_repetition_row);
}

}  // namespace matside::formats
