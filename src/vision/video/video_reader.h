// Reads videos and photos as upright pictures with the stream's own times.
//
//   auto reader = video::VideoReader::open("practice.mp4");
//   if (!reader) return reader.error();
//   video::Frame frame;
//   while (true) {
//     auto more = reader.value().read(frame);
//     if (!more) return more.error();
//     if (!more.value()) break;
//     use(frame.image, frame.time);
//   }
//   if (reader.value().truncated()) warn("the recording is cut off");
//
// One thread at a time; any number of readers side by side.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/quantity.h"
#include "core/base/result.h"
#include "vision/media/picture_size.h"
#include "vision/media/video_info.h"
#include "vision/video/decoder_process.h"

namespace matside::video {

using media::Frame;
using media::TimeBase;
using media::VideoInfo;

/// How to read.
struct Options {
  int threads = 1;  ///< Decoder threads, at least 1.
  /// Larger pictures are scaled down to this longer side; 0 means no limit.
  int max_side_px = media::kMaxAnalysedSide_px;
  /// Returns YUV pictures as Frame::planes, which costs much less if only parts of each are
  /// used. Release such frames soon: few share their memory with the decoder, others are
  /// copied.
  bool planes = false;
  /// Ends reading before the next picture when it becomes true. May be set by a signal handler.
  /// Must outlive the reader.
  const std::atomic<bool>* stop = nullptr;
  /// When a decoder counts as hung.
  DecodingLimits limits{};
};

/// Reads the video stream of one local file. A process of its own demuxes and decodes it, which
/// can reach nothing else (docs/adr/0026); it runs ahead of read(). If it dies or hangs, the
/// file is damaged there: reading ends, and truncated() says so. Never opens another file,
/// whatever the content refers to. Of several video streams it reads the best; cover art does
/// not count.
///
/// - Rotation and mirroring in the metadata (display matrix, EXIF) are applied once.
/// - Times are presentation times, with edit lists and offsets. For missing and falling
/// timestamps
///   see Timeline; late pictures are dropped.
/// - The stream's colour matrix and range are honoured; transparent parts become black.
/// - Pictures that cannot be decoded are skipped.
class VideoReader {
 public:
  /// Opens the file and decodes its first picture. Fails with ErrorKind::input, with one line
  /// that begins with the path, when the file does not exist, may not be read, is a folder,
  /// pipe or device, is empty, is not media, is a playlist, has no video, has an unsupported
  /// codec, is larger than 16384 pixels a side or 100 million in all, or has no decodable
  /// picture; with ErrorKind::model when the decoder program is missing.
  static base::Result<VideoReader> open(const std::filesystem::path& path,
                                        Options options = {});

  VideoReader(VideoReader&&) noexcept;
  VideoReader& operator=(VideoReader&&) noexcept;
  ~VideoReader();

  /// Properties of the file.
  [[nodiscard]] const VideoInfo& info() const;

  /// Reads the next picture in presentation order, reusing the memory of `frame`.
  /// @returns false at the end, also of a truncated file (see truncated()) or when stopped (see
  /// stopped()). Fails with ErrorKind::input when the pixel format changes to an unsupported
  /// one.
  base::Result<bool> read(Frame& frame);

  /// Continues, forward or back, at the first picture at or after `time` (since the file's
  /// first picture); past the end, read() then returns false. Times and indices are the same as
  /// when reading from the start. Fails with ErrorKind::input when the file can no longer be
  /// read.
  base::Result<void> seek(base::Seconds time);

  /// Whether the file ends before its headers declare, or its end cannot be read. Certain only
  /// after read() has returned false.
  [[nodiscard]] bool truncated() const;

  /// Whether reading ended because Options::stop was set.
  [[nodiscard]] bool stopped() const;

  /// Damaged stretches of data skipped so far.
  [[nodiscard]] std::int64_t damaged() const;

 private:
  class Impl;
  explicit VideoReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// FFmpeg's version and those of its libraries, in one line.
std::string library_versions();

}  // namespace matside::video
