#include "tests/support/exercise.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "formats/catalog/catalog.h"

namespace matside::support {

namespace {

const std::string& folder() {
  static const std::string kFolder = std::string(MATSIDE_SOURCE_DIR) + "/data/exercises/";
  return kFolder;
}

template <class T>
T or_abort(base::Result<T> loaded) {
  if (!loaded) {
    std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
    std::abort();
  }
  return std::move(loaded).value();
}

}  // namespace

const exercise::Definition& single_leg_kick() {
  static const exercise::Definition kDefinition = or_abort(
      catalog::load_exercise(folder() + "single_leg_kick.json", folder() + "cues.en.json"));
  return kDefinition;
}

base::Result<exercise::Definition> load_cycle_exercise(const std::string& path) {
  return catalog::load_cycle_exercise(path, single_leg_kick());
}

const std::vector<exercise::Definition>& installed_exercises() {
  static const std::vector<exercise::Definition> kAll = [] {
    std::vector<exercise::Definition> all{single_leg_kick()};
    for (exercise::Definition& each :
         or_abort(catalog::load_cycle_exercises(folder() + "moves", single_leg_kick()))) {
      all.push_back(std::move(each));
    }
    return all;
  }();
  return kAll;
}

const exercise::Definition& sister_move(std::string_view id) {
  const auto found = std::ranges::find(installed_exercises(), id, &exercise::Definition::id);
  if (found == installed_exercises().end()) std::abort();
  return *found;
}

const plan::Rules& plan_rules() {
  static const plan::Rules kRules = or_abort(catalog::load_plan_rules(folder() + "plan.json"));
  return kRules;
}

}  // namespace matside::support
