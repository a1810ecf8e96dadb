#include "cli/agree_inputs.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <system_error>
#include <utility>

#include "batch/recording_list.h"
#include "core/base/printable_text.h"
#include "files/input_file.h"
#include "formats/delimited_text.h"
#include "formats/mot.h"

namespace matside::cli {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorKind;
using base::Result;
using formats::KneeMeasurement;
using Sources = std::vector<MeasurementSource>;

constexpr std::size_t kMaxMeasurement_bytes = std::size_t{256} << 20;
constexpr std::size_t kBeginning_bytes = std::size_t{1} << 16;
constexpr std::size_t kMaxFolderEntries = 1'000'000;

/// The beginning of a file; empty for what can't be read.
std::string beginning_of(const fs::path& path) {
  auto file = files::InputFile::open(path);
  if (!file) return {};
  std::string beginning(kBeginning_bytes, '\0');
  const auto got = file.value().read(std::as_writable_bytes(std::span(beginning)));
  beginning.resize(got ? got.value() : 0);
  return beginning;
}

Result<std::vector<KneeMeasurement>> read_measurement_file(const fs::path& path) {
  const auto text = files::read_file(path, kMaxMeasurement_bytes);
  if (!text) return text.error();
  return formats::read_knee_measurements(text.value(), path.string());
}

/// The name of a practice by its file's: base_right of base_right.analysis.json.
std::string practice_name(const fs::path& path) {
  const fs::path plain = path.filename().empty() ? path.parent_path() : path;
  fs::path stem = plain.stem();
  if (stem.extension() == ".analysis") stem = stem.stem();
  return stem.string();
}

MeasurementSource at_path(const PracticeSelector& how, const fs::path& path) {
  MeasurementSource source{practice_name(path), how};
  source.practice.source = path.string();
  return source;
}

/// The names of a dataset's practices, by their identifiers, from practices.csv.
Result<std::map<std::string, std::string>> names_in_dataset(const fs::path& table) {
  const auto text = files::read_file(table, kMaxMeasurement_bytes);
  if (!text) return text.error();
  std::map<std::string, std::string> names;
  std::optional<std::size_t> practice;
  std::optional<std::size_t> path;
  const std::string name = table.string();
  const auto read = formats::read_rows(
      text.value(), ',', name, [&](const formats::TableRow& row) -> Result<void> {
        if (practice && path) {
          names.emplace(row.at(*practice), practice_name(row.at(*path)));
          if (names.size() > formats::kMaxKneePractices)
            return row.error("has too many practices");
          return {};
        }
        for (std::size_t i = 0; i < row.fields().size(); ++i) {
          if (row.at(i) == "practice") practice = i;
          if (row.at(i) == "path") path = i;
        }
        if (practice && path) return {};
        return row.error("the columns practice and path are missing");
      });
  if (!read) return read.error();
  return names;
}

Result<Sources> dataset_sources(const PracticeSelector& how, const fs::path& folder) {
  const auto names = names_in_dataset(folder / "practices.csv");
  if (!names) return names.error();
  std::map<std::string, KneeMeasurement> practices;
  for (const char* table : {"knee_angles.csv", "repetitions.csv"}) {
    auto read = read_measurement_file(folder / table);
    if (!read) return read.error();
    for (KneeMeasurement& each : read.value()) {
      KneeMeasurement& practice = practices[each.practice];
      if (each.has_curves()) practice.knees = std::move(each.knees);
      if (each.repetitions) practice.repetitions = std::move(each.repetitions);
    }
  }
  Sources sources;
  for (const auto& [id, practice_title] : names.value()) {
    MeasurementSource source{practice_title, how, practices[id]};
    // The dataset lists repetitions of every practice, so without a row there was none.
    if (!source.loaded->repetitions) source.loaded->repetitions.emplace();
    sources.push_back(std::move(source));
  }
  return sources;
}

/// Motion files, which hold no recording that a batch could analyse.
Result<void> add_motions(const PracticeSelector& how, const fs::path& folder,
                         Sources& sources) {
  std::error_code why;
  std::size_t seen = 0;
  for (fs::directory_iterator at(folder, why), end; !why && at != end; at.increment(why)) {
    if (++seen > kMaxFolderEntries) {
      return Error{ErrorKind::input, folder.string() + ": has too many files"};
    }
    const std::string ending = at->path().extension().string();
    const bool hidden = at->path().filename().string().starts_with('.');
    if (!hidden && (ending == ".mot" || ending == ".sto")) {
      sources.push_back(at_path(how, at->path()));
    }
  }
  if (why) return Error{ErrorKind::input, folder.string() + ": " + why.message()};
  return {};
}

Result<Sources> recording_sources(const PracticeSelector& how, const ProgramData& data) {
  const std::array inputs{how.source};
  const auto listed = batch::list_recordings(inputs, {}, data.exercise.highest_level());
  if (!listed) return listed.error();
  Sources sources;
  for (const batch::ListedRecording& each : listed.value()) {
    sources.push_back(at_path(how, each.path));
    if (each.level) sources.back().practice.practice.level = *each.level;
  }
  return sources;
}

Result<Sources> folder_sources(const PracticeSelector& how, const ProgramData& data) {
  Sources sources;
  if (auto added = add_motions(how, how.source, sources); !added) return added.error();
  auto recordings = recording_sources(how, data);
  if (!recordings && sources.empty()) return recordings.error();
  if (recordings) {
    for (MeasurementSource& each : recordings.value()) sources.push_back(std::move(each));
  }
  return sources;
}

Result<Sources> table_sources(const PracticeSelector& how) {
  auto read = read_measurement_file(how.source);
  if (!read) return read.error();
  Sources sources;
  for (KneeMeasurement& each : read.value()) {
    const std::string title = each.practice.empty() ? practice_name(how.source) : each.practice;
    sources.push_back({title, how, std::move(each)});
  }
  return sources;
}

Result<Sources> unsorted_sources(const PracticeSelector& how, const ProgramData& data) {
  if (saved_practice_number(how.source)) return Sources{{"practice " + how.source, how}};
  const fs::path path(how.source);
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    const bool dataset = fs::exists(path / "practices.csv", ignored) &&
                         fs::exists(path / "knee_angles.csv", ignored);
    return dataset ? dataset_sources(how, path) : folder_sources(how, data);
  }
  if (formats::is_knee_measurement(beginning_of(path))) return table_sources(how);
  return recording_sources(how, data);
}

