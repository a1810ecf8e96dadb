#include "vision/video/video_writer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "vision/media/converter.h"
#include "vision/media/timeline.h"
#include "vision/video/audio_packets.h"
#include "vision/video/h264_encoder.h"
#include "vision/video/muxer.h"

namespace matside::video {
namespace {

constexpr int kMaxTerm = 1'000'000;

struct Kind {
  Container container;
  std::string_view ending;
};
constexpr std::array<Kind, 3> kKinds{
    {{Container::mp4, ".mp4"}, {Container::mov, ".mov"}, {Container::mkv, ".mkv"}}};

/// Why the container cannot hold the audio, and what to do; empty if it can.
std::string misfit(AVCodecID codec, Container container) {
  if (Muxer::can_hold(container, codec)) return {};
  std::string others;
  for (const Kind& kind : kKinds) {
    if (!Muxer::can_hold(kind.container, codec)) continue;
    others += (others.empty() ? "use " : " or ") + std::string(kind.ending);
  }
  const auto wanted = std::ranges::find(kKinds, container, &Kind::container);
  return ": cannot be written: " + std::string(wanted->ending) +
         " files cannot hold this audio codec (" + avcodec_get_name(codec) + "); " +
         (others.empty() ? "" : others + ", or ") + "leave out the sound with --no-sound";
}

double rate_hz(const VideoInfo& info) {
  return info.average_rate_hz.value_or(media::kUsualRate_hz);
}

/// The chroma location tag is valid only if pictures are not rotated or mirrored.
media::ColourTags colours_when_shown(const VideoInfo& info, int quarter_turns) {
  media::ColourTags tags = info.colour;
  if (image::turned(info.orientation, quarter_turns) != image::Orientation())
    tags.chroma_location = 0;
  return tags;
}

}  // namespace

std::optional<Container> container_of(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = std::ranges::find(kKinds, ending, &Kind::ending);
  if (found == kKinds.end()) return std::nullopt;
  return found->container;
}

class VideoWriter::Impl {
 public:
  Impl(Options options, const VideoInfo& info, H264Encoder encoder,
       std::optional<AudioPackets> sound)
      : options_(std::move(options)),
        info_(info),
        tick_{info.clock.numerator, info.clock.denominator},
        encoder_(std::move(encoder)),
        audio_(std::move(sound)),
        usual_step_(std::max<std::int64_t>(1, ticks(base::Seconds(1.0 / rate_hz(info))))) {
    if (std::abs(static_cast<double>(info.clock.first)) <= media::kMaxTimestamp) {
      first_ = info.clock.first;
    }
  }

  base::Result<void> begin(WriteAt write_at);
  base::Result<image::Canvas> begin_frame(const Frame& frame);
  base::Result<void> write(base::Seconds time);
  base::Result<void> finish(AudioEnd audio_end);

 private:
  [[nodiscard]] std::int64_t ticks(base::Seconds time) const {
    const double exact = time.value() / av_q2d(tick_);
    return std::llround(std::clamp<double>(exact, -media::kMaxTimestamp, media::kMaxTimestamp));
  }
  void set_origin(std::int64_t from_first);
  void preserve_audio_lead();
  void copy_audio_before(std::int64_t timestamp);
  base::Result<void> write_coded();
  base::Result<void> write_audio(std::optional<std::int64_t> until);

