// Encodes pictures as H.264 with libx264.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/point.h"
#include "core/base/result.h"
#include "vision/image/canvas.h"
#include "vision/media/colour_tags.h"
#include "vision/media/libav.h"

namespace matside::video {

/// An H.264 encoder of 8-bit 4:2:0 pictures. One thread at a time.
class H264Encoder {
 public:
  /// What to encode.
  struct Options {
    std::string file;      ///< The target's name, for messages.
    base::ImageSize size;  ///< Even.
    media::ColourTags colour;
    AVRational tick{1, 1};   ///< Time base of the timestamps, in seconds.
    AVRational rate{25, 1};  ///< Usual pictures per second.
    int threads = 1;
  };

  /// Fails with ErrorKind::output when FFmpeg has no libx264 or libx264 rejects the options.
  static base::Result<H264Encoder> open(const Options& options);

  /// FFmpeg's encoder context, for the muxer.
  [[nodiscard]] const AVCodecContext& codec() const { return *codec_; }

  /// A canvas for the next picture. Fails with ErrorKind::output when memory is short.
  [[nodiscard]] base::Result<image::Canvas> canvas();

  /// Codes what is on the canvas. `stamp` must rise. Fails with an output error.
  base::Result<void> encode(std::int64_t timestamp);
  /// Flushes after the last picture. Fails likewise.
  base::Result<void> end();
  /// The next encoded packet, or null when there is none yet. Valid until the next call.
  AVPacket* packet();

 private:
  H264Encoder(std::string file, media::EncoderPtr codec, media::FramePtr frame);
  [[nodiscard]] base::Error failed(const char* why) const;

  std::string file_;
  media::EncoderPtr codec_;
  media::FramePtr frame_;
  media::PacketPtr packet_;
};

}  // namespace matside::video
