#include "vision/video/video_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "vision/media/libav.h"
#include "vision/media/picture_layout.h"
#include "vision/video/decoder_process.h"
#include "vision/video/picture_slots.h"

namespace matside::video {
namespace {

namespace kind = media::message_kind;
using Outcome = DecoderProcess::Outcome;

// The reader decodes into the rest while the caller holds pictures; beyond that it copies them.
constexpr std::uint32_t kReservedSlots = 2;
constexpr int kMaxSide_px = 16384;
constexpr std::int64_t kMaxPixels = 100'000'000;
// Far beyond any coefficient of a colour matrix.
constexpr float kMaxCoefficient = 10'000.0F;
constexpr double kMaxTime_s = 1e12;
constexpr double kMinRate_hz = 0.1;
constexpr double kMaxRate_hz = 1000.0;

bool is_size(std::int32_t width_px, std::int32_t height_px) {
  return width_px > 0 && height_px > 0 && width_px <= kMaxSide_px && height_px <= kMaxSide_px &&
         std::int64_t{width_px} * height_px <= kMaxPixels;
}

template <std::size_t kSize>
std::string text_of(const std::array<char, kSize>& field) {
  const auto end = std::find(field.begin(), field.end(), '\0');
  return printable({reinterpret_cast<const std::uint8_t*>(field.data()),
                    static_cast<std::size_t>(end - field.begin())});
}

/// A number above 0 and within reason, or nothing.
std::optional<double> within(double number, double least, double most) {
  if (!(number >= least && number <= most) || number <= 0.0) return std::nullopt;
  return number;
}

/// A code point of ITU-T H.273; unspecified where it is none.
int code_point(std::int32_t number, int end, int unspecified) {
  return number >= 0 && number < end ? number : unspecified;
}

/// When the file was recorded; nothing if the decoder names no time, or an impossible one.
std::optional<base::ZonedTime> recording_time(const media::OpenedMessage& opened) {
  if (opened.recorded_unix_s == media::kNoRecordingTime) return std::nullopt;
  base::ZonedTime time{opened.recorded_unix_s, std::nullopt};
  if (!base::plausible_recording_time(time)) return std::nullopt;
  const std::int32_t offset_min = opened.recorded_utc_offset_min;
  if (offset_min >= -base::kMaxUtcOffset_min && offset_min <= base::kMaxUtcOffset_min) {
    time.utc_offset_min = offset_min;
  }
  return time;
}

/// What the decoder says of the file; nothing if it makes no sense.
std::optional<VideoInfo> info_of(const media::OpenedMessage& opened) {
  if (!is_size(opened.width_px, opened.height_px) ||
      !is_size(opened.image_width_px, opened.image_height_px) || opened.tick_numerator <= 0 ||
      opened.tick_denominator <= 0) {
    return std::nullopt;
  }
  VideoInfo info;
  info.size = {opened.width_px, opened.height_px};
  info.image_size = {opened.image_width_px, opened.image_height_px};
  if (opened.expected_frames >= 0) info.expected_frames = opened.expected_frames;
  if (const auto duration_s = within(opened.duration_s, 0.0, kMaxTime_s)) {
    info.duration = base::Seconds(*duration_s);
  }
  info.average_rate_hz = within(opened.average_rate_hz, kMinRate_hz, kMaxRate_hz);
  info.codec = text_of(opened.codec);
  info.container = text_of(opened.container);
  info.photo = opened.photo != 0;
  info.bit_depth = opened.bit_depth;
  info.orientation = {opened.transposed != 0, opened.mirrored_x != 0, opened.mirrored_y != 0};
  info.colour = {code_point(opened.primaries, AVCOL_PRI_NB, AVCOL_PRI_UNSPECIFIED),
                 code_point(opened.transfer, AVCOL_TRC_NB, AVCOL_TRC_UNSPECIFIED),
                 code_point(opened.matrix, AVCOL_SPC_NB, AVCOL_SPC_UNSPECIFIED),
                 opened.full_range != 0,
                 code_point(opened.chroma_location, AVCHROMA_LOC_NB, AVCHROMA_LOC_UNSPECIFIED)};
  info.clock = {opened.tick_numerator, opened.tick_denominator, opened.first_timestamp};
  info.recorded = recording_time(opened);
  return info;
}

bool are_coefficients(const image::YuvToRgb& colours) {
  const std::array<float, 8> all{colours.gain,    colours.red_v,   colours.red_0,
                                 colours.green_u, colours.green_v, colours.green_0,
                                 colours.blue_u,  colours.blue_0};
  return std::ranges::all_of(all, [](float c) { return std::abs(c) <= kMaxCoefficient; });
}

}  // namespace

class VideoReader::Impl {
 public:
  Impl(std::string name, Options options, media::FileSource file,
       std::unique_ptr<DecoderProcess> process)
      : name_(std::move(name)),
        options_(options),
        file_(std::move(file)),
        process_(std::move(process)) {}