  Options options_;
  VideoInfo info_;
  AVRational tick_;
  H264Encoder encoder_;
  std::optional<AudioPackets> audio_;
  std::int64_t usual_step_;  ///< Usual ticks between pictures.
  std::unique_ptr<Muxer> out_;
  int pictures_stream_ = 0;
  int audio_stream_ = 0;
  /// The first picture's timestamp; 0 if it is invalid.
  std::int64_t first_ = 0;
  std::int64_t lead_ = 0;             ///< Delay added to all pictures.
  std::optional<std::int64_t> last_;  ///< Timestamp of the last picture as written.
};

base::Result<void> VideoWriter::Impl::begin(WriteAt write_at) {
  auto out = Muxer::open(options_.target.string(), options_.container, std::move(write_at));
  if (!out) return out.error();
  out_ = std::move(out).value();
  const AVCodecContext& codec = encoder_.codec();
  AVCodecParameters* coded = avcodec_parameters_alloc();
  avcodec_parameters_from_context(coded, &codec);
  pictures_stream_ = out_->add(*coded, tick_);
  avcodec_parameters_free(&coded);
  if (audio_) {
    audio_stream_ = out_->add(audio_->coded(), audio_->tick());
  }
  return out_->begin();
}

base::Result<image::Canvas> VideoWriter::Impl::begin_frame(const Frame& frame) {
  auto canvas = encoder_.canvas();
  if (!canvas) return canvas;
  canvas.value().colours = media::colours_of(media::scaler_matrix(info_.colour, info_.size),
                                             info_.colour.full_range);
  image::draw_picture(frame.view(), options_.quarter_turns, canvas.value());
  return canvas;
}

/// A whole video keeps the source's timestamps if they are not negative; a part starts at 0.
void VideoWriter::Impl::set_origin(std::int64_t from_first) {
  if (from_first == 0) return preserve_audio_lead();
  lead_ = -from_first;
  copy_audio_before(first_ + from_first);
}

void VideoWriter::Impl::preserve_audio_lead() {
  if (first_ <= 0) return;
  const AVPacket* heard = audio_ ? audio_->next() : nullptr;
  if (heard == nullptr) return;
  const std::int64_t begins = av_rescale_q(heard->pts, audio_->tick(), tick_);
  lead_ = std::max<std::int64_t>(0, first_ - std::max<std::int64_t>(0, begins));
}

void VideoWriter::Impl::copy_audio_before(std::int64_t timestamp) {
  while (const AVPacket* packet = audio_ ? audio_->next() : nullptr) {
    const std::int64_t end = packet->pts + std::max<std::int64_t>(packet->duration, 1);
    if (av_compare_ts(end, audio_->tick(), timestamp, tick_) > 0) return;
    audio_->advance();
  }
}

base::Result<void> VideoWriter::Impl::write(base::Seconds time) {
  const std::int64_t from_first = ticks(time);
  if (!last_) set_origin(from_first);
  std::int64_t timestamp = from_first + lead_;
  if (last_) timestamp = std::max(timestamp, *last_ + 1);
  last_ = timestamp;
  if (auto coded = encoder_.encode(timestamp); !coded) return coded;
  if (auto done = write_coded(); !done) return done;
  return write_audio(timestamp);
}

base::Result<void> VideoWriter::Impl::write_coded() {
  while (AVPacket* packet = encoder_.packet()) {
    packet->duration = usual_step_;
    if (auto done = out_->write(*packet, pictures_stream_, tick_); !done) return done;
  }
  return {};
}

/// Writes the audio before the picture's timestamp; all the rest without one.
base::Result<void> VideoWriter::Impl::write_audio(std::optional<std::int64_t> until) {
  if (!audio_) return {};
  const AVRational tick = audio_->tick();
  const std::int64_t origin = av_rescale_q(first_ - lead_, tick_, tick);
  while (AVPacket* packet = audio_->next()) {
    const std::int64_t begins = packet->pts - origin;
    if (until && av_compare_ts(begins, tick, *until, tick_) >= 0) return {};
    audio_->advance();
    packet->pts -= origin;
    packet->dts -= origin;
    if (auto done = out_->write(*packet, audio_stream_, tick); !done) return done;
  }
  return {};
}

base::Result<void> VideoWriter::Impl::finish(AudioEnd audio_end) {
  assert(last_);
  if (auto ended = encoder_.end(); !ended) return ended;
  if (auto done = write_coded(); !done) return done;
  std::optional<std::int64_t> until;
  if (audio_end == AudioEnd::last_picture) until = *last_ + usual_step_;
  if (auto done = write_audio(until); !done) return done;
  return out_->end();
}

VideoWriter::VideoWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;
VideoWriter& VideoWriter::operator=(VideoWriter&&) noexcept = default;
VideoWriter::~VideoWriter() = default;

base::Result<VideoWriter> VideoWriter::create(Options options, const VideoInfo& info,
                                              WriteAt write_at) {
  media::prepare_ffmpeg();
  std::optional<AudioPackets> sound;
  if (options.sound) {
    auto found = AudioPackets::open(options.source);
    if (!found) return found.error();
    sound = std::move(found).value();
  }
  if (sound) {
    const std::string why = misfit(sound->coded().codec_id, options.container);
    if (!why.empty()) {
      return base::Error{base::ErrorKind::output, options.target.string() + why};
    }
  }
  const auto turned =
      image::upright_size(info.image_size, image::turned({}, options.quarter_turns));
  auto encoder = H264Encoder::open({.file = options.target.string(),
                                    .size = image::even_size(turned),
                                    .colour = colours_when_shown(info, options.quarter_turns),
                                    .tick = {info.clock.numerator, info.clock.denominator},
                                    .rate = av_d2q(rate_hz(info), kMaxTerm),
                                    .threads = options.threads});
  if (!encoder) return encoder.error();
  auto impl = std::make_unique<Impl>(std::move(options), info, std::move(encoder).value(),
                                     std::move(sound));
  if (auto begun = impl->begin(std::move(write_at)); !begun) return begun.error();
  return VideoWriter(std::move(impl));
}

base::Result<image::Canvas> VideoWriter::begin_frame(const Frame& frame) {
  return impl_->begin_frame(frame);
}
base::Result<void> VideoWriter::write(base::Seconds time) { return impl_->write(time); }
base::Result<void> VideoWriter::finish(AudioEnd audio_end) { return impl_->finish(audio_end); }

}  // namespace matside::video
