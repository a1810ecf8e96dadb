#include "core/coaching/stage.h"

#include <array>
#include <cstddef>

namespace matside::coaching {

std::string_view name(Stage stage) {
  static constexpr std::array<std::string_view, 8> kNames{"placing",    "settling", "baseline",
                                                          "practising", "resting",  "stopped",
                                                          "easing_out", "ended"};
  return kNames.at(static_cast<std::size_t>(stage));
}

}  // namespace matside::coaching
