#include "server/look.h"

#include <memory>
#include <utility>

namespace matside::server {

base::Result<Look> look_with(const blazepose::Networks& networks) {
  auto made = blazepose::PoseTracker::create(networks, {.threads = 1, .lag = 1});
  if (!made) return made.error();
  const auto tracker = std::make_shared<blazepose::PoseTracker>(std::move(made).value());
  return Look([tracker](const image::View& picture) -> base::Result<blazepose::Seen> {
    auto seen = tracker->track({&picture, 1});
    if (!seen) return seen.error();
    return seen.value().front();
  });
}

}  // namespace matside::server
