// Reads arbitrary bytes as a video: must be refused with one line, or read to the end with
// rising times and complete pictures.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include "core/base/printable_text.h"
#include "tests/fuzz/memory_file.h"
#include "vision/decoder/picture_reader.h"
#include "vision/media/file_source.h"

namespace {

using namespace matside;  // NOLINT(google-build-using-namespace)

constexpr int kMaxSide_px = 256;
constexpr int kMaxPictures = 40;

void must(bool held) {
  if (!held) std::abort();
}

void read_some(decoder::PictureReader& reader, double earliest_s) {
  media::Frame frame;
  double last_s = earliest_s;
  for (int i = 0; i < kMaxPictures; ++i) {
    const auto more = reader.read(frame);
    if (!more) must(more.error().kind == base::ErrorKind::input);
    if (!more || !more.value()) return;
    must(frame.image.size.width_px == reader.info().image_size.width_px);
    must(frame.image.size.height_px == reader.info().image_size.height_px);
    must(frame.image.rgb.size() ==
         frame.image.stride_bytes() * static_cast<std::size_t>(frame.image.size.height_px));
    must(frame.time.value() > last_s);
    must(frame.index >= 0);
    last_s = frame.time.value();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::MemoryFile file(data, size);
  // In this process, so that the fuzzer sees what the decoder does.
  auto source = media::FileSource::open(file.path());
  if (!source) return 0;
  auto opened =
      decoder::PictureReader::open(std::move(source).value(), {.max_side_px = kMaxSide_px});
  if (!opened) {
    must(opened.error().kind == base::ErrorKind::input);
    must(base::is_visible(opened.error().message));
    return 0;
  }
  decoder::PictureReader& reader = opened.value();
  must(reader.info().image_size.width_px > 0 && reader.info().image_size.height_px > 0);
  must(reader.info().image_size.width_px <= kMaxSide_px);
  must(reader.info().image_size.height_px <= kMaxSide_px);
  read_some(reader, -1.0);
  constexpr double kSought_s = 0.25;
  if (reader.seek(base::Seconds(kSought_s)) && !reader.info().photo) {
    read_some(reader, kSought_s - 1e-5);
  }
  return 0;
}
