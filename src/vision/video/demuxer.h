// A media file as packets of one of its streams: its pictures, or its sound.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/base/result.h"
#include "vision/image/orientation.h"
#include "vision/video/container_layout.h"
#include "vision/video/file_source.h"
#include "vision/video/libav.h"

namespace matside::video {

/// The largest picture that is read; larger ones are refused before memory is taken for them.
inline constexpr int kMaxSide_px = 16384;
inline constexpr std::int64_t kMaxPixels = 100'000'000;

/// Reads the bytes of one regular file and of nothing else: formats that name other files or
/// addresses (playlists, concatenation scripts, image sequences) are refused, and FFmpeg is
/// given no protocol to open anything with.
class Demuxer {
 public:
  /// Fails with an input error when the file cannot be read, is of no known format, or holds no
  /// picture stream that can be decoded.
  /// @param stop when it turns true, reading ends early; may be null; outlives the demuxer.
  static base::Result<std::unique_ptr<Demuxer>> open(const std::filesystem::path& path,
                                                     const std::atomic<bool>* stop);
  /// For the sound that belongs to the pictures; null where there is none. Fails likewise.
  static base::Result<std::unique_ptr<Demuxer>> open_sound(const std::filesystem::path& path);
  Demuxer(const Demuxer&) = delete;
  Demuxer& operator=(const Demuxer&) = delete;
  ~Demuxer();

  enum class Outcome { packet, end, damaged };
  /// The next packet of the stream. After `damaged` reading may go on.
  Outcome read(AVPacket& packet);

  /// Moves to the key picture at or before `stamp` (in the stream's time base).
  /// @returns false when the file cannot be searched.
  bool seek(std::int64_t stamp);

  /// An open decoder for the stream. Fails with an input error.
  [[nodiscard]] base::Result<DecoderPtr> make_decoder(int threads) const;

  [[nodiscard]] const AVStream& stream() const { return *stream_; }
  [[nodiscard]] AVFormatContext& format() const { return *format_; }
  [[nodiscard]] bool is_photo() const;
  /// Its packets carry true, steady timestamps, so that a place in time can be searched for.
  [[nodiscard]] bool has_steady_clock() const;
  /// Fails with an input error when a picture of this size is too large to be read.
  [[nodiscard]] base::Result<void> check_size(base::ImageSize size) const;
  /// Turning asked for by the container; nothing when it says nothing.
  [[nodiscard]] std::optional<image::Orientation> orientation() const;
  /// The file is shorter than its own headers say.
  [[nodiscard]] bool cut_off() const { return layout_.cut_off(file_.size()); }
  [[nodiscard]] bool stopped() const { return stop_ != nullptr && *stop_; }

 private:
  Demuxer(std::filesystem::path path, FileSource file, const std::atomic<bool>* stop);
  base::Result<void> open_format(AVMediaType wanted);
  const AVInputFormat* recognise(std::size_t most_bytes);
  base::Result<void> choose_stream();
  void read_only(int stream);
  [[nodiscard]] base::Error input_error(const std::string& what) const;
  [[nodiscard]] base::Error unreadable() const;

  static int read_bytes(void* self, std::uint8_t* buffer, int size);
  static std::int64_t seek_bytes(void* self, std::int64_t offset, int whence);

  std::filesystem::path path_;
  FileSource file_;
  const std::atomic<bool>* stop_;
  ContainerLayout layout_;
  std::uint64_t position_ = 0;
  IoPtr io_;  // outlives format_, which reads through it
  FormatPtr format_;
  AVStream* stream_ = nullptr;
  int score_ = 0;  ///< FFmpeg's certainty of the format, up to AVPROBE_SCORE_MAX
};

/// The side-data bytes of a display matrix (nine 32-bit numbers) as an orientation.
image::Orientation orientation_from_matrix(const std::uint8_t* matrix);

}  // namespace matside::video
