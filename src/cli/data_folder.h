// Where the program's own data is: networks, exercises, pages.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace matside::cli {

/// The folder that contains `models/`, `exercises/`, `report/` and `web/`.
struct DataFolder {
  std::filesystem::path root;

  [[nodiscard]] std::filesystem::path models() const { return root / "models"; }
  [[nodiscard]] std::filesystem::path exercise() const {
    return root / "exercises" / "single_leg_kick.json";
  }
  [[nodiscard]] std::filesystem::path words() const {
    return root / "exercises" / "cues.en.json";
  }
  /// The folder of the exercises that are described by channels alone.
  [[nodiscard]] std::filesystem::path moves() const { return root / "exercises" / "moves"; }
  [[nodiscard]] std::filesystem::path plan() const { return root / "exercises" / "plan.json"; }
  [[nodiscard]] std::filesystem::path sources() const {
    return root / "exercises" / "sources.json";
  }
  [[nodiscard]] std::filesystem::path page() const { return root / "web"; }
  /// The lengths of the recorded voice's clips; it need not exist.
  [[nodiscard]] std::filesystem::path clip_lengths() const {
    return page() / "voice" / "voice.json";
  }
  [[nodiscard]] std::filesystem::path report_page() const {
    return root / "report" / "report.html";
  }
};

/// $MATSIDE_DATA_DIR, else share/matside next to the running program's bin folder, so that an
/// installed copy works anywhere.
/// @returns ErrorKind::model when there is no such folder
base::Result<DataFolder> find_data_folder();

/// The command that restores the folder's files, for an installed package or a source folder.
const char* repair_command(const std::filesystem::path& root);

}  // namespace matside::cli
