#include "vision/video/audio_packets.h"

#include <algorithm>
#include <utility>

#include "vision/video/timeline.h"

namespace matside::video {
namespace {

// After this many consecutive failures the audio ends.
constexpr int kMaxDamagedPackets = 100'000;

bool is_valid_timestamp(std::int64_t timestamp) {
  return timestamp >= -kMaxTimestamp && timestamp <= kMaxTimestamp;
}

}  // namespace

AudioPackets::AudioPackets(std::unique_ptr<Demuxer> demuxer)
    : demuxer_(std::move(demuxer)), packet_(av_packet_alloc()) {}

base::Result<std::optional<AudioPackets>> AudioPackets::open(
    const std::filesystem::path& path) {
  auto demuxer = Demuxer::open_audio(path);
  if (!demuxer) return demuxer.error();
  if (demuxer.value() == nullptr) return std::optional<AudioPackets>();
  return std::optional(AudioPackets(std::move(demuxer).value()));
}

AVPacket* AudioPackets::next() {
  if (!ready_ && !ended_) read();
  return ready_ ? packet_.get() : nullptr;
}

void AudioPackets::advance() {
  ready_ = false;
  last_ = packet_->dts;
  last_duration_ = std::max<std::int64_t>(packet_->duration, 1);
}

void AudioPackets::read() {
  for (int damaged = 0; damaged < kMaxDamagedPackets; ++damaged) {
    const auto outcome = demuxer_->read(*packet_);
    if (outcome == Demuxer::Outcome::end) break;
    if (outcome == Demuxer::Outcome::damaged || !in_order()) continue;
    ready_ = true;
    return;
  }
  ended_ = true;
}

/// Whether the packet follows the previous one, after shifting its timestamps if necessary.
bool AudioPackets::in_order() {
  AVPacket& packet = *packet_;
  if (packet.dts == AV_NOPTS_VALUE) packet.dts = packet.pts;
  if (packet.dts == AV_NOPTS_VALUE)
    packet.dts = last_ ? *last_ + last_duration_ - timestamp_offset_ : 0;
  if (packet.pts == AV_NOPTS_VALUE) packet.pts = packet.dts;
  if (!is_valid_timestamp(packet.dts) || !is_valid_timestamp(packet.pts)) return false;
  packet.duration = std::clamp<std::int64_t>(packet.duration, 0, kMaxTimestamp);
  if (last_ && packet.dts + timestamp_offset_ <= *last_) {
    const auto late = static_cast<double>(*last_ - packet.dts - timestamp_offset_);
    if (late * av_q2d(stream().time_base) < kMaxLateness_s) return false;
    timestamp_offset_ = *last_ + last_duration_ - packet.dts;
  }
  packet.dts += timestamp_offset_;
  packet.pts += timestamp_offset_;
  return is_valid_timestamp(packet.dts) && is_valid_timestamp(packet.pts);
}

}  // namespace matside::video
