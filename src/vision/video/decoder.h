// The pictures of one file, decoded, in order of presentation.
#pragma once

#include <memory>

#include "core/base/result.h"
#include "vision/video/demuxer.h"
#include "vision/video/libav.h"

namespace matside::video {

/// Drives a demuxer and FFmpeg's decoder; passes over what cannot be read or decoded.
class Decoder {
 public:
  static base::Result<Decoder> open(const std::filesystem::path& path, int threads,
                                    const std::atomic<bool>* stop);

  /// The next picture, valid until the next call; null at the end or when stopped.
  const AVFrame* next();

  /// Goes on from the key picture at or before `stamp` (in the stream's time base).
  /// @returns false when the file cannot be searched; the place is then undefined.
  bool seek(std::int64_t stamp);

  [[nodiscard]] Demuxer& demuxer() { return *demuxer_; }
  [[nodiscard]] const Demuxer& demuxer() const { return *demuxer_; }
  /// Stretches passed over up to now.
  [[nodiscard]] std::int64_t damaged() const { return damaged_; }
  /// At the end: what came last could not be read or decoded.
  [[nodiscard]] bool end_is_damaged() const { return ended_ && damaged_in_a_row_ > 0; }

 private:
  Decoder(std::unique_ptr<Demuxer> demuxer, DecoderPtr codec);
  void feed();
  void note_damage();

  std::unique_ptr<Demuxer> demuxer_;
  DecoderPtr codec_;
  PacketPtr packet_;
  FramePtr frame_;
  bool draining_ = false;
  bool ended_ = false;
  std::int64_t damaged_ = 0;
  std::int64_t damaged_in_a_row_ = 0;  ///< since the last packet that was read and taken
};

}  // namespace matside::video
