// What a program and its decoder process say to each other.
//
//   program                          decoder
//                                    ready
//   open_video                ->
//                             <-     opened, or failed
//   ring (shared memory)      ->
//                             <-     picture ... ended, or failed
//   release (a slot)          ->
//   seek                      ->
//                             <-     sought, or seek_failed; then pictures from there
//
//   open_audio                ->
//                             <-     audio, no_audio, or failed
//                             <-     packet ... ended
//
//   open_jpegs                ->
//   ring (shared memory)      ->
//   jpeg (its bytes)          ->
//                             <-     jpeg_decoded, or failed
//   jpeg                      ->     ...
//
// The decoder decodes ahead while it has slots. It reports with `alive` that it makes progress.
//
// Structures have numbers only, and no pointers, enumerators or booleans: the program checks
// each before it uses it, as a decoder that a hostile file has taken over may send anything.
#pragma once

#include <array>
#include <cstdint>

#include "vision/image/view.h"

namespace matside::media {

/// Raised with every change of what is below.
inline constexpr std::uint32_t kProtocolVersion = 3;

/// Descriptors that the decoder is started with.
inline constexpr int kChannelDescriptor = 3;
inline constexpr int kFileDescriptor = 4;
inline constexpr int kMemoryDescriptor = 5;

namespace message_kind {
enum MessageKind : std::uint32_t {
  // From the program.
  open_video = 1,
  open_audio,
  ring,
  release,
  seek,
  open_jpegs,
  jpeg,
  // From the decoder.
  ready = 100,
  failed,
  opened,
  picture,
  ended,
  sought,
  seek_failed,
  alive,
  audio,
  no_audio,
  packet,
  jpeg_decoded,
};
}  // namespace message_kind

/// The decoder runs; what confines it.
struct ReadyMessage {
  std::uint32_t protocol = kProtocolVersion;
  std::int32_t landlock_abi = 0;  ///< 0 where the kernel has none.
  std::uint32_t seccomp = 0;      ///< 1 with the filter.
  std::uint32_t sanitized = 0;    ///< 1 in a build with sanitizers, which relaxes the sandbox.
};

struct OpenVideoMessage {
  std::uint64_t file_bytes = 0;
  std::int32_t threads = 1;
  std::int32_t max_side_px = 0;
  std::uint32_t planes = 0;
};

struct OpenAudioMessage {
  std::uint64_t file_bytes = 0;
};

/// The shared memory has this many slots of this many bytes.
struct RingMessage {
  std::uint64_t slot_bytes = 0;
  std::uint32_t slots = 0;
};

struct ReleaseMessage {
  std::uint32_t slot = 0;
};

struct SeekMessage {
  double time_s = 0.0;
};

/// No recording time, or none of its offset.
inline constexpr std::int64_t kNoRecordingTime = INT64_MIN;
inline constexpr std::int32_t kNoUtcOffset = INT32_MIN;

/// VideoInfo in numbers. Absent numbers are negative, unless they have a name.
struct OpenedMessage {
  std::int32_t width_px = 0;
  std::int32_t height_px = 0;
  std::int32_t image_width_px = 0;
  std::int32_t image_height_px = 0;
  std::int64_t expected_frames = -1;
  double duration_s = -1.0;
  double average_rate_hz = -1.0;
  std::array<char, 32> codec{};
  std::array<char, 64> container{};
  std::uint32_t photo = 0;
  std::int32_t bit_depth = 8;
  std::uint32_t transposed = 0;
  std::uint32_t mirrored_x = 0;
  std::uint32_t mirrored_y = 0;
  std::int32_t primaries = 2;
  std::int32_t transfer = 2;
  std::int32_t matrix = 2;
  std::uint32_t full_range = 0;
  std::int32_t chroma_location = 0;
  std::int32_t tick_numerator = 1;
  std::int32_t tick_denominator = 1;
  std::int64_t first_timestamp = 0;
  std::uint32_t cut_off = 0;
  std::int64_t recorded_unix_s = kNoRecordingTime;
  std::int32_t recorded_utc_offset_min = kNoUtcOffset;
};

/// A picture is in the slot.
struct PictureMessage {
  std::uint32_t slot = 0;
  std::uint32_t planes = 0;  ///< 1 in planes, 0 in RGB.
  image::YuvToRgb colours;   ///< Of planes.
  double time_s = 0.0;
  std::int64_t index = 0;
  std::int64_t damaged = 0;
};

/// A JPEG picture of this size is at the start of the shared memory, in RGB.
struct JpegDecodedMessage {
  std::int32_t width_px = 0;
  std::int32_t height_px = 0;
};

/// There are no more pictures or packets.
struct EndedMessage {
  std::uint32_t truncated = 0;
  std::int64_t damaged = 0;
};

/// The audio stream; its extradata follows.
struct AudioMessage {
  std::uint32_t codec_id = 0;
  std::uint32_t codec_tag = 0;
  std::int32_t format = -1;
  std::int64_t bit_rate = 0;
  std::int32_t bits_per_coded_sample = 0;
  std::int32_t bits_per_raw_sample = 0;
  std::int32_t profile = -99;
  std::int32_t level = -99;
  std::int32_t sample_rate_hz = 0;
  std::int32_t channels = 0;
  std::uint64_t channel_mask = 0;  ///< 0 where the layout is unknown.
  std::int32_t block_align = 0;
  std::int32_t frame_size = 0;
  std::int32_t initial_padding = 0;
  std::int32_t trailing_padding = 0;
  std::int32_t seek_preroll = 0;
  std::int32_t tick_numerator = 1;
  std::int32_t tick_denominator = 1;
};

/// An encoded packet. Its data and then its side data of kinds skip_samples and new_extradata
/// follow.
struct PacketMessage {
  std::int64_t pts = 0;
  std::int64_t dts = 0;
  std::int64_t duration = 0;
  std::int32_t flags = 0;
  std::uint32_t data_bytes = 0;
  std::uint32_t skip_samples_bytes = 0;
  std::uint32_t new_extradata_bytes = 0;
};

}  // namespace matside::media
