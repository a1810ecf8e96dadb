// A comparison as one page.
#pragma once

#include <string>

#include "agreement/summary.h"

namespace matside::agreement {

/// A self-contained page with all tables and plots, which loads nothing and runs no script. All
/// names in it are escaped.
std::string comparison_page(const Comparison& comparison);

}  // namespace matside::agreement
