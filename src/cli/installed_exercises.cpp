#include "cli/installed_exercises.h"

#include <utility>

#include "formats/catalog/catalog.h"

namespace matside::cli {

base::Result<std::vector<exercise::Definition>> installed_exercises(const ProgramData& data) {
  auto moves = catalog::load_cycle_exercises(data.folder.moves().string(), data.exercise);
  if (!moves) return moves.error();
  std::vector<exercise::Definition> all{data.exercise};
  for (exercise::Definition& each : moves.value()) all.push_back(std::move(each));
  return all;
}

}  // namespace matside::cli
