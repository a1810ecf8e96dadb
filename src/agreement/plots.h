// Plots of pairs as SVG.
#pragma once

#include <string>
#include <vector>

#include "agreement/pairing.h"
#include "agreement/study.h"

namespace matside::agreement {

/// Difference against mean, with the bias and the limits of agreement. The left knee is a
/// filled circle, the right one an open one. Of many pairs, every k-th is drawn.
/// @returns an <svg> element; empty for no pairs
std::string bland_altman_svg(const std::vector<PairedPractice>& practices, PairKind kind,
                             const Agreement& agreement);

/// Measured against reference, with the line of equality. Otherwise as bland_altman_svg().
std::string scatter_svg(const std::vector<PairedPractice>& practices, PairKind kind);

/// Both measurements of a knee over time. @returns an <svg> element; empty for no pairs
std::string curves_svg(const PairedPractice& practice, pose::Side side);

/// The plots' CSS.
extern const char* const kPlotStyle;

}  // namespace matside::agreement
