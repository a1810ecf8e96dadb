#include "vision/decoder/picture_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "vision/decoder/decoder.h"
#include "vision/media/converter.h"
#include "vision/media/picture_size.h"
#include "vision/media/timeline.h"

namespace matside::decoder {
namespace {

constexpr double kMinRate_hz = 0.1;
constexpr double kMaxRate_hz = 1000.0;
// Times are sums of exact fractions; this absorbs only their rounding.
constexpr double kSameTime_s = 1e-6;
// How much earlier to seek when the key frame is after the requested time.
constexpr std::array<double, 3> kEarlier_s = {0.0, 2.0, 10.0};

std::optional<double> average_rate(const Decoder& decoder) {
  const AVStream& stream = decoder.demuxer().stream();
  for (const AVRational rate : {stream.avg_frame_rate, stream.r_frame_rate}) {
    if (rate.num <= 0 || rate.den <= 0) continue;
    const double rate_hz = av_q2d(rate);
    if (rate_hz >= kMinRate_hz && rate_hz <= kMaxRate_hz) return rate_hz;
  }
  return std::nullopt;
}

std::optional<base::Seconds> stated_duration(const Decoder& decoder) {
  const AVStream& stream = decoder.demuxer().stream();
  if (stream.duration > 0) {
    return base::Seconds(static_cast<double>(stream.duration) * av_q2d(stream.time_base));
  }
  const std::int64_t whole = decoder.demuxer().format().duration;
  if (whole > 0) return base::Seconds(static_cast<double>(whole) / AV_TIME_BASE);
  return std::nullopt;
}

image::Orientation orientation_of(const Decoder& decoder, const AVFrame& first) {
  if (const auto stated = decoder.demuxer().orientation()) return *stated;
  const AVFrameSideData* matrix = av_frame_get_side_data(&first, AV_FRAME_DATA_DISPLAYMATRIX);
  if (matrix != nullptr && matrix->size >= 9 * sizeof(std::int32_t)) {
    return orientation_from_matrix(matrix->data);
  }
  return {};
}

/// Whether every packet is one presented picture, so that packets can be counted.
bool one_picture_a_packet(AVCodecID codec) {
  switch (codec) {
    case AV_CODEC_ID_H264:
    case AV_CODEC_ID_HEVC:
    case AV_CODEC_ID_AV1:
    case AV_CODEC_ID_VP9:
    case AV_CODEC_ID_MJPEG:
    case AV_CODEC_ID_PRORES:
      return true;
    default:
      return false;
  }
}

}  // namespace

class PictureReader::Impl {
 public:
  Impl(media::FileSource file, Options options)
      : file_(std::move(file)), options_(std::move(options)) {}

  base::Result<void> start();
  base::Result<bool> read(media::Frame& frame);
  base::Result<void> seek(base::Seconds time);

  [[nodiscard]] const media::VideoInfo& info() const { return info_; }
  [[nodiscard]] bool truncated() const {
    return decoder_ && (decoder_->demuxer().cut_off() || decoder_->end_is_damaged());
  }
  [[nodiscard]] std::int64_t damaged() const { return decoder_ ? decoder_->damaged() : 0; }

 private:
  bool advance();
  [[nodiscard]] std::optional<double> timestamp_s(std::int64_t timestamp) const;
  base::Result<void> rewind();
  base::Result<void> fill(media::Frame& frame, AVRational aspect);
  std::optional<std::int64_t> count_before(base::Seconds time);
  bool search(base::Seconds time);
  void describe(const AVFrame& first);

  media::FileSource file_;
  Options options_;
  std::optional<Decoder> decoder_;  ///< Nothing if reopening the file failed.
  media::Timeline timeline_{1.0 / media::kUsualRate_hz};
  media::VideoInfo info_;
  std::optional<media::Converter> converter_;
  std::int64_t first_timestamp_ = AV_NOPTS_VALUE;