KneeMeasurement measurement_of(const LoadedPractice& practice, const ProgramData& data) {
  KneeMeasurement measurement;
  for (const formats::JointAngles& now : formats::joint_angles(
           practice.frames, practice.record.analysis, data.exercise.measurement)) {
    for (std::size_t knee = 0; knee < measurement.knees.size(); ++knee) {
      if (const auto& angle = now.knee_flexion[knee]) {
        measurement.knees[knee].push_back({now.time, angle->value()});
      }
    }
  }
  measurement.repetitions.emplace();
  for (const exercise::Repetition& each : practice.record.analysis.repetitions) {
    const auto& bend = each.measures.greatest_bend_deg;
    measurement.repetitions->push_back(
        {each.side, each.start, each.end,
         bend ? std::optional(bend->value) : std::optional<double>()});
  }
  return measurement;
}

}  // namespace

base::Result<std::vector<MeasurementSource>> list_measurements(const PracticeSelector& how,
                                                               const ProgramData& data) {
  auto sources = unsorted_sources(how, data);
  if (!sources) return sources.error();
  if (sources.value().empty()) {
    return Error{ErrorKind::input, how.source + ": has no practice"};
  }
  std::ranges::stable_sort(sources.value(), {}, &MeasurementSource::name);
  const auto twice = std::ranges::adjacent_find(sources.value(), {}, &MeasurementSource::name);
  if (twice != sources.value().end()) {
    return Error{ErrorKind::input,
                 how.source + ": two practices are called " +
                     base::printable_line(twice->name) +
                     ", but they are paired by their names; rename one, or move it elsewhere"};
  }
  return sources;
}

base::Result<KneeMeasurement> load_measurement(const MeasurementSource& source,
                                               const ProgramData& data) {
  if (source.loaded) return *source.loaded;
  const std::string& path = source.practice.source;
  const bool saved = saved_practice_number(path).has_value();
  if (!saved && formats::is_knee_measurement(beginning_of(path))) {
    auto read = read_measurement_file(path);
    if (!read) return read.error();
    if (read.value().size() != 1) {
      return Error{ErrorKind::input,
                   path + ": must have one practice, as the files of a folder do"};
    }
    return std::move(read.value().front());
  }
  const auto practice = load_practice(source.practice, data);
  if (!practice) return practice.error();
  if (practice.value().frames.empty()) {
    return Error{ErrorKind::input, practice.value().name + ": has no poses"};
  }
  return measurement_of(practice.value(), data);
}

}  // namespace matside::cli
