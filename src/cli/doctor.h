// `matside doctor`: what is installed, what is missing, what mends it.
#pragma once

#include <string>

namespace matside::cli {

struct Checkup {
  std::string text;  ///< Lines for a person.
  bool good = true;  ///< Nothing is missing or damaged.
};

/// Looks at the libraries, the processor, the networks and the exercise.
Checkup examine_installation();

}  // namespace matside::cli
