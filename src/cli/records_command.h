// The commands on the records: plan, history, show, rescore, export --all, erase, remove-pin,
// backup, restore, import, and a practice by sound alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/calendar_time.h"
#include "practice/recording/options.h"

namespace matside::cli {

/// The options of one of these commands, validated. Each command uses some of them.
struct RecordsCommand {
  enum class What {
    plan,
    history,
    show,
    rescore,
    export_all,
    erase,
    remove_pin,
    backup,
    restore,
    import,
    practice
  };
  What what = What::plan;
  std::optional<std::filesystem::path> data;
  std::string person;  ///< Empty: the only person there is.
  bool json = false;
  bool csv = false;
  bool all = false;
  bool yes = false;                ///< Erase without asking first.
  bool force = false;              ///< Overwrite existing files.
  std::optional<std::int64_t> id;  ///< Of a practice.
  std::filesystem::path file;
  std::optional<std::string> exercise;  ///< Of a plan or imported poses; unset: the kick.
  std::optional<int> level;             ///< Of an import or a practice; unset: the plan's.
  std::optional<int> repetitions;
  std::optional<base::ZonedTime> date;  ///< Of an import.
  recording::PoseFileOptions poses;     ///< Of an imported pose file.
};

/// Runs the command. Errors go to standard error, one line.
/// @returns the program's exit code
int run_records_command(const RecordsCommand& command);

}  // namespace matside::cli
