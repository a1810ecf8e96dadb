#include "vision/decoder/container_layout.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>
#include <vector>

namespace matside::decoder {
namespace {

using Bytes = std::span<const std::uint8_t>;

// A fragmented recording has a few boxes a second; the walk ends after this many.
constexpr int kMaxBoxes = 200'000;
constexpr std::uint64_t kTransportPacketBytes = 188;
constexpr std::uint8_t kTransportSync = 0x47;

std::uint64_t big_endian(Bytes bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

std::string_view text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

constexpr std::array<std::string_view, 16> kBoxes = {
    "ftyp", "moov", "mdat", "moof", "free", "skip", "wide", "udta",
    "uuid", "meta", "sidx", "styp", "mfra", "pnot", "PICT", "emsg"};
constexpr std::array<std::string_view, 3> kBoxesWithPictures = {"moov", "mdat", "moof"};
constexpr std::array<std::string_view, 6> kPhotoBrands = {"heic", "heix", "heim",
                                                          "heis", "mif1", "avif"};

ContainerLayout walk_boxes(const media::FileSource& file) {
  ContainerLayout layout;
  bool has_index = false;
  bool has_pictures = false;
  std::uint64_t offset = 0;
  for (int i = 0; i < kMaxBoxes; ++i) {
    std::array<std::uint8_t, 16> head{};
    const std::ptrdiff_t count = file.read_at(offset, head);
    if (count < 8) break;
    const Bytes bytes(head);
    const std::string_view type = text(bytes.subspan(4, 4));
    if (!contains(kBoxes, type)) break;
    if (type == "ftyp" && contains(kPhotoBrands, text(bytes.subspan(8, 4)))) {
      layout.is_heif = true;
    }
    has_pictures = has_pictures || type == "mdat";
    std::uint64_t size = big_endian(bytes.first(4));
    if (size == 0) size = file.size() - offset;
    if (size == 1) size = count < 16 ? 0 : big_endian(bytes.subspan(8, 8));
    if (size < 8 || size > std::uint64_t{1} << 62) break;
    if (contains(kBoxesWithPictures, type)) layout.declared_bytes = offset + size;
    offset += size;
    has_index = has_index || (type == "moov" && offset <= file.size());
    if (offset >= file.size()) break;
  }
  layout.index_missing = has_pictures && !has_index;
  return layout;
}

struct EbmlNumber {
  std::uint64_t value = 0;
  std::size_t length = 0;  ///< 0 when it cannot be read
  bool unknown = false;    ///< all ones: "until the end"
};

EbmlNumber ebml_size(Bytes bytes) {
  if (bytes.empty() || bytes[0] == 0) return {};
  const auto length = static_cast<std::size_t>(std::countl_zero(bytes[0])) + 1;
  if (bytes.size() < length) return {};
  const std::uint64_t all_ones = (std::uint64_t{1} << (7 * length)) - 1;
  const std::uint64_t value = big_endian(bytes.first(length)) & all_ones;
  return {value, length, value == all_ones};
}

std::optional<std::uint64_t> matroska_end(Bytes head) {
  constexpr std::size_t kIdBytes = 4;
  constexpr std::uint64_t kSegmentId = 0x18538067;
  const EbmlNumber header = ebml_size(head.subspan(kIdBytes));
  if (header.length == 0 || header.value > head.size()) return std::nullopt;
  const std::size_t segment = kIdBytes + header.length + header.value;
  if (segment + kIdBytes >= head.size()) return std::nullopt;
  if (big_endian(head.subspan(segment, kIdBytes)) != kSegmentId) return std::nullopt;
  const EbmlNumber size = ebml_size(head.subspan(segment + kIdBytes));
  if (size.length == 0 || size.unknown) return std::nullopt;
  return segment + kIdBytes + size.length + size.value;
}

/// The last bytes of the file, at most this many, from `earliest` on.
std::vector<std::uint8_t> tail_of(const media::FileSource& file, std::uint64_t earliest) {
  constexpr std::uint64_t kTail_bytes = 1 << 20;
  const std::uint64_t length =
      std::min(kTail_bytes, file.size() - std::min(earliest, file.size()));
  std::vector<std::uint8_t> tail(length);
  const std::ptrdiff_t count = file.read_at(file.size() - length, tail);
  tail.resize(static_cast<std::size_t>(std::max<std::ptrdiff_t>(count, 0)));
  return tail;
}

base::ImageSize size_at(Bytes width, Bytes height) {
  constexpr std::uint64_t kMost = 1'000'000'000;
  return {static_cast<int>(std::min(big_endian(width), kMost)),
          static_cast<int>(std::min(big_endian(height), kMost))};
}

struct JpegHeaders {
  std::uint64_t pixels = 2;  ///< where they begin, past the headers and their thumbnail
  std::optional<base::ImageSize> size;
};

JpegHeaders jpeg_headers(const media::FileSource& file) {
  constexpr std::uint8_t kStartOfScan = 0xDA;
  JpegHeaders headers;
  std::array<std::uint8_t, 9> head{};
  const Bytes bytes(head);
  while (file.read_at(headers.pixels, head) == 9 && head[0] == 0xFF &&
         head[1] != kStartOfScan) {
    const bool start_of_frame = head[1] >= 0xC0 && head[1] <= 0xCF && head[1] != 0xC4 &&
                                head[1] != 0xC8 && head[1] != 0xCC;
    if (start_of_frame) headers.size = size_at(bytes.subspan(7, 2), bytes.subspan(5, 2));
    headers.pixels += 2 + big_endian(bytes.subspan(2, 2));
  }
  return headers;
}

/// Whether the last picture of a JPEG photo or Motion JPEG stream has no end marker.
bool jpeg_cut_off(const media::FileSource& file, std::uint64_t pixels) {
  constexpr std::array<std::uint8_t, 2> kEnd = {0xFF, 0xD9};
  constexpr std::array<std::uint8_t, 3> kStart = {0xFF, 0xD8, 0xFF};
  const auto tail = tail_of(file, pixels);
  const auto end = std::find_end(tail.begin(), tail.end(), kEnd.begin(), kEnd.end());
  return end == tail.end() ||
         std::search(end, tail.end(), kStart.begin(), kStart.end()) != tail.end();
}

bool gif_cut_off(const media::FileSource& file) {
  constexpr std::uint8_t kTrailer = 0x3B;
  const auto tail = tail_of(file, file.size() - 1);
  return tail.empty() || tail.front() != kTrailer;
}

/// Whether the last page of an Ogg file does not end its stream.
bool ogg_cut_off(const media::FileSource& file) {
  constexpr std::string_view kPage = "OggS";
  constexpr std::uint8_t kEndOfStream = 4;
  const auto tail = tail_of(file, 0);
  const auto page = std::find_end(tail.begin(), tail.end(), kPage.begin(), kPage.end());
  return tail.end() - page > 5 && (page[5] & kEndOfStream) == 0;
}

}  // namespace

ContainerLayout read_container_layout(const media::FileSource& file) {
  std::array<std::uint8_t, 256> buffer{};
  const std::ptrdiff_t count = file.read_at(0, buffer);
  if (count < 16) return {};
  const Bytes head = Bytes(buffer).first(static_cast<std::size_t>(count));
  if (contains(kBoxes, text(head.subspan(4, 4)))) return walk_boxes(file);
  ContainerLayout layout;
  if (big_endian(head.first(4)) == 0x1A45DFA3) {
    layout.declared_bytes = matroska_end(head);
  } else if (text(head.first(4)) == "RIFF" && text(head.subspan(8, 4)) == "AVI ") {
    const std::uint64_t size =
        head[4] | head[5] << 8 | head[6] << 16 | std::uint64_t{head[7]} << 24;
    layout.declared_bytes = size + 8;
  } else if (head[0] == 0xFF && head[1] == 0xD8 && head[2] == 0xFF) {
    const JpegHeaders headers = jpeg_headers(file);
    layout.photo_size = headers.size;
    if (jpeg_cut_off(file, headers.pixels)) layout.declared_bytes = file.size() + 1;
  } else if (big_endian(head.first(4)) == 0x89504E47 && head.size() >= 24) {
    layout.photo_size = size_at(head.subspan(16, 4), head.subspan(20, 4));
  } else if (text(head.first(4)) == "GIF8") {
    if (gif_cut_off(file)) layout.declared_bytes = file.size() + 1;
  } else if (text(head.first(4)) == "OggS") {
    if (ogg_cut_off(file)) layout.declared_bytes = file.size() + 1;
  } else if (head.size() > kTransportPacketBytes && head[0] == kTransportSync &&
             head[kTransportPacketBytes] == kTransportSync) {
    layout.declared_bytes = (file.size() + kTransportPacketBytes - 1) / kTransportPacketBytes *
                            kTransportPacketBytes;
  }
  return layout;
}

}  // namespace matside::decoder
