#include "vision/video/muxer.h"

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <utility>

namespace matside::video {
namespace {

constexpr int kWriteBuffer_bytes = 256 * 1024;

const AVOutputFormat* format_of(Container container) {
  switch (container) {
    case Container::mp4:
      return av_guess_format("mp4", nullptr, nullptr);
    case Container::mov:
      return av_guess_format("mov", nullptr, nullptr);
    case Container::mkv:
      break;
  }
  return av_guess_format("matroska", nullptr, nullptr);
}

}  // namespace

Muxer::Muxer(std::string name, media::OutputPtr format, WriteAt write_at)
    : name_(std::move(name)), write_at_(std::move(write_at)), format_(std::move(format)) {
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kWriteBuffer_bytes));
  io_.reset(avio_alloc_context(buffer, kWriteBuffer_bytes, 1, this, nullptr,
                               &Muxer::write_bytes, &Muxer::seek));
  format_->pb = io_.get();
  format_->flags |= AVFMT_FLAG_CUSTOM_IO;
  format_->io_open = media::refuse_to_open;
}

Muxer::~Muxer() = default;

base::Result<std::unique_ptr<Muxer>> Muxer::open(std::string name, Container container,
                                                 WriteAt write_at) {
  AVFormatContext* format = nullptr;
  if (avformat_alloc_output_context2(&format, format_of(container), nullptr, nullptr) < 0) {
    return base::Error{
        base::ErrorKind::output,
        name + ": cannot be written: this FFmpeg does not support this file type"};
  }
  return std::unique_ptr<Muxer>(
      new Muxer(std::move(name), media::OutputPtr(format), std::move(write_at)));
}

bool Muxer::can_hold(Container container, AVCodecID codec) {
  const AVOutputFormat* format = format_of(container);
  return format != nullptr && codec != AV_CODEC_ID_NONE &&
         avformat_query_codec(format, codec, FF_COMPLIANCE_NORMAL) == 1;
}

int Muxer::write_bytes(void* self, media::WrittenBytes bytes, int size) {
  auto& stream = *static_cast<Muxer*>(self);
  if (stream.error_) return AVERROR(EIO);
  const auto written =
      stream.write_at_(stream.position_, {bytes, static_cast<std::size_t>(size)});
  if (!written) {
    stream.error_ = written.error();
    return AVERROR(EIO);
  }
  stream.position_ += static_cast<std::uint64_t>(size);
  stream.size_ = std::max(stream.size_, stream.position_);
  return size;
}

std::int64_t Muxer::seek(void* self, std::int64_t offset, int whence) {
  auto& stream = *static_cast<Muxer*>(self);
  if ((whence & AVSEEK_SIZE) != 0) return static_cast<std::int64_t>(stream.size_);
  if ((whence & ~AVSEEK_FORCE) != SEEK_SET || offset < 0) return AVERROR(EINVAL);
  stream.position_ = static_cast<std::uint64_t>(offset);
  return offset;
}

int Muxer::add(const AVCodecParameters& coded, AVRational tick) {
  AVStream* stream = avformat_new_stream(format_.get(), nullptr);
  avcodec_parameters_copy(stream->codecpar, &coded);
  stream->codecpar->codec_tag = 0;  // The container chooses its own.
  stream->time_base = tick;
  stream->sample_aspect_ratio = coded.sample_aspect_ratio;
  return stream->index;
}

base::Result<void> Muxer::outcome(int result, const char* failure) const {
  if (error_) return *error_;
  if (result < 0)
    return base::Error{base::ErrorKind::output, name_ + ": cannot be written: " + failure};
  return {};
}

base::Result<void> Muxer::begin() {
  return outcome(avformat_write_header(format_.get(), nullptr),
                 "FFmpeg failed to start the file");
}

base::Result<void> Muxer::write(AVPacket& packet, int stream, AVRational tick) {
  packet.stream_index = stream;
  packet.pos = -1;
  av_packet_rescale_ts(&packet, tick, format_->streams[stream]->time_base);
  return outcome(av_interleaved_write_frame(format_.get(), &packet),
                 "FFmpeg failed to write video or audio");
}

base::Result<void> Muxer::end() {
  const int result = av_write_trailer(format_.get());
  avio_flush(io_.get());
  return outcome(result, "FFmpeg failed to finish the file");
}

}  // namespace matside::video
