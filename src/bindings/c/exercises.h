// The exercises of matside.h: those that are built in, and those of the caller.
#pragma once

#include <matside/matside.h>

#include <memory>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/exercise/definition.h"

struct matside_exercise {
 public:
  explicit matside_exercise(std::shared_ptr<const matside::exercise::Definition> given);

  [[nodiscard]] const std::shared_ptr<const matside::exercise::Definition>& definition() const {
    return definition_;
  }
  [[nodiscard]] const std::vector<matside_level>& levels() const { return levels_; }

 private:
  std::shared_ptr<const matside::exercise::Definition> definition_;
  std::vector<matside_level> levels_;  ///< Their texts are the definition's.
};

namespace matside::c {

using SharedExercise = std::shared_ptr<const exercise::Definition>;

/// The exercise of two files.
/// @returns ErrorKind::model for the first error in them
base::Result<SharedExercise> parse_exercise(std::string_view exercise, std::string_view cues);

/// The exercise of one file, described by channels.
/// @returns ErrorKind::model for the first error in it
base::Result<SharedExercise> read_exercise(std::string_view json);

base::Result<SharedExercise> single_leg_kick();

/// @returns ErrorKind::usage, with the ids that there are, for another one
base::Result<SharedExercise> built_in_exercise(std::string_view id);

/// @param index from 0, the single-leg kick
/// @returns null beyond the last
const char* built_in_id(int index);

}  // namespace matside::c
