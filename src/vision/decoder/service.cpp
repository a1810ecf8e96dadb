#include "vision/decoder/service.h"

#include <sys/mman.h>
#include <sys/time.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "vision/decoder/demuxer.h"
#include "vision/decoder/jpeg.h"
#include "vision/decoder/picture_reader.h"
#include "vision/media/channel.h"
#include "vision/media/picture_layout.h"

namespace matside::decoder {
namespace {

namespace kind = media::message_kind;
using media::Channel;
using media::Message;

// While it works on one answer, the process reports this often that it makes progress.
constexpr std::chrono::seconds kAliveInterval{1};
// More than the program's own patience (DecodingLimits).
constexpr std::chrono::seconds kMaxSilence{600};
constexpr std::chrono::milliseconds kNoWait{0};
constexpr auto kWait = Channel::WhenFull::wait;

/// The slots that pictures are handed over in.
class SharedPictures {
 public:
  /// Maps the memory. Check valid() before use.
  explicit SharedPictures(const media::RingMessage& ring)
      : slot_bytes_(ring.slot_bytes),
        bytes_(ring.slot_bytes * ring.slots),
        memory_(::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED,
                       media::kMemoryDescriptor, 0)) {
    for (std::uint32_t slot = 0; slot < ring.slots; ++slot) free_.push_back(slot);
  }
  SharedPictures(const SharedPictures&) = delete;
  SharedPictures& operator=(const SharedPictures&) = delete;
  ~SharedPictures() {
    if (valid()) ::munmap(memory_, bytes_);
  }

  [[nodiscard]] bool valid() const { return memory_ != MAP_FAILED; }
  [[nodiscard]] bool has_slot() const { return !free_.empty(); }
  void release(std::uint32_t slot) { free_.push_back(slot); }
  /// All of it, for a single picture.
  [[nodiscard]] std::span<std::uint8_t> all() const {
    return {static_cast<std::uint8_t*>(memory_), bytes_};
  }

  /// Copies the picture into a free slot. @returns the slot.
  std::uint32_t put(const media::Frame& frame) {
    const std::uint32_t slot = free_.front();
    free_.erase(free_.begin());
    std::uint8_t* to = static_cast<std::uint8_t*>(memory_) + slot * slot_bytes_;
    if (frame.planes) {
      put_planes(*frame.planes, to);
    } else {
      std::memcpy(to, frame.image.rgb.data(), frame.image.rgb.size());
    }
    return slot;
  }

 private:
  static void put_plane(const std::uint8_t* from, std::ptrdiff_t from_stride, std::uint8_t* to,
                        std::ptrdiff_t to_stride, base::ImageSize size) {
    for (int y = 0; y < size.height_px; ++y) {
      std::memcpy(to + y * to_stride, from + y * from_stride,
                  static_cast<std::size_t>(size.width_px));
    }
  }

  static void put_planes(const image::Planes& planes, std::uint8_t* to) {
    const media::PlanesLayout layout = media::planes_layout(planes.stored);
    const base::ImageSize half{(planes.stored.width_px + 1) / 2,
                               (planes.stored.height_px + 1) / 2};
    put_plane(planes.y, planes.y_stride_bytes, to, layout.y_stride_bytes, planes.stored);
    put_plane(planes.u, planes.uv_stride_bytes, to + layout.u, layout.uv_stride_bytes, half);
    put_plane(planes.v, planes.uv_stride_bytes, to + layout.v, layout.uv_stride_bytes, half);
  }

  std::size_t slot_bytes_;
  std::size_t bytes_;
  void* memory_;
  std::vector<std::uint32_t> free_;
};

/// Reports progress at most once per interval. Where there is none, and no program left that
/// would end this process, an alarm does.
class Heartbeat {
 public:
  explicit Heartbeat(Channel& channel) : channel_(&channel) { set_alarm(); }
  void beat() {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < kAliveInterval) return;
    last_ = now;
    set_alarm();
    channel_->send(kind::alive, std::span<const std::uint8_t>(), kWait);
  }
  /// For work that may have to wait for the program.
  static void clear_alarm() { set_timer(std::chrono::seconds(0)); }
  static void set_alarm() { set_timer(kMaxSilence); }

