// Events as text. Two texts are equal only if every bit of the events is.
#pragma once

#include <string>

#include "core/engine/session.h"

namespace matside::support {

/// One line, without its end: every number in hexadecimal.
std::string text(const engine::Event& event);

}  // namespace matside::support
