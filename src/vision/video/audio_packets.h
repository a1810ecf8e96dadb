// Reads a file's audio as encoded packets, for copying without re-encoding.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/base/result.h"
#include "vision/video/demuxer.h"
#include "vision/video/libav.h"

namespace matside::video {

/// The packets of a file's audio stream, in decoding order. One thread at a time.
class AudioPackets {
 public:
  /// Returns nothing when the file has no audio. Fails as Demuxer::open does.
  static base::Result<std::optional<AudioPackets>> open(const std::filesystem::path& path);

  /// FFmpeg's description of the stream.
  [[nodiscard]] const AVStream& stream() const { return demuxer_->stream(); }

  /// The current packet, null after the last. Timestamps rise strictly, even where a
  /// recording's clock restarts. Unreadable packets are skipped.
  AVPacket* next();
  /// Moves to the next packet.
  void advance();

 private:
  explicit AudioPackets(std::unique_ptr<Demuxer> demuxer);
  void read();
  bool in_order();

  std::unique_ptr<Demuxer> demuxer_;
  PacketPtr packet_;
  bool ready_ = false;  ///< packet_ holds the current packet.
  bool ended_ = false;
  std::optional<std::int64_t> last_;   ///< Timestamp of the previous packet.
  std::int64_t last_duration_ = 0;     ///< Its duration.
  std::int64_t timestamp_offset_ = 0;  ///< Added to the stream's timestamps.
};

}  // namespace matside::video