  base::Result<void> start();
  base::Result<bool> read(Frame& frame);
  base::Result<void> seek(base::Seconds time);

  [[nodiscard]] const VideoInfo& info() const { return info_; }
  [[nodiscard]] bool truncated() const { return truncated_; }
  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] std::int64_t damaged() const { return damaged_; }

 private:
  [[nodiscard]] bool interrupt_requested() const {
    return options_.stop != nullptr && *options_.stop;
  }
  Outcome receive(media::Message& message);
  base::Result<void> share_slots();
  void release(std::uint32_t slot);
  void release_returned();
  void break_off();
  std::optional<media::PictureMessage> checked_picture(const media::Message& message);
  bool fill(const media::PictureMessage& picture, Frame& frame);
  std::shared_ptr<const void> hold(std::uint32_t slot, std::size_t bytes);
  base::Result<bool> handle(const media::Message& message, Frame& frame, bool& done);
  [[nodiscard]] base::Error input_error(const std::string& what) const {
    return {base::ErrorKind::input, name_ + ": " + what};
  }

  std::string name_;
  Options options_;
  media::FileSource file_;
  std::unique_ptr<DecoderProcess> process_;
  VideoInfo info_;
  std::shared_ptr<PictureSlots> slots_;
  int seeking_ = 0;  ///< Seeks that the decoder hasn't answered; pictures before are stale.
  base::Seconds last_time_{-1.0};
  std::optional<base::Error> failure_;  ///< Of reading on.
  bool ended_ = false;
  bool cut_off_ = false;
  bool truncated_ = false;
  bool stopped_ = false;
  std::int64_t damaged_ = 0;
};

/// The decoder died, was ended or broke the protocol: the file is damaged from here on.
void VideoReader::Impl::break_off() {
  process_->end();
  ended_ = true;
  truncated_ = true;
  ++damaged_;
}

base::Result<void> VideoReader::Impl::start() {
  process_->send(kind::open_video,
                 media::OpenVideoMessage{.file_bytes = file_.size(),
                                         .threads = options_.threads,
                                         .max_side_px = options_.max_side_px,
                                         .planes = options_.planes ? 1U : 0U});
  media::Message message;
  const Outcome received = process_->receive(message, options_.stop);
  if (received == Outcome::stopped) return input_error("stopped before its first frame");
  const base::Error damaged =
      input_error("is not a video or photo in a known format, or its start is damaged");
  if (received == Outcome::dead) return damaged;
  if (message.kind == kind::failed) return input_error(printable(message.bytes));
  const auto opened = message.as<media::OpenedMessage>();
  if (message.kind != kind::opened || !opened) return damaged;
  auto info = info_of(*opened);
  if (!info) return damaged;
  info_ = std::move(*info);
  cut_off_ = opened->cut_off != 0;
  truncated_ = cut_off_;
  return share_slots();
}