  const AVFrame* picture_ = nullptr;  ///< Decoded but not returned yet.
  base::Seconds picture_time_;
  std::int64_t picture_index_ = -1;
  bool photo_done_ = false;
};

std::optional<double> PictureReader::Impl::timestamp_s(std::int64_t timestamp) const {
  if (timestamp == AV_NOPTS_VALUE) return std::nullopt;
  return static_cast<double>(timestamp) * av_q2d(decoder_->demuxer().stream().time_base);
}

/// Decodes until a picture has a time. @returns false at the end.
bool PictureReader::Impl::advance() {
  picture_ = nullptr;
  if (!decoder_) return false;
  while (const AVFrame* decoded = decoder_->next()) {
    ++picture_index_;
    const auto time = timeline_.next(timestamp_s(decoded->best_effort_timestamp));
    if (!time) continue;
    picture_time_ = *time;
    picture_ = decoded;
    return true;
  }
  return false;
}

void PictureReader::Impl::describe(const AVFrame& first) {
  const Demuxer& demuxer = decoder_->demuxer();
  const AVStream& stream = demuxer.stream();
  info_.codec = avcodec_get_name(stream.codecpar->codec_id);
  info_.container = demuxer.format().iformat->name;
  info_.photo = demuxer.is_photo();
  info_.recorded = demuxer.recorded();
  const auto* pixels = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(first.format));
  if (pixels != nullptr) info_.bit_depth = pixels->comp[0].depth;
  info_.colour = media::colour_tags(first);
  info_.clock = {
      stream.time_base.num, stream.time_base.den,
      first.best_effort_timestamp == AV_NOPTS_VALUE ? 0 : first.best_effort_timestamp};
  if (info_.photo) {
    info_.expected_frames = 1;
    return;
  }
  info_.average_rate_hz = average_rate(*decoder_);
  info_.duration = stated_duration(*decoder_);
  if (stream.nb_frames > 0) {
    info_.expected_frames = stream.nb_frames;
  } else if (info_.duration && info_.average_rate_hz) {
    info_.expected_frames = std::llround(info_.duration->value() * *info_.average_rate_hz);
  }
}

base::Result<void> PictureReader::Impl::start() {
  auto decoder = Decoder::open(file_, options_.threads, options_.alive);
  if (!decoder) return decoder.error();
  decoder_ = std::move(decoder).value();
  timeline_ = media::Timeline(1.0 / average_rate(*decoder_).value_or(media::kUsualRate_hz));
  if (!advance()) {
    const std::string codec = avcodec_get_name(decoder_->demuxer().stream().codecpar->codec_id);
    return base::Error{
        base::ErrorKind::input,
        "none of its frames (" + codec + ") can be decoded: the file is damaged or truncated"};
  }
  first_timestamp_ = picture_->best_effort_timestamp;
  describe(*picture_);
  info_.orientation = orientation_of(*decoder_, *picture_);
  const AVRational aspect = av_guess_sample_aspect_ratio(
      &decoder_->demuxer().format(), const_cast<AVStream*>(&decoder_->demuxer().stream()),
      const_cast<AVFrame*>(picture_));
  info_.size = image::upright_size(
      media::square_pixel_size({picture_->width, picture_->height}, {aspect.num, aspect.den}),
      info_.orientation);
  if (auto checked = decoder_->demuxer().check_size(info_.size); !checked)
    return checked.error();
  info_.image_size = media::limit_size(info_.size, options_.max_side_px);
  converter_.emplace(info_.image_size, info_.orientation);
  return {};
}

base::Result<bool> PictureReader::Impl::read(media::Frame& frame) {
  if (photo_done_ || (picture_ == nullptr && !advance())) return false;
  const AVRational aspect = av_guess_sample_aspect_ratio(
      &decoder_->demuxer().format(), const_cast<AVStream*>(&decoder_->demuxer().stream()),
      const_cast<AVFrame*>(picture_));
  if (auto filled = fill(frame, aspect); !filled) return filled.error();
  frame.time = picture_time_;
  frame.index = picture_index_;
  frame.source_size = info_.size;
  picture_ = nullptr;
  photo_done_ = info_.photo;
  return true;
}

/// Converts the picture to planes if requested and possible, else to RGB.
base::Result<void> PictureReader::Impl::fill(media::Frame& frame, AVRational aspect) {
  if (options_.planes) {
    image::Planes planes = std::exchange(frame.planes, std::nullopt).value_or(image::Planes());
    const auto shared = converter_->reference_planes(*picture_, aspect, planes);
    if (!shared) return shared.error();
    if (shared.value()) {
      frame.planes = std::move(planes);
      return {};
    }
  }
  frame.planes.reset();
  return converter_->convert(*picture_, aspect, frame.image);
}

