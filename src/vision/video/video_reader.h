// Recorded videos and photos as upright RGB pictures with the stream's own times.
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
#include <optional>
#include <string>

#include "core/base/point.h"
#include "core/base/quantity.h"
#include "core/base/result.h"
#include "vision/image/image.h"
#include "vision/image/orientation.h"
#include "vision/image/view.h"
#include "vision/video/colour_tags.h"

namespace matside::video {

/// A picture and when it is shown.
struct Frame {
  /// Upright, square pixels; info().image_size, smaller than the source where that is larger
  /// than Options::max_side_px. Not filled where `planes` is.
  image::Image image;
  /// With Options::planes, where the source is of that kind.
  std::optional<image::Planes> planes;
  base::Seconds time;           ///< From the file's first picture; rises strictly.
  std::int64_t index = 0;       ///< The picture's place in the file, from 0.
  base::ImageSize source_size;  ///< info().size; `view()` may be smaller.

  [[nodiscard]] image::View view() const {
    return planes ? image::View(*planes) : image::View(image);
  }
};

/// A stream's stamps: whole numbers of ticks.
struct Clock {
  int numerator = 1;  ///< A tick is numerator / denominator seconds.
  int denominator = 1;
  std::int64_t first = 0;  ///< Stamp of the first picture, 0 where it has none.
};

struct VideoInfo {
  base::ImageSize size;                         ///< Of the source: upright, in square pixels.
  base::ImageSize image_size;                   ///< Of every Frame's image.
  std::optional<std::int64_t> expected_frames;  ///< By the headers; for a progress bar.
  std::optional<base::Seconds> duration;        ///< By the headers.
  std::optional<double> average_rate_hz;        ///< Pictures a second, by the headers.
  std::string codec;                            ///< FFmpeg's name: h264, hevc, mjpeg, png, ...
  std::string container;           ///< FFmpeg's name: "mov,mp4,m4a,3gp,3g2,mj2", ...
  bool photo = false;              ///< One still picture.
  int bit_depth = 8;               ///< Of one colour channel as stored.
  image::Orientation orientation;  ///< How stored pictures were turned upright.
  ColourTags colour;  ///< Of the pictures; where they are not YUV, of what they become.
  Clock clock;
};

struct Options {
  int threads = 1;  ///< Of the decoder; at least 1.
  /// A larger picture is scaled down to this longer side; 0 keeps every pixel. A body that
  /// fills a fifth of the default still covers more pixels than the pose networks look at.
  int max_side_px = 1920;
  /// Gives pictures as Frame::planes where their kind allows it: much cheaper for whoever looks
  /// at a part of each. Frames must then not be kept for long, since decoders own few of them.
  bool planes = false;
  /// When it turns true, reading ends before the next picture. May be set by a signal handler.
  /// Must outlive the reader.
  const std::atomic<bool>* stop = nullptr;
};

/// Reads the picture stream of one local file that FFmpeg knows; nothing else is ever opened,
/// whatever the file says. Of several picture streams the best is read; cover art is not a
/// picture.
///
/// - Turning and mirroring in the metadata (display matrix, EXIF) is applied, once.
/// - Times are the stream's presentation times, edits and offsets included (see Timeline for
///   missing and falling stamps; a picture that comes too late is left out).
/// - Colour matrix and range of the stream are honoured; transparency lies over black.
/// - Pictures that cannot be decoded are passed over.
class VideoReader {
 public:
  /// Opens the file and decodes its first picture.
  /// Fails with an input error (one line that begins with the path): no such file, no
  /// permission, a folder, a pipe or device, empty, not media, a list of other files, sound
  /// only, a codec that is not known, larger than 16384 pixels a side or 100 million in all, or
  /// no picture that can be decoded.
  static base::Result<VideoReader> open(const std::filesystem::path& path,
                                        Options options = {});

  VideoReader(VideoReader&&) noexcept;
  VideoReader& operator=(VideoReader&&) noexcept;
  ~VideoReader();

  [[nodiscard]] const VideoInfo& info() const;

  /// The next picture in order of presentation, into the memory `frame` already has.
  /// @returns false at the end, also when the file is cut off (see truncated()) or reading was
  /// stopped (see stopped()). Fails with an input error when pictures turn into a kind that
  /// cannot be converted.
  base::Result<bool> read(Frame& frame);

  /// Goes on, forward or back, with the first picture at or after `time` (from the file's first
  /// picture); past the end, read() then returns false. Times and indices are those of reading
  /// from the start. Fails with an input error when the file can no longer be read.
  base::Result<void> seek(base::Seconds time);

  /// The file ends before its own headers say, or its end cannot be read. Known for certain
  /// when read() has returned false.
  [[nodiscard]] bool truncated() const;

  /// Reading ended because Options::stop was set.
  [[nodiscard]] bool stopped() const;

  /// Stretches of data passed over because they could not be read or decoded, up to now.
  [[nodiscard]] std::int64_t damaged() const;

 private:
  class Impl;
  explicit VideoReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The versions of the libraries that read video, as for `matside doctor`.
std::string library_versions();

}  // namespace matside::video
