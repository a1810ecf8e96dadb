#include "server/camera_practice.h"

namespace matside::server {

base::Result<CameraPractice::Reply> CameraPractice::process_frame(
    const protocol::ClientFrame& frame) {
  const auto picture = jpegs_.decode(frame.jpeg);
  if (!picture) return picture.error();
  return stream_.push(frame.index, frame.time, picture.value(), estimator_);
}

}  // namespace matside::server
