#include "vision/video/sound.h"

#include <algorithm>
#include <utility>

namespace matside::video {
namespace {

// A file that fails this often in a row has no more sound to give.
constexpr int kMostDamagedInARow = 100'000;
// A step back by less is a packet out of place, a longer one a clock set anew.
constexpr double kLargestLateness_s = 1.0;
// Stamps beyond are none to reckon with.
constexpr std::int64_t kLargestStamp = 9'000'000'000'000'000;

bool reckonable(std::int64_t stamp) {
  return stamp >= -kLargestStamp && stamp <= kLargestStamp;
}

}  // namespace

Sound::Sound(std::unique_ptr<Demuxer> demuxer)
    : demuxer_(std::move(demuxer)), packet_(av_packet_alloc()) {}

base::Result<std::optional<Sound>> Sound::open(const std::filesystem::path& path) {
  auto demuxer = Demuxer::open_sound(path);
  if (!demuxer) return demuxer.error();
  if (demuxer.value() == nullptr) return std::optional<Sound>();
  return std::optional(Sound(std::move(demuxer).value()));
}

AVPacket* Sound::next() {
  if (!ready_ && !ended_) read();
  return ready_ ? packet_.get() : nullptr;
}

void Sound::pass() {
  ready_ = false;
  last_ = packet_->dts;
  last_duration_ = std::max<std::int64_t>(packet_->duration, 1);
}

void Sound::read() {
  for (int damaged = 0; damaged < kMostDamagedInARow; ++damaged) {
    const auto outcome = demuxer_->read(*packet_);
    if (outcome == Demuxer::Outcome::end) break;
    if (outcome == Demuxer::Outcome::damaged || !in_order()) continue;
    ready_ = true;
    return;
  }
  ended_ = true;
}

/// Whether the packet follows the one before, its stamps carried on if need be.
bool Sound::in_order() {
  AVPacket& packet = *packet_;
  if (packet.dts == AV_NOPTS_VALUE) packet.dts = packet.pts;
  if (packet.dts == AV_NOPTS_VALUE) packet.dts = last_ ? *last_ + last_duration_ - carried_ : 0;
  if (packet.pts == AV_NOPTS_VALUE) packet.pts = packet.dts;
  if (!reckonable(packet.dts) || !reckonable(packet.pts)) return false;
  packet.duration = std::clamp<std::int64_t>(packet.duration, 0, kLargestStamp);
  if (last_ && packet.dts + carried_ <= *last_) {
    const auto late = static_cast<double>(*last_ - packet.dts - carried_);
    if (late * av_q2d(stream().time_base) < kLargestLateness_s) return false;
    carried_ = *last_ + last_duration_ - packet.dts;
  }
  packet.dts += carried_;
  packet.pts += carried_;
  return reckonable(packet.dts) && reckonable(packet.pts);
}

}  // namespace matside::video
