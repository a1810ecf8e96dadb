// Decodes the pictures of one file, in presentation order.
#pragma once

#include <functional>
#include <memory>

#include "core/base/result.h"
#include "vision/decoder/demuxer.h"
#include "vision/media/libav.h"

namespace matside::decoder {

/// Combines a demuxer and FFmpeg's decoder. Skips data that cannot be read or decoded. One
/// thread at a time.
class Decoder {
 public:
  /// Opens the file with `threads` decoder threads (at least 1). `file` must outlive the
  /// decoder; `alive` is called for every packet. Fails as Demuxer::open and make_decoder do.
  static base::Result<Decoder> open(const media::FileSource& file, int threads,
                                    const std::function<void()>& alive);

  /// The next picture, valid until the next call; null at the end.
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
  Decoder(std::unique_ptr<Demuxer> demuxer, media::DecoderPtr codec);
  void feed();
  void record_damage();

  std::unique_ptr<Demuxer> demuxer_;
  media::DecoderPtr codec_;
  media::PacketPtr packet_;
  media::FramePtr frame_;
  bool draining_ = false;
  bool ended_ = false;
  std::int64_t damaged_ = 0;
  std::int64_t damaged_in_a_row_ = 0;  ///< Since the last good packet.
};

}  // namespace matside::decoder
