// A practice by its file name or number, analysed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/program_data.h"
#include "core/base/result.h"
#include "core/pose/pose_frame.h"
#include "formats/analysis_json.h"
#include "practice/recording/options.h"
#include "records/repository.h"

namespace matside::cli {

/// A practice with everything known about it.
struct LoadedPractice {
  std::string name;               ///< practice.mp4, practice 12
  exercise::Definition exercise;  ///< By which it was scored.
  std::string recognised;         ///< As recognised_text(); empty for a saved practice.
  formats::AnalysisRecord record;
  /// The frames that were scored, with times from the start; empty where there are no poses.
  std::vector<pose::PoseFrame> frames;
  std::optional<std::filesystem::path> video;  ///< The file, where it has pictures.
  std::optional<records::Practice> saved;      ///< The practice in the records ...
  std::optional<records::Person> person;       ///< ... and whose it is.
};

/// Which practice to load, and how to analyse it.
struct PracticeSelector {
  std::string source;  ///< A file's path, or the number of a practice in the records.
  recording::PracticeOptions practice;
  std::optional<std::filesystem::path> data;  ///< Folder of the records.
  bool quiet = false;                         ///< No progress bar.
};

/// The number that the whole text is; none if it isn't a number.
std::optional<records::Id> practice_number(const std::string& text);

/// The number by which the text selects a practice from the records; none if it isn't a number,
/// or a file has that name.
std::optional<records::Id> saved_practice_number(const std::string& source);

/// Loads and analyses a practice: a file by the exercise that was asked for, or by the one that
/// it shows most probably; a saved one by its own. A number selects a practice from the
/// records, unless a file has that name. A saved practice is scored again from its poses; the
/// person's corrections are in `saved` only.
/// @returns as practice::analyse_any() for a file, as records::Repository for a number
base::Result<LoadedPractice> load_practice(const PracticeSelector& selector,
                                           const ProgramData& data);

}  // namespace matside::cli
