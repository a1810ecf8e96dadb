#include "vision/decoder/allowed_formats.h"

#include <array>
#include <span>

#include "vision/decoder/container_layout.h"

namespace matside::decoder {
namespace {

using Name = std::string_view;

// What phones, cameras, browsers and editors write.
constexpr std::array kRead = {Name("mov,mp4,m4a,3gp,3g2,mj2"),
                              Name("matroska,webm"),
                              Name("avi"),
                              Name("mpegts"),
                              Name("mpeg"),
                              Name("mpegvideo"),
                              Name("h264"),
                              Name("hevc"),
                              Name("ogg"),
                              Name("flv"),
                              Name("asf"),
                              Name("gif"),
                              Name("apng"),
                              Name("mjpeg"),
                              Name("jpeg_pipe"),
                              Name("png_pipe"),
                              Name("webp_pipe"),
                              Name("bmp_pipe"),
                              Name("tiff_pipe")};
constexpr Name kReadInWords =
    "MP4, MOV, 3GP, MKV, WebM, AVI, MPEG, Ogg, FLV and WMV videos, and JPEG, PNG, WebP, GIF, "
    "BMP "
    "and TIFF photos";

constexpr std::array kPlaylists = {
    Name("hls"),   Name("dash"), Name("concat"), Name("imf"),
    Name("sdp"),   Name("rtsp"), Name("image2"), Name("webm_dash_manifest"),
    Name("vobsub")};
constexpr std::array kSounds = {Name("mp3"), Name("wav"), Name("w64"),  Name("flac"),
                                Name("aac"), Name("ac3"), Name("eac3"), Name("aiff"),
                                Name("caf"), Name("au"),  Name("amr"),  Name("dts"),
                                Name("wv"),  Name("ape")};
constexpr std::array kTexts = {Name("tty"), Name("svg_pipe"), Name("ffmetadata"), Name("bin"),
                               Name("xbin")};

constexpr std::array kVideoDecoders = {
    Name("h264"),       Name("hevc"),       Name("vp8"),    Name("vp9"),     Name("libdav1d"),
    Name("libaom-av1"), Name("av1"),        Name("mpeg4"),  Name("msmpeg4"), Name("msmpeg4v1"),
    Name("msmpeg4v2"),  Name("h263"),       Name("h263p"),  Name("flv"),     Name("mjpeg"),
    Name("mpeg1video"), Name("mpeg2video"), Name("wmv1"),   Name("wmv2"),    Name("wmv3"),
    Name("vc1"),        Name("theora"),     Name("prores"), Name("ffv1"),    Name("dvvideo"),
    Name("rawvideo"),   Name("png"),        Name("apng"),   Name("gif"),     Name("webp"),
    Name("bmp"),        Name("tiff")};
// Sound is copied, not decoded; FFmpeg decodes its beginning to learn its parameters.
constexpr std::array kSoundDecoders = {
    Name("aac"),           Name("aac_latm"),    Name("mp3float"),  Name("mp3"),
    Name("mp2float"),      Name("mp2"),         Name("ac3"),       Name("eac3"),
    Name("opus"),          Name("libopus"),     Name("vorbis"),    Name("flac"),
    Name("alac"),          Name("amrnb"),       Name("amrwb"),     Name("wmav1"),
    Name("wmav2"),         Name("pcm_u8"),      Name("pcm_s16le"), Name("pcm_s16be"),
    Name("pcm_s24le"),     Name("pcm_s24be"),   Name("pcm_s32le"), Name("pcm_s32be"),
    Name("pcm_f32le"),     Name("pcm_mulaw"),   Name("pcm_alaw"),  Name("adpcm_ms"),
    Name("adpcm_ima_wav"), Name("adpcm_ima_qt")};

std::string list_of(std::span<const Name> names) {
  std::string list;
  for (const Name name : names) (list += list.empty() ? "" : ",") += name;
  return list;
}

}  // namespace

FormatKind kind_of_format(std::string_view name) {
  if (contains(kRead, name)) return FormatKind::read;
  if (contains(kPlaylists, name)) return FormatKind::playlist;
  if (contains(kSounds, name)) return FormatKind::sound;
  if (contains(kTexts, name)) return FormatKind::text;
  return FormatKind::refused;
}

bool is_allowed_decoder(std::string_view name) { return contains(kVideoDecoders, name); }

std::string allowed_formats() { return list_of(kRead); }
std::string allowed_decoders() {
  return list_of(kVideoDecoders) + "," + list_of(kSoundDecoders);
}
std::string_view formats_in_words() { return kReadInWords; }

}  // namespace matside::decoder
