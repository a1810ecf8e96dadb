// Where the program's networks and exercises lie.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace matside::cli {

/// The folder with `models/`, `exercises/`, `report/` and `web/` in it.
struct DataFolder {
  std::filesystem::path root;

  [[nodiscard]] std::filesystem::path models() const { return root / "models"; }
  [[nodiscard]] std::filesystem::path exercise() const {
    return root / "exercises" / "single_leg_kick.json";
  }
  [[nodiscard]] std::filesystem::path words() const {
    return root / "exercises" / "cues.en.json";
  }
  [[nodiscard]] std::filesystem::path plan() const { return root / "exercises" / "plan.json"; }
  [[nodiscard]] std::filesystem::path sources() const {
    return root / "exercises" / "sources.json";
  }
  [[nodiscard]] std::filesystem::path page() const { return root / "web"; }
  [[nodiscard]] std::filesystem::path report_page() const {
    return root / "report" / "report.html";
  }
};

/// $MATSIDE_DATA_DIR, or else ../share/matside beside the running program's own folder, so that
/// an installed copy works from anywhere.
/// @returns ErrorKind::model when there is no such folder.
base::Result<DataFolder> find_data_folder();

/// The command that brings the folder's files back: the package's, or the set-up's.
const char* way_to_mend(const std::filesystem::path& root);

}  // namespace matside::cli