base::Result<void> VideoReader::Impl::share_slots() {
  const std::size_t bytes = media::slot_bytes(info_.image_size);
  const std::uint32_t count = media::slot_count(bytes);
  auto memory = process_->share_memory(bytes * count);
  if (!memory)
    return input_error(
        "not enough memory for its pictures, or the file size limit (ulimit -H -f) is too low");
  slots_ = std::make_shared<PictureSlots>(std::move(memory), bytes, count);
  process_->send(kind::ring, media::RingMessage{bytes, count});
  return {};
}

void VideoReader::Impl::release(std::uint32_t slot) {
  slots_->state(slot) = PictureSlots::decoding;
  process_->send(kind::release, media::ReleaseMessage{slot});
}

void VideoReader::Impl::release_returned() {
  for (std::uint32_t slot = 0; slot < slots_->count(); ++slot) {
    if (slots_->state(slot) == PictureSlots::returned) release(slot);
  }
}

/// The picture that the message hands over; nothing if it breaks the protocol.
std::optional<media::PictureMessage> VideoReader::Impl::checked_picture(
    const media::Message& message) {
  auto picture = message.as<media::PictureMessage>();
  if (!picture || picture->slot >= slots_->count() ||
      slots_->state(picture->slot) != PictureSlots::decoding) {
    return std::nullopt;
  }
  const bool good = picture->time_s >= 0.0 && picture->time_s <= kMaxTime_s &&
                    picture->index >= 0 && picture->damaged >= 0 &&
                    are_coefficients(picture->colours) &&
                    (picture->planes == 0 || options_.planes);
  if (!good) return std::nullopt;
  return picture;
}

/// Keeps the slot while the pointer lives; or a copy, so that the decoder has slots left.
std::shared_ptr<const void> VideoReader::Impl::hold(std::uint32_t slot, std::size_t bytes) {
  const std::uint8_t* memory = slots_->at(slot);
  if (slots_->held_count() + kReservedSlots >= slots_->count()) {
    auto copy = std::make_shared<std::vector<std::uint8_t>>(memory, memory + bytes);
    release(slot);
    return {copy, copy->data()};
  }
  slots_->state(slot) = PictureSlots::held;
  return {memory,
          [slots = slots_, slot](const void*) { slots->state(slot) = PictureSlots::returned; }};
}

/// @returns false when the picture's time doesn't rise.
bool VideoReader::Impl::fill(const media::PictureMessage& picture, Frame& frame) {
  const base::Seconds time(picture.time_s);
  if (time <= last_time_) return false;
  last_time_ = time;
  frame.time = time;
  frame.index = picture.index;
  frame.source_size = info_.size;
  damaged_ = picture.damaged;
  if (picture.planes == 0) {
    frame.planes.reset();
    frame.image.size = info_.image_size;
    const std::size_t bytes =
        frame.image.stride_bytes() * static_cast<std::size_t>(info_.image_size.height_px);
    frame.image.rgb.resize(bytes);
    std::memcpy(frame.image.rgb.data(), slots_->at(picture.slot), bytes);
    release(picture.slot);
    return true;
  }
  const base::ImageSize stored = image::upright_size(info_.image_size, info_.orientation);
  const media::PlanesLayout layout = media::planes_layout(stored);
  auto owner = hold(picture.slot, layout.bytes);
  const auto* y = static_cast<const std::uint8_t*>(owner.get());
  frame.planes = {.y = y,
                  .u = y + layout.u,
                  .v = y + layout.v,
                  .y_stride_bytes = layout.y_stride_bytes,
                  .uv_stride_bytes = layout.uv_stride_bytes,
                  .stored = stored,
                  .orientation = info_.orientation,
                  .colours = picture.colours,
                  .owner = std::move(owner)};
  return true;
}

