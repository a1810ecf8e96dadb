#include "vision/decoder/decoder.h"

#include <utility>

namespace matside::decoder {
namespace {

// After this many consecutive failures the file ends. The bound is wide because the index of a
// truncated file fails once for each missing picture.
constexpr std::int64_t kMaxDamagedFrames = 1'000'000;

}  // namespace

Decoder::Decoder(std::unique_ptr<Demuxer> demuxer, media::DecoderPtr codec)
    : demuxer_(std::move(demuxer)),
      codec_(std::move(codec)),
      packet_(av_packet_alloc()),
      frame_(av_frame_alloc()) {}

base::Result<Decoder> Decoder::open(const media::FileSource& file, int threads,
                                    const std::function<void()>& alive) {
  auto demuxer = Demuxer::open(file, alive);
  if (!demuxer) return demuxer.error();
  auto codec = demuxer.value()->make_decoder(threads);
  if (!codec) return codec.error();
  return Decoder(std::move(demuxer).value(), std::move(codec).value());
}

void Decoder::record_damage() {
  ++damaged_;
  ++damaged_in_a_row_;
  if (damaged_in_a_row_ > kMaxDamagedFrames) ended_ = true;
}

void Decoder::feed() {
  switch (demuxer_->read(*packet_)) {
    case Demuxer::Outcome::damaged:
      record_damage();
      return;
    case Demuxer::Outcome::end:
      draining_ = true;
      avcodec_send_packet(codec_.get(), nullptr);
      return;
    case Demuxer::Outcome::packet:
      // A damaged packet may still decode in part, so the codec gets it.
      if (avcodec_send_packet(codec_.get(), packet_.get()) < 0 ||
          (packet_->flags & AV_PKT_FLAG_CORRUPT) != 0) {
        record_damage();
      } else {
        damaged_in_a_row_ = 0;
      }
      return;
  }
}

const AVFrame* Decoder::next() {
  while (!ended_) {
    const int result = avcodec_receive_frame(codec_.get(), frame_.get());
    if (result == AVERROR(EAGAIN) && !draining_) {
      feed();
    } else if (result == AVERROR_EOF || result == AVERROR(EAGAIN)) {
      ended_ = true;
    } else if (result < 0 || (frame_->flags & AV_FRAME_FLAG_CORRUPT) != 0) {
      record_damage();
    } else {
      return frame_.get();
    }
  }
  return nullptr;
}

bool Decoder::seek(std::int64_t timestamp) {
  avcodec_flush_buffers(codec_.get());
  draining_ = false;
  ended_ = false;
  damaged_in_a_row_ = 0;
  return demuxer_->seek(timestamp);
}

}  // namespace matside::decoder
