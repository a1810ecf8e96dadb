#include "vision/video/jpeg_decoder.h"

#include <utility>

#include "vision/media/picture_layout.h"

namespace matside::video {
namespace {

namespace picture = media::message_kind;

// A picture of the largest size takes some tens of milliseconds.
constexpr DecodingLimits kOfAPicture{.silence = std::chrono::seconds(5),
                                     .processor_time = std::chrono::seconds(2)};

}  // namespace

base::Result<JpegDecoder> JpegDecoder::start() {
  auto process = DecoderProcess::start_without_file(kOfAPicture);
  if (!process) return process.error();
  auto memory = process.value()->share_memory(media::kMaxJpeg_bytes);
  if (memory == nullptr) {
    return base::Error{base::ErrorKind::model,
                       "not enough memory to decode the camera's pictures"};
  }
  process.value()->send_bytes(picture::open_jpegs, {});
  process.value()->send(picture::ring,
                        media::RingMessage{.slot_bytes = media::kMaxJpeg_bytes, .slots = 1});
  return JpegDecoder(std::move(process).value(), std::move(memory));
}

base::Error JpegDecoder::end_process() {
  process_.reset();
  return {base::ErrorKind::input, "picture: is a damaged JPEG"};
}

base::Result<image::Image> JpegDecoder::receive_picture() {
  media::Message message;
  if (process_->receive(message, nullptr) != DecoderProcess::Outcome::message) {
    return end_process();
  }
  if (message.kind == picture::failed) {
    return base::Error{base::ErrorKind::input, printable(message.bytes)};
  }
  const auto decoded = message.as<media::JpegDecodedMessage>();
  if (message.kind != picture::jpeg_decoded || !decoded) return end_process();
  const base::ImageSize size{decoded->width_px, decoded->height_px};
  if (!media::is_jpeg_size(size)) return end_process();
  return image::Image{size, {memory_.get(), memory_.get() + media::rgb_bytes(size)}};
}

base::Result<image::Image> JpegDecoder::decode(std::span<const std::uint8_t> jpeg) {
  if (process_ == nullptr) {
    auto started = start();
    if (!started) return started.error();
    *this = std::move(started).value();
  }
  process_->send_bytes(picture::jpeg, jpeg);
  return receive_picture();
}

}  // namespace matside::video