base::Result<void> PictureReader::Impl::rewind() {
  picture_ = nullptr;
  // Closed first, so that a long recording's index is not in memory twice.
  decoder_.reset();
  auto decoder = Decoder::open(file_, options_.threads, options_.alive);
  if (!decoder) return decoder.error();
  decoder_ = std::move(decoder).value();
  timeline_ = media::Timeline(1.0 / info_.average_rate_hz.value_or(media::kUsualRate_hz));
  picture_index_ = -1;
  photo_done_ = false;
  return {};
}

/// Number of pictures before `time`, from their packets; nothing if the packets do not show it.
std::optional<std::int64_t> PictureReader::Impl::count_before(base::Seconds time) {
  const Demuxer& demuxer = decoder_->demuxer();
  if (!demuxer.has_steady_clock() || first_timestamp_ == AV_NOPTS_VALUE ||
      !one_picture_a_packet(demuxer.stream().codecpar->codec_id)) {
    return std::nullopt;
  }
  const double first_s = *timestamp_s(first_timestamp_);
  const media::PacketPtr packet(av_packet_alloc());
  std::int64_t count = 0;
  while (true) {
    const auto outcome = decoder_->demuxer().read(*packet);
    if (outcome == Demuxer::Outcome::end) return count;
    if (outcome == Demuxer::Outcome::damaged) return std::nullopt;
    const auto shown_s = timestamp_s(packet->pts);
    if (!shown_s) return std::nullopt;
    const auto decoded_s = timestamp_s(packet->dts);
    if (decoded_s && *decoded_s - first_s > time.value()) return count;
    const bool shown = (packet->flags & AV_PKT_FLAG_DISCARD) == 0;
    const double from_first_s = *shown_s - first_s;
    if (shown && from_first_s > -kSameTime_s && from_first_s < time.value() - kSameTime_s)
      ++count;
  }
}

/// Seeks with the file's index. @returns false when the right picture cannot be found from
/// there.
bool PictureReader::Impl::search(base::Seconds time) {
  const auto before = count_before(time);
  if (!before) return false;
  const double tick_s = av_q2d(decoder_->demuxer().stream().time_base);
  timeline_.next(timestamp_s(first_timestamp_));
  for (const double earlier_s : kEarlier_s) {
    const double from_first_s = std::max(0.0, time.value() - earlier_s);
    timeline_.reset_after_seek();
    const double timestamp = static_cast<double>(first_timestamp_) + from_first_s / tick_s;
    if (std::abs(timestamp) > media::kMaxTimestamp) return false;
    if (!decoder_->seek(std::llround(timestamp))) return false;
    if (!advance()) continue;
    if (picture_time_.value() > time.value() + kSameTime_s) continue;
    while (picture_time_.value() < time.value() - kSameTime_s) {
      if (!advance()) return true;
    }
    picture_index_ = *before;
    return true;
  }
  return false;
}

base::Result<void> PictureReader::Impl::seek(base::Seconds time) {
  for (const bool by_index : {true, false}) {
    if (auto again = rewind(); !again) return again.error();
    if (info_.photo || !(time.value() > 0.0)) return {};
    if (by_index && search(time)) return {};
  }
  while (advance()) {
    if (picture_time_.value() >= time.value() - kSameTime_s) break;
  }
  return {};
}

PictureReader::PictureReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PictureReader::PictureReader(PictureReader&&) noexcept = default;
PictureReader& PictureReader::operator=(PictureReader&&) noexcept = default;
PictureReader::~PictureReader() = default;

base::Result<PictureReader> PictureReader::open(media::FileSource file, Options options) {
  auto impl = std::make_unique<Impl>(std::move(file), std::move(options));
  if (auto started = impl->start(); !started) return started.error();
  return PictureReader(std::move(impl));
}

const media::VideoInfo& PictureReader::info() const { return impl_->info(); }
base::Result<bool> PictureReader::read(media::Frame& frame) { return impl_->read(frame); }
base::Result<void> PictureReader::seek(base::Seconds time) { return impl_->seek(time); }
bool PictureReader::truncated() const { return impl_->truncated(); }
std::int64_t PictureReader::damaged() const { return impl_->damaged(); }

}  // namespace matside::decoder
