#include "cli/program_data.h"

#include <utility>

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

records::EngineInfo engine_info(const std::string& pose_model, bool eye) {
  return {std::string("matside ") + generated::kVersion, pose_model, eye};
}

}  // namespace matside::cli
