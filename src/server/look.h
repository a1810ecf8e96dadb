// Where the person is in the pictures of one practice, one picture after another.
#pragma once

#include <functional>

#include "core/base/result.h"
#include "vision/blazepose/model.h"
#include "vision/blazepose/tracker.h"
#include "vision/image/view.h"

namespace matside::server {

/// Fails with ErrorKind::model when a network fails.
using Look = std::function<base::Result<blazepose::Seen>(const image::View& picture)>;

/// By these networks, on one thread. @returns ErrorKind::model when a file is missing, cut
/// short
///   or changed.
base::Result<Look> look_with(const blazepose::Networks& networks);

}  // namespace matside::server
