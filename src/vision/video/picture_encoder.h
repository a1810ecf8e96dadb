// Pictures drawn on a canvas, coded as H.264 by libx264.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/point.h"
#include "core/base/result.h"
#include "vision/image/canvas.h"
#include "vision/video/colour_tags.h"
#include "vision/video/libav.h"

namespace matside::video {

class PictureEncoder {
 public:
  struct Options {
    std::string file;      ///< For messages.
    base::ImageSize size;  ///< Even.
    ColourTags colour;
    AVRational tick{1, 1};   ///< What stamps are counted in, seconds.
    AVRational rate{25, 1};  ///< Usual pictures a second.
    int threads = 1;
  };

  /// Fails with an output error where there is no libx264, or it takes no such pictures.
  static base::Result<PictureEncoder> open(const Options& options);

  [[nodiscard]] const AVCodecContext& codec() const { return *codec_; }

  /// The canvas of the next picture, to be filled; nothing where memory is short.
  [[nodiscard]] base::Result<image::Canvas> canvas();

  /// Codes what is on the canvas. `stamp` must rise. Fails with an output error.
  base::Result<void> encode(std::int64_t stamp);
  /// After the last picture.
  base::Result<void> end();
  /// The next coded packet, as far as there is one; null otherwise. Valid until the next call.
  AVPacket* packet();

 private:
  PictureEncoder(std::string file, EncoderPtr codec, FramePtr frame);
  [[nodiscard]] base::Error failed(const char* why) const;

  std::string file_;
  EncoderPtr codec_;
  FramePtr frame_;
  PacketPtr packet_;
};

}  // namespace matside::video
