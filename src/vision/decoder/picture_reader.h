// Reads videos and photos as upright pictures with the stream's own times, in this process.
// Only the decoder process does so with files of unknown origin; see video::VideoReader.
//
// One thread at a time; any number of readers side by side.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "vision/media/file_source.h"
#include "vision/media/video_info.h"

namespace matside::decoder {

/// How to read; see video::Options.
struct Options {
  int threads = 1;
  int max_side_px = 1920;
  bool planes = false;
  std::function<void()> alive{};  ///< Called for every packet; may be empty.
};

/// Reads the video stream of one local file in any format that FFmpeg knows. Never opens
/// another file, whatever the content refers to. Of several video streams it reads the best;
/// cover art does not count.
///
/// - Rotation and mirroring in the metadata (display matrix, EXIF) are applied once.
/// - Times are presentation times, with edit lists and offsets. For missing and falling
/// timestamps
///   see Timeline; late pictures are dropped.
/// - The stream's colour matrix and range are honoured; transparent parts become black.
/// - Pictures that cannot be decoded are skipped.
class PictureReader {
 public:
  /// Decodes the first picture. Fails with ErrorKind::input, with one line without the file's
  /// name, when the file is not media, is a playlist, has no video, has an unsupported codec,
  /// is larger than 16384 pixels a side or 100 million in all, or has no decodable picture.
  static base::Result<PictureReader> open(media::FileSource file, Options options);

  PictureReader(PictureReader&&) noexcept;
  PictureReader& operator=(PictureReader&&) noexcept;
  ~PictureReader();

  /// Properties of the file.
  [[nodiscard]] const media::VideoInfo& info() const;

  /// Reads the next picture in presentation order, reusing the memory of `frame`.
  /// @returns false at the end, also of a truncated file (see truncated()). Fails with
  /// ErrorKind::input when the pixel format changes to an unsupported one.
  base::Result<bool> read(media::Frame& frame);

  /// Continues, forward or back, at the first picture at or after `time` (since the file's
  /// first picture); past the end, read() then returns false. Times and indices are the same as
  /// when reading from the start. Fails with ErrorKind::input when the file can no longer be
  /// read.
  base::Result<void> seek(base::Seconds time);

  /// Whether the file ends before its headers declare, or its end cannot be read. Certain only
  /// after read() has returned false.
  [[nodiscard]] bool truncated() const;

  /// Damaged stretches of data skipped so far.
  [[nodiscard]] std::int64_t damaged() const;

 private:
  class Impl;
  explicit PictureReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace matside::decoder