base::Result<bool> VideoReader::Impl::read(Frame& frame) {
  frame.planes.reset();
  release_returned();
  media::Message message;
  while (true) {
    if (interrupt_requested()) {
      stopped_ = true;
      return false;
    }
    if (failure_) return *failure_;
    if (ended_) return false;
    const Outcome received = process_->receive(message, options_.stop);
    if (received == Outcome::stopped) continue;
    bool done = false;
    const auto handled = received == Outcome::message ? handle(message, frame, done) : false;
    if (!handled) return handled.error();
    if (!handled.value()) break_off();
    if (done) return true;
  }
}

/// Handles a message while reading. @param done becomes true when `frame` is the next picture.
/// @returns false when the message breaks the protocol.
base::Result<bool> VideoReader::Impl::handle(const media::Message& message, Frame& frame,
                                             bool& done) {
  switch (message.kind) {
    case kind::picture: {
      const auto picture = checked_picture(message);
      if (!picture) return false;
      if (seeking_ > 0) {
        release(picture->slot);
        return true;
      }
      done = fill(*picture, frame);
      return done;
    }
    case kind::ended: {
      const auto end = message.as<media::EndedMessage>();
      if (!end) return false;
      if (seeking_ > 0) return true;
      ended_ = true;
      truncated_ = end->truncated != 0;
      damaged_ = end->damaged;
      return true;
    }
    case kind::failed:
      if (seeking_ == 0) failure_ = input_error(printable(message.bytes));
      return true;
    case kind::seek_failed:
      failure_ = input_error(printable(message.bytes));
      [[fallthrough]];
    case kind::sought:
      return --seeking_ >= 0;
    default:
      return false;
  }
}

base::Result<void> VideoReader::Impl::seek(base::Seconds time) {
  if (interrupt_requested()) return {};  // read() will say so
  release_returned();
  ++seeking_;
  failure_.reset();
  last_time_ = base::Seconds(-1.0);
  process_->send(kind::seek, media::SeekMessage{time.value()});
  media::Message message;
  Frame none;
  bool done = false;
  while (seeking_ > 0) {
    const Outcome received = process_->receive(message, options_.stop);
    if (received == Outcome::stopped) return {};
    const auto handled = received == Outcome::message ? handle(message, none, done) : false;
    if (!handled.value()) {
      break_off();
      return input_error("a damaged part cannot be decoded");
    }
  }
  if (failure_) return *failure_;
  ended_ = false;
  truncated_ = cut_off_;
  return {};
}

VideoReader::VideoReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
VideoReader::VideoReader(VideoReader&&) noexcept = default;
VideoReader& VideoReader::operator=(VideoReader&&) noexcept = default;
VideoReader::~VideoReader() = default;

base::Result<VideoReader> VideoReader::open(const std::filesystem::path& path,
                                            Options options) {
  auto file = media::FileSource::open(path);
  if (!file) return file.error();
  auto process = DecoderProcess::start(file.value(), options.limits);
  if (!process) return process.error();
  auto impl = std::make_unique<Impl>(path.string(), options, std::move(file).value(),
                                     std::move(process).value());
  if (auto started = impl->start(); !started) return started.error();
  return VideoReader(std::move(impl));
}

const VideoInfo& VideoReader::info() const { return impl_->info(); }
base::Result<bool> VideoReader::read(Frame& frame) { return impl_->read(frame); }
base::Result<void> VideoReader::seek(base::Seconds time) { return impl_->seek(time); }
bool VideoReader::truncated() const { return impl_->truncated(); }
bool VideoReader::stopped() const { return impl_->stopped(); }
std::int64_t VideoReader::damaged() const { return impl_->damaged(); }

std::string library_versions() {
  const auto dotted = [](unsigned version) {
    return std::to_string(AV_VERSION_MAJOR(version)) + "." +
           std::to_string(AV_VERSION_MINOR(version)) + "." +
           std::to_string(AV_VERSION_MICRO(version));
  };
  return std::string("FFmpeg ") + av_version_info() + " (libavformat " +
         dotted(avformat_version()) + ", libavcodec " + dotted(avcodec_version()) +
         ", libswscale " + dotted(swscale_version()) + ")";
}

}  // namespace matside::video
