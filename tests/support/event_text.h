// What a session told, as text: two texts are alike only when every bit is.
#pragma once

#include <string>

#include "core/engine/session.h"

namespace matside::support {

/// One line, without its end: every number in hexadecimal.
std::string text(const engine::Event& event);

}  // namespace matside::support
