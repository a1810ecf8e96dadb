// Writes a media file from encoded packets.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "vision/media/libav.h"
#include "vision/video/video_writer.h"

namespace matside::video {

/// Wraps FFmpeg's muxer, whose only way to write is `write_at`. One thread at a time.
class Muxer {
 public:
  /// @param name the file's name, for messages.
  /// Fails with ErrorKind::output when FFmpeg lacks the container's muxer or memory is short.
  /// Returned by pointer because FFmpeg stores its address.
  static base::Result<std::unique_ptr<Muxer>> open(std::string name, Container container,
                                                   WriteAt write_at);
  Muxer(const Muxer&) = delete;
  Muxer& operator=(const Muxer&) = delete;
  ~Muxer();

  /// Adds a stream, before begin(). @returns the stream's number.
  int add(const AVCodecParameters& coded, AVRational tick);
  /// Writes the header. Fails with ErrorKind::output when FFmpeg rejects the streams, and with
  /// the error of `write_at`.
  base::Result<void> begin();
  /// Writes a packet and takes its content; its timestamps are in units of `tick`. Fails as
  /// begin().
  base::Result<void> write(AVPacket& packet, int stream, AVRational tick);
  /// Writes the trailer. Fails as begin().
  base::Result<void> end();

  /// Whether the container can hold a stream of this codec.
  static bool can_hold(Container container, AVCodecID codec);

 private:
  Muxer(std::string name, media::OutputPtr format, WriteAt write_at);
  [[nodiscard]] base::Result<void> outcome(int result, const char* failure) const;
  static int write_bytes(void* self, media::WrittenBytes bytes, int size);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);

  std::string name_;
  WriteAt write_at_;
  std::optional<base::Error> error_;  ///< The first error of write_at_.
  std::uint64_t position_ = 0;
  std::uint64_t size_ = 0;
  media::IoPtr io_;  // outlives format_, which writes through it
  media::OutputPtr format_;
};

}  // namespace matside::video
