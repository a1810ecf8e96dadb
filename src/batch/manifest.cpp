#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "batch/recording_list.h"
#include "core/base/calendar_time.h"
#include "core/base/printable_text.h"
#include "formats/delimited_text.h"

namespace matside::batch {
namespace {

using base::Result;
using formats::TableRow;

enum ManifestColumn : std::size_t { path, person, level, date, height, note, column_count };
constexpr std::array<std::string_view, column_count> kColumnNames{"path", "person",   "level",
                                                                  "date", "height_m", "note"};

constexpr std::size_t kMaxPath_bytes = 4096;
constexpr std::size_t kMaxText_bytes = 1000;
// As `export --height`: nobody is smaller or taller.
constexpr double kSmallest_m = 0.5;
constexpr double kTallest_m = 2.5;

/// Where each column of the manifest is.
using Places = std::array<std::optional<std::size_t>, column_count>;

Result<Places> places_in(const TableRow& header) {
  Places places;
  for (std::size_t i = 0; i < header.fields().size(); ++i) {
    const std::string_view name = header.at(i);
    const auto known = std::ranges::find(kColumnNames, name);
    if (known == kColumnNames.end()) {
      return header.error(i, fmt::format("\"{}\" is not one of the columns {}", name,
                                         fmt::join(kColumnNames, ", ")));
    }
    auto& place = places[static_cast<std::size_t>(known - kColumnNames.begin())];
    if (place) return header.error(i, fmt::format("the column {} is there twice", name));
    place = i;
  }
  if (!places[path]) return header.error("the column path is missing");
  return places;
}

/// Reads the cells of one row.
class ManifestRow {
 public:
  ManifestRow(const TableRow& row, const Places& places) : row_(row), places_(places) {}

  [[nodiscard]] Result<std::string> text(ManifestColumn column, std::size_t most_bytes) const {
    if (!places_[column]) return std::string();
    const std::string_view field = row_.at(*places_[column]);
    if (field.size() > most_bytes) {
      return error(column, fmt::format("is longer than {} bytes", most_bytes));
    }
    if (!base::is_visible(field)) {
      return error(column, "has characters that can't be shown; use plain UTF-8 text");
    }
    return std::string(field);
  }
  [[nodiscard]] Result<std::optional<double>> number(ManifestColumn column, double least,
                                                     double most) const {
    if (!places_[column]) return std::optional<double>();
    const auto number = row_.number(*places_[column], kColumnNames[column]);
    if (!number || !number.value()) return number;
    if (*number.value() < least || *number.value() > most) {
      return error(column, fmt::format("must be from {} to {}", least, most));
    }
    return number;
  }
  [[nodiscard]] base::Error error(ManifestColumn column, const std::string& what) const {
    return row_.error(*places_[column], fmt::format("{} {}", kColumnNames[column], what));
  }

 private:
  const TableRow& row_;
  const Places& places_;
};

Result<ListedRecording> recording_in(const TableRow& row, const Places& places,
                                     const std::filesystem::path& folder, int highest_level) {
  const ManifestRow cells(row, places);
  ListedRecording listed;
  const auto file = cells.text(path, kMaxPath_bytes);
  if (!file) return file.error();
  if (file.value().empty()) return cells.error(path, "is empty");
  listed.path = (folder / file.value()).lexically_normal();
  for (const auto& [column, to] :
       {std::pair{person, &listed.person}, {date, &listed.date}, {note, &listed.note}}) {
    auto text = cells.text(column, kMaxText_bytes);
    if (!text) return text.error();
    *to = std::move(text).value();
  }
  if (!listed.date.empty() && !base::parse_calendar_time(listed.date)) {
    return cells.error(date,
                       "must be a date such as 2026-01-05, 2026-01-05T09:30 or "
                       "2026-01-05T09:30+01:00");
  }
  const auto wanted = cells.number(level, 0.0, highest_level);
  if (!wanted) return wanted.error();
  if (wanted.value()) {
    if (*wanted.value() != std::floor(*wanted.value())) {
      return cells.error(level, "must be a whole number");
    }
    listed.level = static_cast<int>(*wanted.value());
  }
  const auto metres = cells.number(height, kSmallest_m, kTallest_m);
  if (!metres) return metres.error();
  listed.height_m = metres.value();
  return listed;
}

}  // namespace

bool is_manifest(std::string_view beginning) {
  if (beginning.starts_with(formats::kByteOrderMark)) {
    beginning.remove_prefix(formats::kByteOrderMark.size());
  }
  std::string line(beginning.substr(0, beginning.find_first_of("\r\n")));
  bool found = false;
  const std::string name = "the first line";
  const auto read = formats::read_rows(line, formats::delimiter_of(line), name,
                                       [&](const TableRow& row) -> Result<void> {
                                         for (std::size_t i = 0; i < row.fields().size(); ++i) {
                                           found = found || row.at(i) == kColumnNames[path];
                                         }
                                         return {};
                                       });
  return read.ok() && found;
}

base::Result<std::vector<ListedRecording>> read_manifest(std::string_view text,
                                                         const std::string& name,
                                                         const std::filesystem::path& folder,
                                                         int highest_level) {
  std::optional<Places> places;
  std::vector<ListedRecording> all;
  const auto read = formats::read_rows(
      text, formats::delimiter_of(text), name, [&](const TableRow& row) -> Result<void> {
        if (!places) {
          const auto found = places_in(row);
          if (!found) return found.error();
          places = found.value();
          return {};
        }
        if (all.size() >= kMaxRecordings) {
          return row.error(
              fmt::format("more than {} recordings; divide the manifest", kMaxRecordings));
        }
        if (row.fields().size() > column_count) return row.error("has too many cells");
        auto listed = recording_in(row, *places, folder, highest_level);
        if (!listed) return listed.error();
        all.push_back(std::move(listed).value());
        return {};
      });
  if (!read) return read.error();
  return all;
}

}  // namespace matside::batch
