#include "vision/decoder/demuxer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "vision/decoder/allowed_formats.h"

namespace matside::decoder {
namespace {

constexpr int kReadBuffer_bytes = 64 * 1024;
// The format is probed from this many bytes; more to distinguish a photo from a photo stream.
constexpr std::size_t kProbed_bytes = std::size_t{128} << 10;
constexpr std::size_t kProbedOfPhotos_bytes = std::size_t{4} << 20;

constexpr std::string_view kPlaylist = "#EXTM3U";

bool begins_with(const media::FileSource& file, std::string_view text) {
  std::vector<std::uint8_t> beginning(text.size());
  return file.read_at(0, beginning) == static_cast<std::ptrdiff_t>(text.size()) &&
         std::equal(beginning.begin(), beginning.end(), text.begin());
}

base::Error input_error(std::string what) { return {base::ErrorKind::input, std::move(what)}; }

std::string_view format_name(const AVFormatContext& format) { return format.iformat->name; }

}  // namespace

image::Orientation orientation_from_matrix(const std::uint8_t* matrix) {
  std::array<std::int32_t, 9> m{};
  std::memcpy(m.data(), matrix, sizeof m);
  return image::nearest_orientation(m[0], m[1], m[3], m[4]);
}

Demuxer::Demuxer(const media::FileSource& file, std::function<void()> alive)
    : file_(&file), alive_(std::move(alive)), layout_(read_container_layout(file)) {}

Demuxer::~Demuxer() = default;

base::Error Demuxer::unreadable() const {
  if (layout_.is_heif) {
    return input_error(
        "HEIC and AVIF photos are not supported; export the photo as JPEG or PNG");
  }
  if (layout_.index_missing) {
    return input_error(
        "the recording was not finished: its index is missing, so no frame can be found. "
        "Repair it with the app that recorded it, or record it again");
  }
  return input_error("is not a video or photo in a known format, or its start is damaged");
}

int Demuxer::read_bytes(void* self, std::uint8_t* buffer, int size) {
  auto& demuxer = *static_cast<Demuxer*>(self);
  const std::ptrdiff_t count =
      demuxer.file_->read_at(demuxer.position_, {buffer, static_cast<std::size_t>(size)});
  if (count < 0) return AVERROR(EIO);
  if (count == 0) return AVERROR_EOF;
  demuxer.position_ += static_cast<std::uint64_t>(count);
  return static_cast<int>(count);
}

std::int64_t Demuxer::seek_bytes(void* self, std::int64_t offset, int whence) {
  auto& demuxer = *static_cast<Demuxer*>(self);
  const auto size = static_cast<std::int64_t>(demuxer.file_->size());
  if ((whence & AVSEEK_SIZE) != 0) return size;
  std::int64_t base = 0;
  if ((whence & ~AVSEEK_FORCE) == SEEK_CUR) base = static_cast<std::int64_t>(demuxer.position_);
  if ((whence & ~AVSEEK_FORCE) == SEEK_END) base = size;
  if (offset < -base || offset > INT64_MAX - base) return AVERROR(EINVAL);
  demuxer.position_ = static_cast<std::uint64_t>(base + offset);
  return base + offset;
}

const AVInputFormat* Demuxer::probe_format(std::size_t most_bytes) {
  std::vector<std::uint8_t> beginning(std::min<std::uint64_t>(most_bytes, file_->size()));
  const std::ptrdiff_t count = file_->read_at(0, beginning);
  if (count <= 0) return nullptr;
  beginning.resize(static_cast<std::size_t>(count) + AVPROBE_PADDING_SIZE);
  std::fill(beginning.end() - AVPROBE_PADDING_SIZE, beginning.end(), std::uint8_t{0});
  // The file name is withheld: the content alone decides the format.
  AVProbeData data{"", beginning.data(), static_cast<int>(count), nullptr};
  return av_probe_input_format3(&data, 1, &score_);
}

base::Result<void> Demuxer::check_format(const AVInputFormat* known) const {
  // FFmpeg 7 recognises a playlist only by its file name, which is withheld.
  if (known == nullptr && !begins_with(*file_, kPlaylist)) return unreadable();
  const FormatKind kind = known != nullptr ? kind_of_format(known->name) : FormatKind::playlist;
  if (kind == FormatKind::read) return {};
  if (kind == FormatKind::playlist) {
    return input_error("is a playlist that refers to other files; choose the video itself");
  }
  // Plain text and noise are taken for many formats, with little confidence.
  if (kind == FormatKind::text || score_ <= AVPROBE_SCORE_RETRY) return unreadable();
  if (kind == FormatKind::sound) {
    return input_error("has sound but no picture; choose a video");
  }
  return input_error("is in the format " + std::string(known->name) +
                     ", which Matside can't read. It reads " + std::string(formats_in_words()) +
                     ". Convert it to MP4");
}

base::Result<void> Demuxer::open_format(AVMediaType wanted) {
  media::prepare_ffmpeg();
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kReadBuffer_bytes));
  io_.reset(avio_alloc_context(buffer, kReadBuffer_bytes, 0, this, &Demuxer::read_bytes,
                               nullptr, &Demuxer::seek_bytes));
  const AVInputFormat* known = probe_format(kProbed_bytes);
  if (known != nullptr && std::string_view(known->name) == "jpeg_pipe") {
    known = probe_format(kProbedOfPhotos_bytes);
  }
  if (auto allowed = check_format(known); !allowed) return allowed;

  AVFormatContext* format = avformat_alloc_context();
  format->pb = io_.get();
  format->flags |= AVFMT_FLAG_CUSTOM_IO;
  format->io_open = media::refuse_to_open;
  format->format_whitelist = av_strdup(allowed_formats().c_str());
  format->codec_whitelist = av_strdup(allowed_decoders().c_str());
  // No protocol is called "none", so FFmpeg cannot open anything else.
  format->protocol_whitelist = av_strdup("none");
  if (avformat_open_input(&format, "", known, nullptr) < 0) return unreadable();
  format_.reset(format);
  for (unsigned i = 0; i < format->nb_streams; ++i) {
    const AVMediaType type = format->streams[i]->codecpar->codec_type;
    const bool other = type == AVMEDIA_TYPE_AUDIO && type != wanted;
    if (other || type == AVMEDIA_TYPE_SUBTITLE) format->streams[i]->discard = AVDISCARD_ALL;
  }
  AVDictionary* limit = nullptr;
  av_dict_set_int(&limit, "max_pixels", kMaxPixels, 0);
  std::vector<AVDictionary*> limits(format->nb_streams, nullptr);
  for (AVDictionary*& of_stream : limits) av_dict_copy(&of_stream, limit, 0);
  const int found = avformat_find_stream_info(format, limits.empty() ? nullptr : limits.data());
  for (AVDictionary*& of_stream : limits) av_dict_free(&of_stream);
  av_dict_free(&limit);
  if (found < 0) return unreadable();
  return {};
}

