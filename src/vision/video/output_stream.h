// A media file that is put together from coded packets.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "vision/video/libav.h"
#include "vision/video/video_writer.h"

namespace matside::video {

/// Drives a muxer of FFmpeg, which is given no way to write but `write_at`.
class OutputStream {
 public:
  /// @param name of the file, for messages.
  /// Fails with an output error. Stays where it is: FFmpeg keeps its address.
  static base::Result<std::unique_ptr<OutputStream>> open(std::string name, Container container,
                                                          WriteAt write_at);
  OutputStream(const OutputStream&) = delete;
  OutputStream& operator=(const OutputStream&) = delete;
  ~OutputStream();

  /// @returns the stream's number. Before begin().
  int add(const AVCodecParameters& coded, AVRational tick);
  base::Result<void> begin();
  /// Takes the packet's content; stamps are in `tick`.
  base::Result<void> write(AVPacket& packet, int stream, AVRational tick);
  base::Result<void> end();

  /// Whether such a file can hold what is coded so.
  static bool can_hold(Container container, AVCodecID codec);

 private:
  OutputStream(std::string name, OutputPtr format, WriteAt write_at);
  [[nodiscard]] base::Result<void> outcome(int result, const char* failure) const;
  static int write_bytes(void* self, std::uint8_t* bytes, int size);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);

  std::string name_;
  WriteAt write_at_;
  std::optional<base::Error> error_;  ///< The first that write_at_ gave.
  std::uint64_t position_ = 0;
  std::uint64_t size_ = 0;
  IoPtr io_;  // outlives format_, which writes through it
  OutputPtr format_;
};

}  // namespace matside::video
