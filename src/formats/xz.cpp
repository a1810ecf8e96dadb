#include "formats/xz.h"

#include <lzma.h>

#include <array>
#include <cassert>
#include <cstdint>

namespace matside::formats {
namespace {

constexpr std::uint32_t kPreset = 6;
constexpr std::uint64_t kMostMemory = std::uint64_t{64} << 20U;

const std::uint8_t* data_of(std::string_view bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}
std::uint8_t* data_of(std::string& bytes) {
  return reinterpret_cast<std::uint8_t*>(bytes.data());
}

}  // namespace

std::string xz_compressed(std::string_view bytes) {
  lzma_options_lzma options;
  lzma_lzma_preset(&options, kPreset);
  // The bytes are measured noise, so the byte before one says nothing about it.
  options.lc = 0;
  options.pb = 0;
  std::array<lzma_filter, 2> filters{
      {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, nullptr}}};
  std::string out(lzma_stream_buffer_bound(bytes.size()), '\0');
  std::size_t size = 0;
  [[maybe_unused]] const lzma_ret done =
      lzma_stream_buffer_encode(filters.data(), LZMA_CHECK_CRC32, nullptr, data_of(bytes),
                                bytes.size(), data_of(out), &size, out.size());
  assert(done == LZMA_OK);
  out.resize(size);
  return out;
}

base::Result<std::string> xz_decompressed(std::string_view bytes, std::size_t most,
                                          const std::string& name) {
  const auto damaged = [&](const char* how) {
    return base::Error{base::ErrorKind::input, name + ": " + how};
  };
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, kMostMemory, 0) != LZMA_OK)
    return damaged("there is not enough memory to decompress it");
  stream.next_in = data_of(bytes);
  stream.avail_in = bytes.size();
  std::string out;
  std::array<char, 1U << 16U> part{};
  lzma_ret state = LZMA_OK;
  while (state == LZMA_OK) {
    stream.next_out = reinterpret_cast<std::uint8_t*>(part.data());
    stream.avail_out = part.size();
    state = lzma_code(&stream, LZMA_FINISH);
    out.append(part.data(), part.size() - stream.avail_out);
    if (out.size() > most) break;
  }
  const bool rest = stream.avail_in > 0;
  lzma_end(&stream);
  if (out.size() > most) return damaged("it is too large when decompressed");
  if (state != LZMA_STREAM_END || rest) return damaged("it is damaged or cut short");
  return out;
}

}  // namespace matside::formats
