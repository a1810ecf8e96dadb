#include "tests/support/exercise.h"

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

const plan::Rules& plan_rules() {
  static const plan::Rules kRules = or_abort(catalog::load_plan_rules(folder() + "plan.json"));
  return kRules;
}

}  // namespace matside::support
