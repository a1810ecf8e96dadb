// A body of a few sticks with the bones of the real one, for tests.
#pragma once

#include "tools/bodyrender/body_data.h"

namespace matside::bodyrender {

/// 1.7 m tall, arms held out level, each bone a thin four-sided stick of skin.
BodyData stick_figure();

}  // namespace matside::bodyrender
