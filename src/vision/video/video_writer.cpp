#include "vision/video/video_writer.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "vision/video/converter.h"
#include "vision/video/output_stream.h"
#include "vision/video/picture_encoder.h"
#include "vision/video/sound.h"

namespace matside::video {
namespace {

constexpr double kUsualRate_hz = 25.0;
constexpr int kLargestTerm = 1'000'000;
// Stamps up to here are exact in a double and far from overflowing.
constexpr double kLargestStamp = 9e15;

struct Kind {
  Container container;
  std::string_view ending;
};
constexpr std::array<Kind, 3> kKinds{
    {{Container::mp4, ".mp4"}, {Container::mov, ".mov"}, {Container::mkv, ".mkv"}}};

/// Why the sound does not fit the container, and what to do; empty where it does.
std::string misfit(AVCodecID codec, Container container) {
  if (OutputStream::can_hold(container, codec)) return {};
  std::string others;
  for (const Kind& kind : kKinds) {
    if (!OutputStream::can_hold(kind.container, codec)) continue;
    others += (others.empty() ? "name it " : " or ") + std::string(kind.ending);
  }
  const auto wanted = std::ranges::find(kKinds, container, &Kind::container);
  return ": cannot be written: " + std::string(wanted->ending) +
         " files hold no sound of this kind (" + avcodec_get_name(codec) + "); " +
         (others.empty() ? "" : others + ", or ") + "leave the sound out with --no-sound";
}

double rate_hz(const VideoInfo& info) { return info.average_rate_hz.value_or(kUsualRate_hz); }

/// Chroma lies where the tag says only as long as pictures are not turned or mirrored.
ColourTags colours_when_shown(const VideoInfo& info, int quarters) {
  ColourTags tags = info.colour;
  if (image::turned(info.orientation, quarters) != image::Orientation()) tags.chroma_place = 0;
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
  Impl(Options options, const VideoInfo& info, PictureEncoder encoder,
       std::optional<Sound> sound)
      : options_(std::move(options)),
        info_(info),
        tick_{info.clock.numerator, info.clock.denominator},
        encoder_(std::move(encoder)),
        sound_(std::move(sound)),
        usual_step_(std::max<std::int64_t>(1, ticks(base::Seconds(1.0 / rate_hz(info))))) {
    if (std::abs(static_cast<double>(info.clock.first)) <= kLargestStamp) {
      first_ = info.clock.first;
    }
  }

  base::Result<void> begin(WriteAt write_at);
  base::Result<image::Canvas> show(const Frame& frame);
  base::Result<void> write(base::Seconds time);
  base::Result<void> finish(SoundTo sound_to);

 private:
  [[nodiscard]] std::int64_t ticks(base::Seconds time) const {
    const double exact = time.value() / av_q2d(tick_);
    return std::llround(std::clamp(exact, -kLargestStamp, kLargestStamp));
  }
  void set_origin(std::int64_t from_first);
  void keep_lead();
  void pass_sound_before(std::int64_t stamp);
  base::Result<void> write_coded();
  base::Result<void> write_sound(std::optional<std::int64_t> until);

  Options options_;
  VideoInfo info_;
  AVRational tick_;
  PictureEncoder encoder_;
  std::optional<Sound> sound_;
  std::int64_t usual_step_;  ///< Ticks from picture to picture.
  std::unique_ptr<OutputStream> out_;
  int pictures_stream_ = 0;
  int sound_stream_ = 0;
  /// The first picture's stamp; 0 where it is none to reckon with.
  std::int64_t first_ = 0;
  std::int64_t lead_ = 0;  ///< How much later pictures are written than from the first.
  std::optional<std::int64_t> last_;  ///< Stamp of the last picture, as it is written.
};

base::Result<void> VideoWriter::Impl::begin(WriteAt write_at) {
  auto out =
      OutputStream::open(options_.target.string(), options_.container, std::move(write_at));
  if (!out) return out.error();
  out_ = std::move(out).value();
  const AVCodecContext& codec = encoder_.codec();
  AVCodecParameters* coded = avcodec_parameters_alloc();
  avcodec_parameters_from_context(coded, &codec);
  pictures_stream_ = out_->add(*coded, tick_);
  avcodec_parameters_free(&coded);
  if (sound_) {
    sound_stream_ = out_->add(*sound_->stream().codecpar, sound_->stream().time_base);
  }
  return out_->begin();
}

base::Result<image::Canvas> VideoWriter::Impl::show(const Frame& frame) {
  auto canvas = encoder_.canvas();
  if (!canvas) return canvas;
  canvas.value().colours =
      colours_of(scaler_matrix(info_.colour, info_.size), info_.colour.full_range);
  image::show(frame.view(), options_.quarters, canvas.value());
  return canvas;
}

/// A whole video keeps the source's own stamps where they can be shown, from 0 on; a part
/// begins at 0.
void VideoWriter::Impl::set_origin(std::int64_t from_first) {
  if (from_first == 0) return keep_lead();
  lead_ = -from_first;
  pass_sound_before(first_ + from_first);
}

void VideoWriter::Impl::keep_lead() {
  if (first_ <= 0) return;
  const AVPacket* heard = sound_ ? sound_->next() : nullptr;
  if (heard == nullptr) return;
  const std::int64_t begins = av_rescale_q(heard->pts, sound_->stream().time_base, tick_);
  lead_ = std::max<std::int64_t>(0, first_ - std::max<std::int64_t>(0, begins));
}

void VideoWriter::Impl::pass_sound_before(std::int64_t stamp) {
  while (const AVPacket* packet = sound_ ? sound_->next() : nullptr) {
    const std::int64_t end = packet->pts + std::max<std::int64_t>(packet->duration, 1);
    if (av_compare_ts(end, sound_->stream().time_base, stamp, tick_) > 0) return;
    sound_->pass();
  }
}

base::Result<void> VideoWriter::Impl::write(base::Seconds time) {
  const std::int64_t from_first = ticks(time);
  if (!last_) set_origin(from_first);
  std::int64_t stamp = from_first + lead_;
  if (last_) stamp = std::max(stamp, *last_ + 1);
  last_ = stamp;
  if (auto coded = encoder_.encode(stamp); !coded) return coded;
  if (auto done = write_coded(); !done) return done;
  return write_sound(stamp);
}

base::Result<void> VideoWriter::Impl::write_coded() {
  while (AVPacket* packet = encoder_.packet()) {
    packet->duration = usual_step_;
    if (auto done = out_->write(*packet, pictures_stream_, tick_); !done) return done;
  }
  return {};
}

/// The sound that begins before the picture's stamp; all that is left without one.
base::Result<void> VideoWriter::Impl::write_sound(std::optional<std::int64_t> until) {
  if (!sound_) return {};
  const AVRational tick = sound_->stream().time_base;
  const std::int64_t origin = av_rescale_q(first_ - lead_, tick_, tick);
  while (AVPacket* packet = sound_->next()) {
    const std::int64_t begins = packet->pts - origin;
    if (until && av_compare_ts(begins, tick, *until, tick_) >= 0) return {};
    sound_->pass();
    packet->pts -= origin;
    packet->dts -= origin;
    if (auto done = out_->write(*packet, sound_stream_, tick); !done) return done;
  }
  return {};
}

base::Result<void> VideoWriter::Impl::finish(SoundTo sound_to) {
  assert(last_);
  if (auto ended = encoder_.end(); !ended) return ended;
  if (auto done = write_coded(); !done) return done;
  std::optional<std::int64_t> until;
  if (sound_to == SoundTo::last_picture) until = *last_ + usual_step_;
  if (auto done = write_sound(until); !done) return done;
  return out_->end();
}

VideoWriter::VideoWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;
VideoWriter& VideoWriter::operator=(VideoWriter&&) noexcept = default;
VideoWriter::~VideoWriter() = default;

base::Result<VideoWriter> VideoWriter::create(Options options, const VideoInfo& info,
                                              WriteAt write_at) {
  std::optional<Sound> sound;
  if (options.sound) {
    auto found = Sound::open(options.source);
    if (!found) return found.error();
    sound = std::move(found).value();
  }
  if (sound) {
    const std::string why = misfit(sound->stream().codecpar->codec_id, options.container);
    if (!why.empty()) {
      return base::Error{base::ErrorKind::output, options.target.string() + why};
    }
  }
  const auto turned = image::upright_size(info.image_size, image::turned({}, options.quarters));
  auto encoder = PictureEncoder::open({.file = options.target.string(),
                                       .size = image::even_size(turned),
                                       .colour = colours_when_shown(info, options.quarters),
                                       .tick = {info.clock.numerator, info.clock.denominator},
                                       .rate = av_d2q(rate_hz(info), kLargestTerm),
                                       .threads = options.threads});
  if (!encoder) return encoder.error();
  auto impl = std::make_unique<Impl>(std::move(options), info, std::move(encoder).value(),
                                     std::move(sound));
  if (auto begun = impl->begin(std::move(write_at)); !begun) return begun.error();
  return VideoWriter(std::move(impl));
}

base::Result<image::Canvas> VideoWriter::show(const Frame& frame) { return impl_->show(frame); }
base::Result<void> VideoWriter::write(base::Seconds time) { return impl_->write(time); }
base::Result<void> VideoWriter::finish(SoundTo sound_to) { return impl_->finish(sound_to); }

}  // namespace matside::video
