// `matside doctor`: what is installed, what is missing, and how to fix it.
#pragma once

#include <string>

namespace matside::cli {

/// The result of the check.
struct InstallationReport {
  std::string text;  ///< Lines for a person.
  bool good = true;  ///< Nothing is missing or damaged.
};

/// Checks the libraries, the decoder's sandbox, the processor, the network files, the exercise
/// and the report page.
InstallationReport check_installation();

}  // namespace matside::cli