 private:
  static void set_timer(std::chrono::seconds from_now) {
    const itimerval timer{{0, 0}, {from_now.count(), 0}};
    ::setitimer(ITIMER_REAL, &timer, nullptr);
  }

  Channel* channel_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

bool send_error(Channel& channel, std::uint32_t what, const base::Error& error) {
  return channel.send(
      what, {reinterpret_cast<const std::uint8_t*>(error.message.data()), error.message.size()},
      kWait);
}

template <std::size_t kSize>
void put_text(const std::string& text, std::array<char, kSize>& into) {
  std::copy_n(text.begin(), std::min(text.size(), kSize - 1), into.begin());
}

media::OpenedMessage opened_message(const PictureReader& reader) {
  const media::VideoInfo& info = reader.info();
  media::OpenedMessage message;
  message.width_px = info.size.width_px;
  message.height_px = info.size.height_px;
  message.image_width_px = info.image_size.width_px;
  message.image_height_px = info.image_size.height_px;
  message.expected_frames = info.expected_frames.value_or(-1);
  message.duration_s = info.duration ? info.duration->value() : -1.0;
  message.average_rate_hz = info.average_rate_hz.value_or(-1.0);
  put_text(info.codec, message.codec);
  put_text(info.container, message.container);
  message.photo = info.photo ? 1 : 0;
  message.bit_depth = info.bit_depth;
  message.transposed = info.orientation.transposed ? 1 : 0;
  message.mirrored_x = info.orientation.mirrored_x ? 1 : 0;
  message.mirrored_y = info.orientation.mirrored_y ? 1 : 0;
  message.primaries = info.colour.primaries;
  message.transfer = info.colour.transfer;
  message.matrix = info.colour.matrix;
  message.full_range = info.colour.full_range ? 1 : 0;
  message.chroma_location = info.colour.chroma_location;
  message.tick_numerator = info.clock.numerator;
  message.tick_denominator = info.clock.denominator;
  message.first_timestamp = info.clock.first;
  message.cut_off = reader.truncated() ? 1 : 0;
  if (info.recorded) {
    message.recorded_unix_s = info.recorded->unix_s;
    message.recorded_utc_offset_min =
        info.recorded->utc_offset_min.value_or(media::kNoUtcOffset);
  }
  return message;
}

/// Sends the pictures of a video, ahead of time as far as there are slots.
class PictureService {
 public:
  PictureService(Channel& channel, PictureReader reader)
      : channel_(&channel), reader_(std::move(reader)) {}

  void run() {
    Message message;
    while (true) {
      const bool can_decode = slots_ && slots_->has_slot() && !ended_;
      if (!can_decode) Heartbeat::clear_alarm();
      const auto received =
          channel_->receive(message, can_decode ? std::optional(kNoWait) : std::nullopt);
      if (received == Channel::Outcome::closed) return;
      Heartbeat::set_alarm();
      const bool good =
          received == Channel::Outcome::message ? obey(message) : send_next_picture();
      if (!good) return;
    }
  }

 private:
  bool obey(const Message& message) {
    if (message.kind == kind::ring) {
      const auto ring = message.as<media::RingMessage>();
      if (!ring || slots_) return false;
      slots_.emplace(*ring);
      return slots_->valid();
    }
    if (message.kind == kind::release) {
      const auto release = message.as<media::ReleaseMessage>();
      if (!release || !slots_) return false;
      slots_->release(release->slot);
      return true;
    }
    const auto seek = message.as<media::SeekMessage>();
    if (message.kind != kind::seek || !seek) return false;
    const auto sought = reader_.seek(base::Seconds(seek->time_s));
    ended_ = !sought.ok();
    if (!sought) return send_error(*channel_, kind::seek_failed, sought.error());
    return channel_->send(kind::sought, std::span<const std::uint8_t>(), kWait);
  }

