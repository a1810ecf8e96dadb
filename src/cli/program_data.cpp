#include "cli/program_data.h"

#include <set>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "digest/digest.h"
#include "digest/file_digest.h"
#include "formats/catalog/catalog.h"
#include "generated/build_info.h"

namespace matside::cli {

namespace {

/// Of the exercises in a folder, with their names.
base::Result<std::string> files_digest(const std::filesystem::path& folder) {
  std::set<std::filesystem::path> files;
  std::error_code failed;
  for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (at->path().extension() == ".json") files.insert(at->path());
  }
  std::string all;
  for (const std::filesystem::path& file : files) {
    const auto content = digest::sha256_file(file);
    if (!content) return content.error();
    all += file.filename().string() + '\0' + content.value();
  }
  return digest::sha256_hex(std::as_bytes(std::span(all)));
}

}  // namespace

recording::PracticeOptions ProgramData::resolve(recording::PracticeOptions options) const {
  options.models.folder = folder.models();
  return options;
}

base::Result<ProgramData> load_program_data() {
  auto folder = find_data_folder();
  if (!folder) return folder.error();
  auto exercise = catalog::load_exercise(folder.value().exercise().string(),
                                         folder.value().words().string());
  if (!exercise) return exercise.error();
  auto clips = catalog::load_clip_lengths(folder.value().clip_lengths().string());
  if (!clips) return clips.error();
  exercise.value().clips = std::move(clips).value();
  return ProgramData{std::move(folder).value(), std::move(exercise).value()};
}

base::Result<ProgramData> load_program_data(const ExerciseChoice& choice) {
  auto data = load_program_data();
  if (!data) return data;
  ProgramData& program = data.value();
  program.installed.push_back(program.exercise);
  std::vector<std::filesystem::path> folders{program.folder.moves()};
  if (choice.folder) folders.push_back(*choice.folder);
  for (const std::filesystem::path& folder : folders) {
    auto read = catalog::load_cycle_exercises(folder.string(), program.exercise);
    if (!read) return read.error();
    for (exercise::Definition& each : read.value()) {
      if (program.exercises().find(each.id)) {
        return base::Error{base::ErrorKind::model,
                           folder.string() + ": another exercise has the id \"" + each.id +
                               "\" already; give this one a new id"};
      }
      program.installed.push_back(std::move(each));
    }
  }
  if (choice.folder) {
    auto digest = files_digest(*choice.folder);
    if (!digest) return digest.error();
    program.own_exercises_sha256 = std::move(digest).value();
  }
  if (!choice.id) return data;
  const auto found = program.exercises().find(*choice.id);
  if (!found) {
    return base::Error{base::ErrorKind::usage,
                       "--exercise: \"" + *choice.id +
                           "\" isn't installed. Installed: " + program.exercises().ids()};
  }
  program.exercise = *found.value();
  program.chosen = true;
  return data;
}

std::string recognised_text(const exercise::Definition& exercise, const ProgramData& data) {
  if (exercise.id == data.exercise.id) return {};
  return "Recognised from the movements: " + exercise.name +
         ". To choose the exercise yourself, add --exercise ID.\n";
}

records::EngineInfo engine_info(const std::string& pose_model, bool eye) {
  return {std::string("matside ") + generated::kVersion, pose_model, eye};
}

}  // namespace matside::cli
