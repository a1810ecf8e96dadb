#include "cli/program_data.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "formats/catalog/catalog.h"
#include "generated/build_info.h"

namespace matside::cli {

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
  const auto is_known = [&](const std::string& id) {
    return program.exercise.id == id ||
           std::ranges::count(program.others, id, &exercise::Definition::id) > 0;
  };
  std::vector<std::filesystem::path> folders{program.folder.moves()};
  if (choice.folder) folders.push_back(*choice.folder);
  for (const std::filesystem::path& folder : folders) {
    auto read = catalog::load_cycle_exercises(folder.string(), program.exercise);
    if (!read) return read.error();
    for (exercise::Definition& each : read.value()) {
      if (is_known(each.id)) {
        return base::Error{base::ErrorKind::model,
                           folder.string() + ": another exercise has the id \"" + each.id +
                               "\" already; give this one a new id"};
      }
      program.others.push_back(std::move(each));
    }
  }
  if (!choice.id) return data;
  if (!is_known(*choice.id)) {
    std::string ids = program.exercise.id;
    for (const exercise::Definition& each : program.others) ids += ", " + each.id;
    return base::Error{base::ErrorKind::usage,
                       "--exercise: \"" + *choice.id + "\" isn't installed. Installed: " + ids};
  }
  const auto found = std::ranges::find(program.others, *choice.id, &exercise::Definition::id);
  if (found != program.others.end()) program.exercise = std::move(*found);
  program.others.clear();
  return data;
}

records::EngineInfo engine_info(const std::string& pose_model, bool eye) {
  return {std::string("matside ") + generated::kVersion, pose_model, eye};
}

}  // namespace matside::cli
