// Decodes the pictures of one file, in presentation order.
#pragma once

#include <memory>

#include "core/base/result.h"
#include "vision/video/demuxer.h"
#include "vision/video/libav.h"

namespace matside::video {

/// Combines a demuxer and FFmpeg's decoder. Skips data that cannot be read or decoded. One
/// thread at a time.
class Decoder {
 public:
  /// Opens the file with `threads` decoder threads (at least 1). `stop`, which may be null,
  /// ends reading early; it must outlive the decoder. Fails as Demuxer::open and make_decoder
  /// do.
  static base::Result<Decoder> open(const std::filesystem::path& path, int threads,
                                    const std::atomic<bool>* stop);

  /// The next picture, valid until the next call; null at the end or when stopped.
  const AVFrame* next();

  /// Continues at the key frame at or before `timestamp` (in the stream's time base).
  /// @returns false when the file is not seekable; the position is then undefined.
  bool seek(std::int64_t timestamp);

  /// The demuxer in use.
  [[nodiscard]] Demuxer& demuxer() { return *demuxer_; }
  [[nodiscard]] const Demuxer& demuxer() const { return *demuxer_; }
  /// Damaged stretches skipped so far.
  [[nodiscard]] std::int64_t damaged() const { return damaged_; }
  /// Whether the file ended with data that could not be read or decoded.
  [[nodiscard]] bool end_is_damaged() const { return ended_ && damaged_in_a_row_ > 0; }

 private:
  Decoder(std::unique_ptr<Demuxer> demuxer, DecoderPtr codec);
  void feed();
  void record_damage();

  std::unique_ptr<Demuxer> demuxer_;
  DecoderPtr codec_;
  PacketPtr packet_;
  FramePtr frame_;
  bool draining_ = false;
  bool ended_ = false;
  std::int64_t damaged_ = 0;
  std::int64_t damaged_in_a_row_ = 0;  ///< Since the last good packet.
};

}  // namespace matside::video
