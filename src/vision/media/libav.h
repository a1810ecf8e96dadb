// Owning pointers to FFmpeg's C objects, and the differences between its versions 5.1 to 7.1.
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

#include <cstddef>
#include <cstdint>
#include <memory>

namespace matside::media {

/// Deleters for the pointers below.
struct FreeFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreePacket {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeParameters {
  void operator()(AVCodecParameters* parameters) const { avcodec_parameters_free(&parameters); }
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
using ParametersPtr = std::unique_ptr<AVCodecParameters, FreeParameters>;
using DecoderPtr = std::unique_ptr<AVCodecContext, FreeCodec>;
using EncoderPtr = std::unique_ptr<AVCodecContext, FreeCodec>;
using ScalerPtr = std::unique_ptr<SwsContext, FreeScaler>;
using FormatPtr = std::unique_ptr<AVFormatContext, CloseFormat>;
using OutputPtr = std::unique_ptr<AVFormatContext, FreeOutput>;
using IoPtr = std::unique_ptr<AVIOContext, FreeIo>;

/// Keeps FFmpeg from printing, and limits what it allocates at once. Call before using it.
void prepare_ffmpeg();

/// For AVFormatContext::io_open: no format may open another file.
inline int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

/// Bytes that FFmpeg passes to a write callback.
#if LIBAVFORMAT_VERSION_MAJOR >= 61
using WrittenBytes = const std::uint8_t*;
#else
using WrittenBytes = std::uint8_t*;
#endif

/// The stream's display matrix and its size in bytes; null when it has none.
inline const std::uint8_t* display_matrix(const AVStream& stream, std::size_t& size_bytes) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 0)
  const AVCodecParameters& coded = *stream.codecpar;
  const AVPacketSideData* data = av_packet_side_data_get(
      coded.coded_side_data, coded.nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
  size_bytes = data != nullptr ? data->size : 0;
  return data != nullptr ? data->data : nullptr;
#else
  return av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size_bytes);
#endif
}

}  // namespace matside::media
