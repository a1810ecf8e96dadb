// Owning pointers to FFmpeg's C objects.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/mem.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include <memory>

namespace matside::video {

/// Deleters for the pointers below.
struct FreeFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeCodec {
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
};
struct FreeScaler {
  void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
struct CloseFormat {
  void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
};
struct FreeIo {
  void operator()(AVIOContext* io) const {
    av_freep(static_cast<void*>(&io->buffer));
    avio_context_free(&io);
  }
};

struct FreeOutput {
  void operator()(AVFormatContext* format) const { avformat_free_context(format); }
};

/// Owning pointers.
using FramePtr = std::unique_ptr<AVFrame, FreeFrame>;
using PacketPtr = std::unique_ptr<AVPacket, FreePacket>;
using DecoderPtr = std::unique_ptr<AVCodecContext, FreeCodec>;
using EncoderPtr = std::unique_ptr<AVCodecContext, FreeCodec>;
using ScalerPtr = std::unique_ptr<SwsContext, FreeScaler>;
using FormatPtr = std::unique_ptr<AVFormatContext, CloseFormat>;
using OutputPtr = std::unique_ptr<AVFormatContext, FreeOutput>;
using IoPtr = std::unique_ptr<AVIOContext, FreeIo>;

}  // namespace matside::video
