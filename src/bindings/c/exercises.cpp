#include "bindings/c/exercises.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "formats/catalog/catalog.h"
#include "generated/matside_built_in.h"

matside_exercise::matside_exercise(
    std::shared_ptr<const matside::exercise::Definition> definition)
    : definition_(std::move(definition)) {
  for (const matside::exercise::Level& level : definition_->levels) {
    levels_.push_back({level.number, level.name.c_str(), level.description.c_str()});
  }
}

namespace matside::c {
namespace {

using base::Result;
using generated::kMoves;

Result<SharedExercise> shared(Result<exercise::Definition> read) {
  if (!read) return read.error();
  return std::make_shared<const exercise::Definition>(std::move(read).value());
}

}  // namespace

Result<SharedExercise> parse_exercise(std::string_view exercise, std::string_view cues) {
  return shared(catalog::parse_exercise({"exercise", exercise}, {"cues", cues}));
}

Result<SharedExercise> read_exercise(std::string_view json) {
  const auto common = single_leg_kick();
  if (!common) return common.error();
  return shared(catalog::parse_cycle_exercise({"exercise", json}, *common.value()));
}

Result<SharedExercise> single_leg_kick() {
  return parse_exercise(generated::kExercise, generated::kCues);
}

Result<SharedExercise> built_in_exercise(std::string_view id) {
  if (id == generated::kExerciseId) return single_leg_kick();
  const auto* const found = std::ranges::find(kMoves, id, &generated::BuiltInExercise::id);
  if (found != kMoves.end()) return read_exercise(found->text);
  std::string ids;
  for (int i = 0; const char* each = built_in_id(i); ++i) {
    ids += (i > 0 ? ", " : "") + std::string(each);
  }
  return base::Error{base::ErrorKind::usage,
                     "exercise: \"" + std::string(id) + "\" isn't built in. Built in: " + ids};
}

const char* built_in_id(int index) {
  if (index == 0) return generated::kExerciseId;
  if (index < 0 || static_cast<std::size_t>(index) > kMoves.size()) return nullptr;
  return kMoves.at(static_cast<std::size_t>(index) - 1).id;
}

}  // namespace matside::c
