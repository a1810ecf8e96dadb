// Reads an exercise from its data files and checks everything in them.
//
//   auto exercise = catalog::load_exercise("exercises/single_leg_kick.json",
//                                          "exercises/cues.en.json");
//   if (!exercise) std::cerr << exercise.error().message << '\n';
//
// The vocabulary is closed: an unknown key is an error. Every error names the file and the JSON
// path of what is wrong, `single_leg_kick.json: /levels/1/knee_min/unit: "degree" is not one
// of ...`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/plan_rules.h"

namespace matside::catalog {

/// A file's text and the name that errors give it.
struct NamedText {
  std::string name;
  std::string_view text;
};

/// The exercise in `exercise` with the texts of one language in `words`.
/// @returns ErrorKind::model with one line: not JSON (with its line and column), an unknown,
///   missing or doubled key, a value of the wrong kind, unit or range, or words that don't fit
///   the exercise.
base::Result<exercise::Definition> parse_exercise(const NamedText& exercise,
                                                  const NamedText& words);

/// parse_exercise() on two files.
/// @returns also ErrorKind::model when a file is missing, unreadable or over 4 MB.
base::Result<exercise::Definition> load_exercise(const std::string& exercise_path,
                                                 const std::string& words_path);

/// An exercise that is described by channels alone, in a file of its own with its words.
/// @param common an exercise whose rules for camera, stream, rest and speech this one shares
/// @returns ErrorKind::model as parse_exercise().
base::Result<exercise::Definition> parse_cycle_exercise(const NamedText& exercise,
                                                        const exercise::Definition& common);
/// parse_cycle_exercise() of a file.
/// @returns also ErrorKind::model when the file is missing, unreadable or over 4 MB.
base::Result<exercise::Definition> load_cycle_exercise(const std::string& path,
                                                       const exercise::Definition& common);

/// The exercises of every .json file of a folder, in the order of the files' names.
/// @returns as load_cycle_exercise(); ErrorKind::model also when the folder can't be read or
/// has
///   over 200 such files.
base::Result<std::vector<exercise::Definition>> load_cycle_exercises(
    const std::string& folder, const exercise::Definition& common);

/// The lengths of the recorded voice's clips: {id: {"long": seconds, "short": seconds}}.
/// @returns ErrorKind::model as parse_exercise().
base::Result<std::vector<exercise::ClipLength>> parse_clip_lengths(const NamedText& clips);
/// parse_clip_lengths() of the file that web/make_voice.mjs writes.
/// @returns none where there is no such file: the lengths are estimated then. ErrorKind::model
///   also when the file is unreadable or over 4 MB.
base::Result<std::vector<exercise::ClipLength>> load_clip_lengths(const std::string& path);

/// The thresholds of the plan; checks its decisions, too.
/// @returns ErrorKind::model as parse_exercise().
base::Result<plan::Rules> parse_plan_rules(const NamedText& rules);
/// parse_plan_rules() of a file.
/// @returns also ErrorKind::model when the file is missing, unreadable or over 4 MB.
base::Result<plan::Rules> load_plan_rules(const std::string& path);

/// A source of thresholds.
struct Source {
  std::string id;    ///< as thresholds name it
  std::string name;  ///< who wrote what
  std::string where;
  std::string used_for;
};

/// The sources in the order of their ids.
/// @returns ErrorKind::model as parse_exercise().
base::Result<std::vector<Source>> parse_sources(const NamedText& sources);
/// parse_sources() of a file.
/// @returns also ErrorKind::model when the file is missing, unreadable or over 4 MB.
base::Result<std::vector<Source>> load_sources(const std::string& path);

}  // namespace matside::catalog
