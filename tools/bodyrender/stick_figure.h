// A stick figure with the real body's bones, for tests.
#pragma once

#include "tools/bodyrender/body_data.h"

namespace matside::bodyrender {

/// A figure 1.7 m tall with horizontal arms; each bone is a thin four-sided stick.
BodyData stick_figure();

}  // namespace matside::bodyrender
