// Reads a file's audio as encoded packets, for copying without re-encoding.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/base/result.h"
#include "vision/media/libav.h"
#include "vision/video/decoder_process.h"

namespace matside::video {

/// The packets of a file's audio stream, in decoding order, as a decoder process finds them.
/// One thread at a time.
class AudioPackets {
 public:
  /// Returns nothing when the file has no audio. Fails as VideoReader::open does.
  static base::Result<std::optional<AudioPackets>> open(const std::filesystem::path& path);

  /// FFmpeg's description of the stream, and the time base of its packets.
  [[nodiscard]] const AVCodecParameters& coded() const { return *coded_; }
  [[nodiscard]] AVRational tick() const { return tick_; }

  /// The current packet, null after the last. Timestamps rise strictly, even where a
  /// recording's clock restarts. Unreadable packets are skipped.
  AVPacket* next();
  /// Moves to the next packet.
  void advance();

 private:
  AudioPackets(std::unique_ptr<DecoderProcess> process, media::ParametersPtr coded,
               AVRational tick);
  void read();
  bool in_order();

  std::unique_ptr<DecoderProcess> process_;
  media::ParametersPtr coded_;
  AVRational tick_;
  media::PacketPtr packet_;
  bool ready_ = false;  ///< packet_ holds the current packet.
  bool ended_ = false;
  std::optional<std::int64_t> last_;   ///< Timestamp of the previous packet.
  std::int64_t last_duration_ = 0;     ///< Its duration.
  std::int64_t timestamp_offset_ = 0;  ///< Added to the stream's timestamps.
};

}  // namespace matside::video
