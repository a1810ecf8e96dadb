// Something to look at, from the file to the record of its analysis: a recording, or poses that
// another program found.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cli/data_folder.h"
#include "cli/practice_options.h"
#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/pose/pose_frame.h"
#include "formats/analysis_json.h"

namespace matside::cli {

class Input {
 public:
  /// Called with each frame's pose, with the share of the work that is done where the length is
  /// known; an error ends the work.
  using OnFrame =
      std::function<base::Result<void>(const pose::PoseFrame&, std::optional<double> done)>;

  Input() = default;
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  virtual ~Input() = default;

  [[nodiscard]] virtual const std::string& sha256() const = 0;
  /// Whether there are pictures of it.
  [[nodiscard]] virtual bool has_pictures() const = 0;
  /// Once.
  virtual base::Result<formats::AnalysisRecord> analyze(const OnFrame& on_frame) = 0;
};

/// @param exercise must outlive the input
/// @returns as Recording::open() or read_poses()
base::Result<std::unique_ptr<Input>> open_input(const std::filesystem::path& path,
                                                const PracticeOptions& options,
                                                const DataFolder& data,
                                                const exercise::Definition& exercise);

}  // namespace matside::cli
