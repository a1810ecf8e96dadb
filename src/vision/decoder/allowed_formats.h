// The containers and codecs that are read; FFmpeg's many others are never opened.
#pragma once

#include <string>
#include <string_view>

namespace matside::decoder {

/// What a container that FFmpeg recognises is to this program.
enum class FormatKind {
  read,      ///< a video or photo
  playlist,  ///< refers to other files
  sound,     ///< has no pictures
  text,      ///< plain text or bytes that FFmpeg would draw
  refused,   ///< another format
};

/// The kind, by FFmpeg's name of the container (AVInputFormat::name).
FormatKind kind_of_format(std::string_view name);

/// Whether streams of this codec are decoded, by the decoder's name (AVCodec::name).
bool is_allowed_decoder(std::string_view name);

/// For AVFormatContext::format_whitelist and codec_whitelist.
std::string allowed_formats();
std::string allowed_decoders();

/// The formats in words, to follow "reads".
std::string_view formats_in_words();

}  // namespace matside::decoder
