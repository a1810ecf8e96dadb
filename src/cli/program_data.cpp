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
  if (!data || (!choice.id && !choice.folder)) return data;
  ProgramData& program = data.value();
  std::vector<exercise::Definition> all{program.exercise};
  std::vector<std::filesystem::path> folders{program.folder.moves()};
  if (choice.folder) folders.push_back(*choice.folder);
  for (const std::filesystem::path& folder : folders) {
    auto read = catalog::load_cycle_exercises(folder.string(), program.exercise);
    if (!read) return read.error();
    for (exercise::Definition& each : read.value()) {
      if (std::ranges::count(all, each.id, &exercise::Definition::id) > 0) {
        return base::Error{base::ErrorKind::model,
                           folder.string() + ": another exercise has the id \"" + each.id +
                               "\" already; give this one a new id"};
      }
      all.push_back(std::move(each));
    }
  }
  if (!choice.id) return data;
  const auto found = std::ranges::find(all, *choice.id, &exercise::Definition::id);
  if (found == all.end()) {
    std::string ids;
    for (const exercise::Definition& each : all) ids += (ids.empty() ? "" : ", ") + each.id;
    return base::Error{base::ErrorKind::usage,
                       "--exercise: \"" + *choice.id + "\" isn't installed. Installed: " + ids};
  }
  program.exercise = std::move(*found);
  return data;
}

records::EngineInfo engine_info(const std::string& pose_model, bool eye) {
  return {std::string("matside ") + generated::kVersion, pose_model, eye};
}

}  // namespace matside::cli
