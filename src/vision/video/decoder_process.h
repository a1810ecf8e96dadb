// Starts and watches a decoder process: the only place where files of unknown origin are
// decoded.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/base/result.h"
#include "vision/media/channel.h"
#include "vision/media/decoder_protocol.h"
#include "vision/media/file_source.h"

namespace matside::video {

/// A decoder that exceeds one of these within one answer is ended. It reports progress every
/// second, so that a long search in a long video isn't mistaken for a hang.
struct DecodingLimits {
  std::chrono::milliseconds silence{300'000};        ///< Without any message.
  std::chrono::milliseconds processor_time{60'000};  ///< Used without any message.
};

/// A decoder process for one file. It is ended with this object. One thread at a time.
class DecoderProcess {
 public:
  /// Starts the process and waits for its first message. Fails with ErrorKind::model when the
  /// decoder program is missing or of another version.
  static base::Result<std::unique_ptr<DecoderProcess>> start(const media::FileSource& file,
                                                             DecodingLimits limits);
  DecoderProcess(const DecoderProcess&) = delete;
  DecoderProcess& operator=(const DecoderProcess&) = delete;
  ~DecoderProcess();

  /// The same for pictures that are not in a file.
  static base::Result<std::unique_ptr<DecoderProcess>> start_without_file(
      DecodingLimits limits);

  /// What confines the process.
  [[nodiscard]] const media::ReadyMessage& ready() const { return ready_; }

  /// Gives the memory that pictures are handed over in that size, for good, and maps it.
  /// @returns null when memory is short.
  std::shared_ptr<const std::uint8_t> share_memory(std::size_t bytes);

  /// What receive() found. `dead`: the process is gone or was ended; its file counts as
  /// damaged.
  enum class Outcome { message, stopped, dead };
  /// The next message, in order. @param stop ends waiting when it becomes true; may be null.
  Outcome receive(media::Message& message, const std::atomic<bool>* stop);

  /// Sends a message. A process that doesn't take it is ended.
  template <class T>
  void send(media::message_kind::MessageKind kind, const T& content) {
    if (!channel_.send_struct(kind, content, media::Channel::WhenFull::fail)) end();
  }
  /// Sends bytes, and waits for a process that is slow to take them, but not for long.
  void send_bytes(media::message_kind::MessageKind kind,
                  std::span<const std::uint8_t> content) {
    if (!channel_.send(kind, content, media::Channel::WhenFull::wait)) end();
  }
  /// Ends the process, which broke the protocol.
  void end();

 private:
  DecoderProcess(pid_t process, int socket, int memory)
      : process_(process), channel_(socket), memory_(memory) {}
  bool await_ready();
  [[nodiscard]] std::chrono::nanoseconds processor_time() const;

  pid_t process_;
  media::Channel channel_;
  int memory_;  ///< From memfd_create.
  media::ReadyMessage ready_;
  DecodingLimits limits_;
  bool ended_ = false;
};

/// The decoder program: in libexec/matside of the installation or the build folder. Fails with
/// ErrorKind::model when it is missing.
base::Result<std::filesystem::path> decoder_program();

/// What confines decoder processes, by starting one. Fails as DecoderProcess::start().
base::Result<media::ReadyMessage> decoder_sandbox();

/// The confinement in words for a person.
std::string describe_sandbox(const media::ReadyMessage& ready);

/// What a decoder says of a file, as one printable line.
std::string printable(std::span<const std::uint8_t> text);

}  // namespace matside::video
