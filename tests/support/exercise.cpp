#include "tests/support/exercise.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "catalog/catalog.h"

namespace matside::support {

const exercise::Definition& single_leg_kick() {
  static const exercise::Definition kDefinition = [] {
    const std::string folder = std::string(MATSIDE_SOURCE_DIR) + "/exercises/";
    auto loaded =
        catalog::load_exercise(folder + "single_leg_kick.json", folder + "cues.en.json");
    if (!loaded) {
      std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
      std::abort();
    }
    return std::move(loaded).value();
  }();
  return kDefinition;
}

}  // namespace matside::support