base::Result<void> Demuxer::choose_stream() {
  const int best = av_find_best_stream(format_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  const bool cover_art =
      best >= 0 && (format_->streams[best]->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
  if (best < 0 || cover_art) {
    const bool sound = std::any_of(
        format_->streams, format_->streams + format_->nb_streams,
        [](const AVStream* s) { return s->codecpar->codec_type == AVMEDIA_TYPE_AUDIO; });
    if (sound && score_ > AVPROBE_SCORE_RETRY) {
      return input_error("has sound but no picture; choose a video");
    }
    if (layout_.is_heif || format_->nb_streams == 0) return unreadable();
    return input_error("contains no picture; choose a video or a photo");
  }
  read_only(best);
  const AVCodecParameters& coded = *stream_->codecpar;
  return check_size({coded.width, coded.height});
}

void Demuxer::read_only(int stream) {
  stream_ = format_->streams[stream];
  for (unsigned i = 0; i < format_->nb_streams; ++i) {
    if (static_cast<int>(i) != stream) format_->streams[i]->discard = AVDISCARD_ALL;
  }
}

base::Result<void> Demuxer::check_size(base::ImageSize size) const {
  if (size.width_px <= kMaxSide_px && size.height_px <= kMaxSide_px &&
      std::int64_t{size.width_px} * size.height_px <= kMaxPixels) {
    return {};
  }
  return input_error("its picture is " + std::to_string(size.width_px) + " x " +
                     std::to_string(size.height_px) + " pixels; the limit is " +
                     std::to_string(kMaxSide_px) +
                     " per side and 100 million in total. Scale it down first");
}

base::Result<std::unique_ptr<Demuxer>> Demuxer::open(const media::FileSource& file,
                                                     std::function<void()> alive) {
  std::unique_ptr<Demuxer> demuxer(new Demuxer(file, std::move(alive)));
  if (const auto& size = demuxer->layout_.photo_size) {
    if (auto checked = demuxer->check_size(*size); !checked) return checked.error();
  }
  if (auto opened = demuxer->open_format(AVMEDIA_TYPE_VIDEO); !opened) return opened.error();
  if (auto chosen = demuxer->choose_stream(); !chosen) return chosen.error();
  return demuxer;
}

base::Result<std::unique_ptr<Demuxer>> Demuxer::open_audio(const media::FileSource& file) {
  std::unique_ptr<Demuxer> demuxer(new Demuxer(file, nullptr));
  if (auto opened = demuxer->open_format(AVMEDIA_TYPE_AUDIO); !opened) return opened.error();
  AVFormatContext* format = demuxer->format_.get();
  const int pictures = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  const int sound =
      av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, std::max(pictures, -1), nullptr, 0);
  if (sound < 0) return std::unique_ptr<Demuxer>();
  demuxer->read_only(sound);
  return demuxer;
}

Demuxer::Outcome Demuxer::read(AVPacket& packet) {
  while (true) {
    av_packet_unref(&packet);
    const int result = av_read_frame(format_.get(), &packet);
    if (alive_) alive_();
    if (result == AVERROR_EOF) return Outcome::end;
    if (result < 0) return Outcome::damaged;
    // In some AVI files an empty packet repeats the previous picture.
    if (packet.stream_index != stream_->index || packet.size == 0) continue;
    return Outcome::packet;
  }
}

bool Demuxer::seek(std::int64_t timestamp) {
  return av_seek_frame(format_.get(), stream_->index, timestamp, AVSEEK_FLAG_BACKWARD) >= 0;
}

base::Result<media::DecoderPtr> Demuxer::make_decoder(int threads) const {
  const AVCodec* codec = avcodec_find_decoder(stream_->codecpar->codec_id);
  const std::string name = avcodec_get_name(stream_->codecpar->codec_id);
  if (stream_->codecpar->codec_id == AV_CODEC_ID_NONE) {
    return input_error("its video is in an unknown encoding. Convert it to H.264");
  }
  if (codec == nullptr) {
    return input_error("its video is encoded as " + name +
                       ", which this FFmpeg cannot decode. Convert it to H.264");
  }
  if (!is_allowed_decoder(codec->name)) {
    return input_error("its video is encoded as " + name +
                       ", which Matside can't read. Convert it to H.264");
  }
  media::DecoderPtr decoder(avcodec_alloc_context3(codec));
  if (avcodec_parameters_to_context(decoder.get(), stream_->codecpar) < 0) return unreadable();
  decoder->pkt_timebase = stream_->time_base;
  decoder->thread_count = std::max(threads, 1);
  decoder->max_pixels = kMaxPixels;
  decoder->codec_whitelist = av_strdup(allowed_decoders().c_str());
  if (avcodec_open2(decoder.get(), codec, nullptr) < 0) {
    return input_error("its video, encoded as " + name +
                       ", cannot be decoded: the file is damaged or uses an unknown variant");
  }
  return decoder;
}

bool Demuxer::is_photo() const {
  return format_name(*format_).ends_with("_pipe") || layout_.is_heif;
}

bool Demuxer::has_steady_clock() const {
  return (format_->iformat->flags & (AVFMT_TS_DISCONT | AVFMT_NOTIMESTAMPS)) == 0 &&
         !is_photo();
}

std::optional<base::ZonedTime> Demuxer::recorded() const {
  for (const char* key : {"com.apple.quicktime.creationdate", "creation_time"}) {
    for (AVDictionary* all : {format_->metadata, stream_->metadata}) {
      const AVDictionaryEntry* entry = av_dict_get(all, key, nullptr, 0);
      if (entry == nullptr) continue;
      if (const auto time = base::parse_recording_time(entry->value)) return time;
    }
  }
  return std::nullopt;
}

std::optional<image::Orientation> Demuxer::orientation() const {
  std::size_t size = 0;
  const std::uint8_t* matrix = media::display_matrix(*stream_, size);
  if (matrix == nullptr || size < 9 * sizeof(std::int32_t)) return std::nullopt;
  return orientation_from_matrix(matrix);
}

}  // namespace matside::decoder
