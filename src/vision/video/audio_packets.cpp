#include "vision/video/audio_packets.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "vision/media/timeline.h"

namespace matside::video {
namespace {

namespace kind = media::message_kind;

// After this many consecutive packets with unusable timestamps the audio ends.
constexpr int kMaxUnusablePackets = 100'000;
constexpr int kMaxChannels = 64;

bool is_valid_timestamp(std::int64_t timestamp) {
  return timestamp >= -media::kMaxTimestamp && timestamp <= media::kMaxTimestamp;
}

/// The numbers at the front of a message that has more behind them.
template <class T>
std::optional<T> front_of(const media::Message& message) {
  if (message.bytes.size() < sizeof(T)) return std::nullopt;
  T front;
  std::memcpy(&front, message.bytes.data(), sizeof front);
  return front;
}

/// Copies bytes to memory of FFmpeg's, with its padding; null if there are none.
std::uint8_t* padded_copy(std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return nullptr;
  auto* copy =
      static_cast<std::uint8_t*>(av_mallocz(bytes.size() + AV_INPUT_BUFFER_PADDING_SIZE));
  if (copy != nullptr) std::memcpy(copy, bytes.data(), bytes.size());
  return copy;
}

/// The stream's parameters; null if the numbers make no sense.
media::ParametersPtr parameters_of(const media::AudioMessage& audio,
                                   std::span<const std::uint8_t> extradata) {
  const auto id = static_cast<AVCodecID>(audio.codec_id);
  if (audio.channels < 0 || audio.channels > kMaxChannels || audio.tick_numerator <= 0 ||
      audio.tick_denominator <= 0 || avcodec_get_type(id) != AVMEDIA_TYPE_AUDIO) {
    return nullptr;
  }
  media::ParametersPtr coded(avcodec_parameters_alloc());
  coded->codec_type = AVMEDIA_TYPE_AUDIO;
  coded->codec_id = id;
  coded->codec_tag = audio.codec_tag;
  coded->format = audio.format >= 0 && audio.format < AV_SAMPLE_FMT_NB ? audio.format : -1;
  coded->bit_rate = audio.bit_rate;
  coded->bits_per_coded_sample = audio.bits_per_coded_sample;
  coded->bits_per_raw_sample = audio.bits_per_raw_sample;
  coded->profile = audio.profile;
  coded->level = audio.level;
  coded->sample_rate = std::max(audio.sample_rate_hz, 0);
  if (audio.channel_mask == 0 ||
      av_channel_layout_from_mask(&coded->ch_layout, audio.channel_mask) < 0 ||
      coded->ch_layout.nb_channels != audio.channels) {
    coded->ch_layout = {};
    coded->ch_layout.order = AV_CHANNEL_ORDER_UNSPEC;
    coded->ch_layout.nb_channels = audio.channels;
  }
  coded->block_align = std::max(audio.block_align, 0);
  coded->frame_size = std::max(audio.frame_size, 0);
  coded->initial_padding = audio.initial_padding;
  coded->trailing_padding = audio.trailing_padding;
  coded->seek_preroll = audio.seek_preroll;
  coded->extradata = padded_copy(extradata);
  if (coded->extradata != nullptr) coded->extradata_size = static_cast<int>(extradata.size());
  return coded;
}

bool add_side_data(AVPacket& packet, AVPacketSideDataType type,
                   std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return true;
  std::uint8_t* data = av_packet_new_side_data(&packet, type, bytes.size());
  if (data == nullptr) return false;
  std::memcpy(data, bytes.data(), bytes.size());
  return true;
}

/// Fills the packet. @returns false when the message is malformed.
bool read_packet(const media::Message& message, AVPacket& packet) {
  const auto head = front_of<media::PacketMessage>(message);
  if (!head) return false;
  auto rest = std::span(message.bytes).subspan(sizeof *head);
  const std::uint64_t declared =
      std::uint64_t{head->data_bytes} + head->skip_samples_bytes + head->new_extradata_bytes;
  if (declared != rest.size()) return false;
  const auto take = [&rest](std::size_t count) {
    const auto taken = rest.first(count);
    rest = rest.subspan(count);
    return taken;
  };
  av_packet_unref(&packet);
  if (av_new_packet(&packet, static_cast<int>(head->data_bytes)) < 0) return false;
  const auto data = take(head->data_bytes);
  std::copy(data.begin(), data.end(), packet.data);
  packet.pts = head->pts;
  packet.dts = head->dts;
  packet.duration = head->duration;
  packet.flags = head->flags & (AV_PKT_FLAG_KEY | AV_PKT_FLAG_CORRUPT | AV_PKT_FLAG_DISCARD);
  return add_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, take(head->skip_samples_bytes)) &&
         add_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, take(head->new_extradata_bytes));
}

}  // namespace

AudioPackets::AudioPackets(std::unique_ptr<DecoderProcess> process, media::ParametersPtr coded,
                           AVRational tick)
    : process_(std::move(process)),
      coded_(std::move(coded)),
      tick_(tick),
      packet_(av_packet_alloc()) {}

base::Result<std::optional<AudioPackets>> AudioPackets::open(
    const std::filesystem::path& path) {
  auto file = media::FileSource::open(path);
  if (!file) return file.error();
  auto started = DecoderProcess::start(file.value(), {});
  if (!started) return started.error();
  auto process = std::move(started).value();
  process->send(kind::open_audio, media::OpenAudioMessage{file.value().size()});
  const base::Error damaged{base::ErrorKind::input,
                            path.string() + ": its audio cannot be read: the file is damaged"};
  media::Message message;
  if (process->receive(message, nullptr) != DecoderProcess::Outcome::message) return damaged;
  if (message.kind == kind::no_audio) return std::optional<AudioPackets>();
  if (message.kind == kind::failed) {
    return base::Error{base::ErrorKind::input, path.string() + ": " + printable(message.bytes)};
  }
  const auto audio = front_of<media::AudioMessage>(message);
  if (message.kind != kind::audio || !audio) return damaged;
  auto coded = parameters_of(*audio, std::span(message.bytes).subspan(sizeof *audio));
  if (!coded) return damaged;
  return std::optional(AudioPackets(std::move(process), std::move(coded),
                                    {audio->tick_numerator, audio->tick_denominator}));
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
  media::Message message;
  for (int unusable = 0; unusable < kMaxUnusablePackets; ++unusable) {
    if (process_->receive(message, nullptr) != DecoderProcess::Outcome::message ||
        message.kind != kind::packet || !read_packet(message, *packet_)) {
      break;
    }
    if (!in_order()) continue;
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
  packet.duration = std::clamp<std::int64_t>(packet.duration, 0, media::kMaxTimestamp);
  if (last_ && packet.dts + timestamp_offset_ <= *last_) {
    const auto late = static_cast<double>(*last_ - packet.dts - timestamp_offset_);
    if (late * av_q2d(tick_) < media::kMaxLateness_s) return false;
    timestamp_offset_ = *last_ + last_duration_ - packet.dts;
  }
  packet.dts += timestamp_offset_;
  packet.pts += timestamp_offset_;
  return is_valid_timestamp(packet.dts) && is_valid_timestamp(packet.pts);
}

}  // namespace matside::video
