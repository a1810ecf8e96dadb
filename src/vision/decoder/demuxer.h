// Reads the packets of a media file's video or audio stream.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/base/calendar_time.h"
#include "core/base/result.h"
#include "vision/decoder/container_layout.h"
#include "vision/image/orientation.h"
#include "vision/media/file_source.h"
#include "vision/media/libav.h"

namespace matside::decoder {

/// The largest accepted picture. Larger ones are refused before memory is allocated.
inline constexpr int kMaxSide_px = 16384;
inline constexpr std::int64_t kMaxPixels = 100'000'000;

/// Reads one regular file and nothing else, in the formats of allowed_formats.h. FFmpeg has no
/// protocol to open anything with. One thread at a time.
class Demuxer {
 public:
  /// Opens the video stream. Fails with ErrorKind::input when the file cannot be read, has no
  /// known format, or has no video stream.
  /// Messages don't name the file. @param file outlives the demuxer. @param alive is called for
  /// every packet; may be empty.
  static base::Result<std::unique_ptr<Demuxer>> open(const media::FileSource& file,
                                                     std::function<void()> alive);
  /// Opens the audio stream that belongs to the video; null if there is none. Fails likewise.
  static base::Result<std::unique_ptr<Demuxer>> open_audio(const media::FileSource& file);
  Demuxer(const Demuxer&) = delete;
  Demuxer& operator=(const Demuxer&) = delete;
  ~Demuxer();

  /// What read() found.
  enum class Outcome { packet, end, damaged };
  /// Reads the stream's next packet. Reading may continue after `damaged`.
  Outcome read(AVPacket& packet);

  /// Moves to the key frame at or before `timestamp` (in the stream's time base).
  /// @returns false when the file is not seekable.
  bool seek(std::int64_t timestamp);

  /// Opens a decoder for the stream. Fails with ErrorKind::input when its codec is not
  /// supported or rejects the stream's headers.
  [[nodiscard]] base::Result<media::DecoderPtr> make_decoder(int threads) const;

  /// FFmpeg's objects for the stream and the file.
  [[nodiscard]] const AVStream& stream() const { return *stream_; }
  [[nodiscard]] AVFormatContext& format() const { return *format_; }
  /// Whether the file is a single still picture.
  [[nodiscard]] bool is_photo() const;
  /// Whether the format's timestamps are reliable enough for seeking by time.
  [[nodiscard]] bool has_steady_clock() const;
  /// Fails with ErrorKind::input when a picture of this size exceeds the limits above.
  [[nodiscard]] base::Result<void> check_size(base::ImageSize size) const;
  /// The orientation in the container's display matrix, if any.
  [[nodiscard]] std::optional<image::Orientation> orientation() const;
  /// When the file says that it was recorded: the time in the camera's own zone where an
  /// iPhone wrote it, else `creation_time`. Nothing where that isn't plausible.
  [[nodiscard]] std::optional<base::ZonedTime> recorded() const;
  /// Whether the file is shorter than its headers declare.
  [[nodiscard]] bool cut_off() const { return layout_.cut_off(file_->size()); }

 private:
  Demuxer(const media::FileSource& file, std::function<void()> alive);
  base::Result<void> open_format(AVMediaType wanted);
  const AVInputFormat* probe_format(std::size_t most_bytes);
  [[nodiscard]] base::Result<void> check_format(const AVInputFormat* known) const;
  base::Result<void> choose_stream();
  void read_only(int stream);
  [[nodiscard]] base::Error unreadable() const;

  static int read_bytes(void* self, std::uint8_t* buffer, int size);
  static std::int64_t seek_bytes(void* self, std::int64_t offset, int whence);

  const media::FileSource* file_;
  std::function<void()> alive_;
  ContainerLayout layout_;
  std::uint64_t position_ = 0;
  media::IoPtr io_;  // outlives format_, which reads through it
  media::FormatPtr format_;
  AVStream* stream_ = nullptr;
  int score_ = 0;  ///< FFmpeg's confidence in the format, up to AVPROBE_SCORE_MAX
};

/// Orientation from the nine 32-bit numbers of a display matrix in native byte order.
image::Orientation orientation_from_matrix(const std::uint8_t* matrix);

}  // namespace matside::decoder