  bool send_next_picture() {
    const auto more = reader_.read(frame_);
    if (!more || !more.value()) ended_ = true;
    if (!more) return send_error(*channel_, kind::failed, more.error());
    if (!more.value()) {
      media::EndedMessage message;
      message.truncated = reader_.truncated() ? 1 : 0;
      message.damaged = reader_.damaged();
      return channel_->send_struct(kind::ended, message, kWait);
    }
    media::PictureMessage message;
    message.slot = slots_->put(frame_);
    message.planes = frame_.planes ? 1 : 0;
    if (frame_.planes) message.colours = frame_.planes->colours;
    message.time_s = frame_.time.value();
    message.index = frame_.index;
    message.damaged = reader_.damaged();
    return channel_->send_struct(kind::picture, message, kWait);
  }

  Channel* channel_;
  PictureReader reader_;
  std::optional<SharedPictures> slots_;
  media::Frame frame_;
  bool ended_ = false;
};

void serve_pictures(Channel& channel, const media::OpenVideoMessage& request) {
  Heartbeat heartbeat(channel);
  auto reader = PictureReader::open(
      media::FileSource::from_descriptor(media::kFileDescriptor, request.file_bytes),
      {.threads = request.threads,
       .max_side_px = request.max_side_px,
       .planes = request.planes != 0,
       .alive = [&heartbeat] { heartbeat.beat(); }});
  if (!reader) {
    send_error(channel, kind::failed, reader.error());
    return;
  }
  if (!channel.send_struct(kind::opened, opened_message(reader.value()), kWait)) return;
  PictureService(channel, std::move(reader).value()).run();
}

media::AudioMessage audio_message(const AVStream& stream) {
  const AVCodecParameters& coded = *stream.codecpar;
  media::AudioMessage message;
  message.codec_id = coded.codec_id;
  message.codec_tag = coded.codec_tag;
  message.format = coded.format;
  message.bit_rate = coded.bit_rate;
  message.bits_per_coded_sample = coded.bits_per_coded_sample;
  message.bits_per_raw_sample = coded.bits_per_raw_sample;
  message.profile = coded.profile;
  message.level = coded.level;
  message.sample_rate_hz = coded.sample_rate;
  message.channels = coded.ch_layout.nb_channels;
  if (coded.ch_layout.order == AV_CHANNEL_ORDER_NATIVE) {
    message.channel_mask = coded.ch_layout.u.mask;
  }
  message.block_align = coded.block_align;
  message.frame_size = coded.frame_size;
  message.initial_padding = coded.initial_padding;
  message.trailing_padding = coded.trailing_padding;
  message.seek_preroll = coded.seek_preroll;
  message.tick_numerator = stream.time_base.num;
  message.tick_denominator = stream.time_base.den;
  return message;
}

void append(std::vector<std::uint8_t>& bytes, std::span<const std::uint8_t> more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

template <class T>
std::span<const std::uint8_t> bytes_of(const T& message) {
  return {reinterpret_cast<const std::uint8_t*>(&message), sizeof message};
}

std::span<const std::uint8_t> side_data(const AVPacket& packet, AVPacketSideDataType type) {
  std::size_t size = 0;
  const std::uint8_t* data = av_packet_get_side_data(&packet, type, &size);
  return {data, data != nullptr ? size : 0};
}

bool send_packet(Channel& channel, const AVPacket& packet) {
  const auto skip_samples = side_data(packet, AV_PKT_DATA_SKIP_SAMPLES);
  const auto new_extradata = side_data(packet, AV_PKT_DATA_NEW_EXTRADATA);
  media::PacketMessage message;
  message.pts = packet.pts;
  message.dts = packet.dts;
  message.duration = packet.duration;
  message.flags = packet.flags;
  message.data_bytes = static_cast<std::uint32_t>(packet.size);
  message.skip_samples_bytes = static_cast<std::uint32_t>(skip_samples.size());
  message.new_extradata_bytes = static_cast<std::uint32_t>(new_extradata.size());
  const std::size_t size =
      sizeof message + packet.size + skip_samples.size() + new_extradata.size();
  if (size > media::kMaxMessage_bytes) return true;
  std::vector<std::uint8_t> bytes;
  bytes.reserve(size);
  append(bytes, bytes_of(message));
  append(bytes, {packet.data, static_cast<std::size_t>(packet.size)});
  append(bytes, skip_samples);
  append(bytes, new_extradata);
  return channel.send(kind::packet, bytes, kWait);
}

// After this many consecutive failures the audio ends.
constexpr int kMaxDamagedPackets = 100'000;

void serve_audio(Channel& channel, const media::OpenAudioMessage& request) {
  const auto file =
      media::FileSource::from_descriptor(media::kFileDescriptor, request.file_bytes);
  Heartbeat::set_alarm();
  const auto demuxer = Demuxer::open_audio(file);
  if (!demuxer) {
    send_error(channel, kind::failed, demuxer.error());
    return;
  }
  if (demuxer.value() == nullptr) {
    channel.send(kind::no_audio, std::span<const std::uint8_t>(), kWait);
    return;
  }
  const AVStream& stream = demuxer.value()->stream();
  std::vector<std::uint8_t> bytes;
  append(bytes, bytes_of(audio_message(stream)));
  append(bytes, {stream.codecpar->extradata,
                 static_cast<std::size_t>(std::max(stream.codecpar->extradata_size, 0))});
  if (!channel.send(kind::audio, bytes, kWait)) return;
  const media::PacketPtr packet(av_packet_alloc());
  media::EndedMessage end;
  for (int damaged = 0; damaged < kMaxDamagedPackets;) {
    Heartbeat::set_alarm();
    const auto outcome = demuxer.value()->read(*packet);
    Heartbeat::clear_alarm();
    if (outcome == Demuxer::Outcome::end) break;
    if (outcome == Demuxer::Outcome::damaged) {
      ++damaged;
      continue;
    }
    damaged = 0;
    if (!send_packet(channel, *packet)) return;
  }
  channel.send_struct(kind::ended, end, kWait);
}

/// Decodes JPEG pictures, one at a time, until the program closes the channel.
void serve_jpegs(Channel& channel) {
  Message message;
  if (channel.receive(message, std::nullopt) != Channel::Outcome::message) return;
  const auto ring = message.as<media::RingMessage>();
  if (message.kind != kind::ring || !ring) return;
  const SharedPictures memory(*ring);
  if (!memory.valid()) return;
  while (channel.receive(message, std::nullopt) == Channel::Outcome::message &&
         message.kind == kind::jpeg) {
    Heartbeat::set_alarm();
    const auto size = decode_jpeg(message.bytes, memory.all());
    Heartbeat::clear_alarm();
    const bool sent =
        size ? channel.send_struct(
                   kind::jpeg_decoded,
                   media::JpegDecodedMessage{size.value().width_px, size.value().height_px},
                   kWait)
             : send_error(channel, kind::failed, size.error());
    if (!sent) return;
  }
}

}  // namespace

void serve(const media::ReadyMessage& ready) {
  Channel channel(media::kChannelDescriptor);
  if (!channel.send_struct(kind::ready, ready, kWait)) return;
  Message message;
  if (channel.receive(message, std::nullopt) != Channel::Outcome::message) return;
  if (message.kind == kind::open_video) {
    if (const auto request = message.as<media::OpenVideoMessage>()) {
      serve_pictures(channel, *request);
    }
  } else if (message.kind == kind::open_audio) {
    if (const auto request = message.as<media::OpenAudioMessage>()) {
      serve_audio(channel, *request);
    }
  } else if (message.kind == kind::open_jpegs) {
    serve_jpegs(channel);
  }
}

}  // namespace matside::decoder
