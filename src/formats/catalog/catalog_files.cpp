// The functions of catalog.h that read files.
#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "files/input_file.h"
#include "formats/catalog/catalog.h"

namespace matside::catalog {
namespace {

constexpr std::size_t kMaxFileBytes = 4 << 20;
constexpr std::size_t kMaxExercises = 200;

base::Error unreadable(std::string message) {
  return {base::ErrorKind::model, std::move(message)};
}

base::Result<std::string> read_data_file(const std::string& path) {
  const auto file = files::InputFile::open(path);
  if (file && file.value().size() > kMaxFileBytes) {
    return unreadable(path + ": too large (over 4 MB)");
  }
  auto text = files::read_file(path, kMaxFileBytes);
  if (text) return text;
  return unreadable(path +
                    ": can't be read. Reinstall Matside, or run ./run in its source folder");
}

}  // namespace

base::Result<exercise::Definition> load_exercise(const std::string& exercise_path,
                                                 const std::string& words_path) {
  const base::Result<std::string> exercise = read_data_file(exercise_path);
  if (!exercise) return exercise.error();
  const base::Result<std::string> words = read_data_file(words_path);
  if (!words) return words.error();
  return parse_exercise({exercise_path, exercise.value()}, {words_path, words.value()});
}

base::Result<exercise::Definition> load_cycle_exercise(const std::string& path,
                                                       const exercise::Definition& common) {
  const base::Result<std::string> text = read_data_file(path);
  if (!text) return text.error();
  return parse_cycle_exercise({path, text.value()}, common);
}

base::Result<std::vector<exercise::Definition>> load_cycle_exercises(
    const std::string& folder, const exercise::Definition& common) {
  namespace fs = std::filesystem;
  std::error_code failed;
  std::vector<fs::path> paths;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (at->path().extension() == ".json") paths.push_back(at->path());
    if (paths.size() > kMaxExercises)
      return unreadable(folder + ": more than " + std::to_string(kMaxExercises) +
                        " exercises; keep only those that you use");
  }
  if (failed) return unreadable(folder + ": can't be read as a folder of exercises");
  std::ranges::sort(paths);
  std::vector<exercise::Definition> exercises;
  for (const fs::path& path : paths) {
    auto read = load_cycle_exercise(path.string(), common);
    if (!read) return read.error();
    exercises.push_back(std::move(read).value());
  }
  return exercises;
}

base::Result<std::vector<exercise::ClipLength>> load_clip_lengths(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::vector<exercise::ClipLength>{};
  const base::Result<std::string> text = read_data_file(path);
  if (!text) return text.error();
  return parse_clip_lengths({path, text.value()});
}

base::Result<plan::Rules> load_plan_rules(const std::string& path) {
  const base::Result<std::string> text = read_data_file(path);
  if (!text) return text.error();
  return parse_plan_rules({path, text.value()});
}

base::Result<std::vector<Source>> load_sources(const std::string& path) {
  const base::Result<std::string> text = read_data_file(path);
  if (!text) return text.error();
  return parse_sources({path, text.value()});
}

}  // namespace matside::catalog
