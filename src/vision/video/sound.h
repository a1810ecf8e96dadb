// A file's sound as coded packets, to be copied as they are.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/base/result.h"
#include "vision/video/demuxer.h"
#include "vision/video/libav.h"

namespace matside::video {

class Sound {
 public:
  /// Nothing where the file has no sound. Fails as Demuxer::open does.
  static base::Result<std::optional<Sound>> open(const std::filesystem::path& path);

  [[nodiscard]] const AVStream& stream() const { return demuxer_->stream(); }

  /// The packet that comes next, null after the last. Its stamps rise strictly, also where a
  /// recording's clock was set anew; what cannot be read is passed over.
  AVPacket* next();
  /// Goes on to the one after it.
  void pass();

 private:
  explicit Sound(std::unique_ptr<Demuxer> demuxer);
  void read();
  bool in_order();

  std::unique_ptr<Demuxer> demuxer_;
  PacketPtr packet_;
  bool ready_ = false;  ///< packet_ has not been passed
  bool ended_ = false;
  std::optional<std::int64_t> last_;  ///< Stamp of the packet before,
  std::int64_t last_duration_ = 0;    ///< and how long it lasts.
  std::int64_t carried_ = 0;          ///< What stamps are put off by.
};

}  // namespace matside::video
