#include "vision/video/decoder.h"

#include <utility>

namespace matside::video {
namespace {

// A disk or a file that fails this often in a row has nothing more to give. An index that names
// pictures beyond a cut fails once for each of them, so the bound is wide.
constexpr std::int64_t kMostDamagedInARow = 1'000'000;

}  // namespace

Decoder::Decoder(std::unique_ptr<Demuxer> demuxer, DecoderPtr codec)
    : demuxer_(std::move(demuxer)),
      codec_(std::move(codec)),
      packet_(av_packet_alloc()),
      frame_(av_frame_alloc()) {}

base::Result<Decoder> Decoder::open(const std::filesystem::path& path, int threads,
                                    const std::atomic<bool>* stop) {
  auto demuxer = Demuxer::open(path, stop);
  if (!demuxer) return demuxer.error();
  auto codec = demuxer.value()->make_decoder(threads);
  if (!codec) return codec.error();
  return Decoder(std::move(demuxer).value(), std::move(codec).value());
}

void Decoder::note_damage() {
  ++damaged_;
  ++damaged_in_a_row_;
  if (damaged_in_a_row_ > kMostDamagedInARow) ended_ = true;
}

void Decoder::feed() {
  switch (demuxer_->read(*packet_)) {
    case Demuxer::Outcome::damaged:
      note_damage();
      return;
    case Demuxer::Outcome::end:
      draining_ = true;
      avcodec_send_packet(codec_.get(), nullptr);
      return;
    case Demuxer::Outcome::packet:
      // What is left of a damaged packet may still show something: the codec decides.
      if (avcodec_send_packet(codec_.get(), packet_.get()) < 0 ||
          (packet_->flags & AV_PKT_FLAG_CORRUPT) != 0) {
        note_damage();
      } else {
        damaged_in_a_row_ = 0;
      }
      return;
  }
}

const AVFrame* Decoder::next() {
  while (!ended_) {
    if (demuxer_->stopped()) return nullptr;
    const int result = avcodec_receive_frame(codec_.get(), frame_.get());
    if (result == AVERROR(EAGAIN) && !draining_) {
      feed();
    } else if (result == AVERROR_EOF || result == AVERROR(EAGAIN)) {
      ended_ = true;
    } else if (result < 0 || (frame_->flags & AV_FRAME_FLAG_CORRUPT) != 0) {
      note_damage();
    } else {
      return frame_.get();
    }
  }
  return nullptr;
}

bool Decoder::seek(std::int64_t stamp) {
  avcodec_flush_buffers(codec_.get());
  draining_ = false;
  ended_ = false;
  damaged_in_a_row_ = 0;
  return demuxer_->seek(stamp);
}

}  // namespace matside::video
