// The options of every command that analyses a practice.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "practice/recording/options.h"
#include "vision/blazepose/pose_models.h"

namespace CLI {
class App;
}

namespace matside::cli {

/// --size, --fps, --markers and --up: what a pose file may leave open.
class PoseFileOptionsParser {
 public:
  /// Adds the options to `command`; the parser must outlive it.
  void describe(CLI::App& command);
  /// @returns ErrorKind::usage for a size that isn't WIDTHxHEIGHT, or no axis
  [[nodiscard]] base::Result<recording::PoseFileOptions> validated() const;

 private:
  std::string size_;
  std::optional<double> rate_hz_;
  std::optional<std::string> markers_;
  std::string up_;
};

/// --level, --model, --no-eye, --threads, --from, --to and those of PoseFileOptionsParser.
class PracticeOptionsParser {
 public:
  /// What a command reads.
  enum class Inputs { videos, videos_and_poses };
  /// Adds the options to `command`; the parser must outlive it.
  void describe(CLI::App& command, Inputs inputs = Inputs::videos_and_poses);
  /// The models' folder stays empty; ProgramData::resolve fills it in.
  /// @returns ErrorKind::usage for a time below 0 or a range that ends before it begins
  [[nodiscard]] base::Result<recording::PracticeOptions> validated() const;

 private:
  int level_ = recording::PracticeOptions().level;
  std::string model_ = "full";
  bool no_eye_ = false;
  int threads_ = 0;
  std::optional<double> from_s_;
  std::optional<double> to_s_;
  PoseFileOptionsParser poses_;
};

/// The highest level of the exercise, for --level; known when the program is built.
int highest_level();
/// How --help shows the value of --level: "0..3".
std::string level_range_text();

/// lite, full, heavy.
std::vector<std::string> model_names();
/// The variant of that name; `full` for a name that isn't one of model_names().
blazepose::Variant variant_named(const std::string& name);
/// A path, where one was typed.
std::optional<std::filesystem::path> path_in(const std::optional<std::string>& typed);

}  // namespace matside::cli
