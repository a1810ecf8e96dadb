#include "vision/media/libav.h"

#include <mutex>

namespace matside::media {
namespace {

// Enough for the largest accepted picture in three channels; limits what a hostile file can
// allocate.
constexpr std::size_t kMaxAtOnce_bytes = std::size_t{384} << 20;

}  // namespace

void prepare_ffmpeg() {
  static std::once_flag once;
  std::call_once(once, [] {
    av_log_set_level(AV_LOG_QUIET);
    av_max_alloc(kMaxAtOnce_bytes);
  });
}

}  // namespace matside::media
