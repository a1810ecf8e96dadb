// The commands that read and change records: plan, history, show, rescore, export, erase,
// backup, restore, import, and a practice by sound alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "cli/practice_options.h"

namespace matside::cli {

struct RecordsCommand {
  enum class What {
    plan,
    history,
    show,
    rescore,
    export_all,
    erase,
    backup,
    restore,
    import,
    practice
  };
  What what = What::plan;
  std::optional<std::filesystem::path> data;
  std::string person;  ///< Empty: the only one there is.
  bool json = false;
  bool csv = false;
  bool all = false;
  bool yes = false;                ///< Erase without asking.
  bool force = false;              ///< Replace files that are there.
  std::optional<std::int64_t> id;  ///< Of a practice.
  std::filesystem::path file;
  std::optional<int> level;  ///< Of an import or a practice; else the plan's.
  std::optional<int> repetitions;
  PoseOptions poses;  ///< Of an import.
};

/// @returns the program's exit code.
int keep_records(const RecordsCommand& command);

}  // namespace matside::cli
