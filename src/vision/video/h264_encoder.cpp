#include "vision/video/h264_encoder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matside::video {
namespace {

// Measured: ADR 0021.
constexpr const char* kPreset = "veryfast";
constexpr const char* kQuality = "20";
// Key frame interval, short enough for players to seek quickly.
constexpr double kWholePictureEvery_s = 2.0;
constexpr int kMaxBetween = 250;

constexpr const char* kNoMemory = "not enough memory";

base::Error output_error(const std::string& file, const char* why) {
  return {base::ErrorKind::output, file + ": cannot be written: " + why};
}

void describe(AVCodecContext& codec, const H264Encoder::Options& options) {
  codec.width = options.size.width_px;
  codec.height = options.size.height_px;
  codec.pix_fmt = AV_PIX_FMT_YUV420P;
  codec.sample_aspect_ratio = {1, 1};
  codec.time_base = options.tick;
  codec.framerate = options.rate;
  codec.gop_size =
      std::clamp(static_cast<int>(std::lround(kWholePictureEvery_s * av_q2d(options.rate))), 1,
                 kMaxBetween);
  codec.color_range = options.colour.full_range ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  codec.color_primaries = static_cast<AVColorPrimaries>(options.colour.primaries);
  codec.color_trc = static_cast<AVColorTransferCharacteristic>(options.colour.transfer);
  codec.colorspace = static_cast<AVColorSpace>(options.colour.matrix);
  codec.chroma_sample_location = static_cast<AVChromaLocation>(options.colour.chroma_location);
  codec.thread_count = std::max(options.threads, 1);
  codec.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
}

}  // namespace

H264Encoder::H264Encoder(std::string file, media::EncoderPtr codec, media::FramePtr frame)
    : file_(std::move(file)),
      codec_(std::move(codec)),
      frame_(std::move(frame)),
      packet_(av_packet_alloc()) {}

base::Error H264Encoder::failed(const char* why) const { return output_error(file_, why); }

base::Result<H264Encoder> H264Encoder::open(const Options& options) {
  const AVCodec* x264 = avcodec_find_encoder_by_name("libx264");
  if (x264 == nullptr) {
    return output_error(options.file, "this FFmpeg has no libx264 encoder");
  }
  media::EncoderPtr codec(avcodec_alloc_context3(x264));
  describe(*codec, options);
  AVDictionary* settings = nullptr;
  av_dict_set(&settings, "preset", kPreset, 0);
  av_dict_set(&settings, "crf", kQuality, 0);
  const int opened = avcodec_open2(codec.get(), x264, &settings);
  av_dict_free(&settings);
  if (opened < 0) {
    return output_error(options.file,
                        "libx264 does not accept pictures of this size or format");
  }
  media::FramePtr frame(av_frame_alloc());
  frame->format = codec->pix_fmt;
  frame->width = codec->width;
  frame->height = codec->height;
  if (av_frame_get_buffer(frame.get(), 0) < 0) {
    return output_error(options.file, kNoMemory);
  }
  return H264Encoder(options.file, std::move(codec), std::move(frame));
}

base::Result<image::Canvas> H264Encoder::canvas() {
  if (av_frame_make_writable(frame_.get()) < 0) {
    return failed(kNoMemory);
  }
  return image::Canvas{.y = frame_->data[0],
                       .u = frame_->data[1],
                       .v = frame_->data[2],
                       .y_stride_bytes = frame_->linesize[0],
                       .uv_stride_bytes = frame_->linesize[1],
                       .size = {frame_->width, frame_->height},
                       .colours = {}};
}

base::Result<void> H264Encoder::encode(std::int64_t timestamp) {
  frame_->pts = timestamp;
  if (avcodec_send_frame(codec_.get(), frame_.get()) < 0) {
    return failed("libx264 failed to encode a picture");
  }
  return {};
}

base::Result<void> H264Encoder::end() {
  if (avcodec_send_frame(codec_.get(), nullptr) < 0) {
    return failed("libx264 failed to finish the video");
  }
  return {};
}

AVPacket* H264Encoder::packet() {
  av_packet_unref(packet_.get());
  return avcodec_receive_packet(codec_.get(), packet_.get()) == 0 ? packet_.get() : nullptr;
}

}  // namespace matside::video
