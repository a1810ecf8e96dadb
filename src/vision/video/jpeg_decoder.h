// Decodes the JPEG pictures of a live page in a decoder process.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/base/result.h"
#include "vision/image/image.h"
#include "vision/video/decoder_process.h"

namespace matside::video {

/// A decoder process for JPEG pictures, one after another. One thread at a time.
class JpegDecoder {
 public:
  /// Starts the process. Fails with ErrorKind::model as DecoderProcess::start(), or when memory
  /// is short.
  static base::Result<JpegDecoder> start();

  /// Decodes a picture to RGB. A process that the last picture ended is started again.
  /// @returns ErrorKind::input when it is not a JPEG, is damaged or larger than
  ///   media::kMaxJpegSide_px; as start() when the process can't be started again
  base::Result<image::Image> decode(std::span<const std::uint8_t> jpeg);

 private:
  JpegDecoder(std::unique_ptr<DecoderProcess> process,
              std::shared_ptr<const std::uint8_t> memory)
      : process_(std::move(process)), memory_(std::move(memory)) {}
  base::Result<image::Image> receive_picture();
  base::Error end_process();

  std::unique_ptr<DecoderProcess> process_;  ///< Null after a picture that ended it.
  std::shared_ptr<const std::uint8_t> memory_;
};

}  // namespace matside::video
