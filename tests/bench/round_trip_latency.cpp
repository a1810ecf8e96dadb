// Round-trip latency of a page's pictures: sends JPEGs to `matside serve` over its WebSocket,
// each after the previous answer, and measures each answer's delay:
//   round_trip_latency PORT VIDEO FRAMES
// Prints JSON.
#include <turbojpeg.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/bench_models.h"
#include "tests/bench/web_socket.h"
#include "vision/video/video_reader.h"

namespace {

using namespace matside;
using bench::Kind;
using bench::value_or_exit;
using Clock = std::chrono::steady_clock;

constexpr int kWidth_px = 640;  // The page's size.
constexpr int kQuality = 80;

std::string jpeg_of(const image::Image& picture, void* writer) {
  unsigned char* jpeg = nullptr;
  unsigned long size = 0;  // NOLINT(google-runtime-int): as turbojpeg has it
  if (tjCompress2(writer, picture.rgb.data(), picture.size.width_px,
                  static_cast<int>(picture.stride_bytes()), picture.size.height_px, TJPF_RGB,
                  &jpeg, &size, TJSAMP_420, kQuality, 0) != 0) {
    bench::exit_with_error("a picture could not be encoded as JPEG");
  }
  std::string text(reinterpret_cast<char*>(jpeg), size);
  tjFree(jpeg);
  return text;
}

/// The video's pictures as messages.
std::vector<std::string> messages_of(const std::string& path, std::size_t most) {
  auto reader = value_or_exit(video::VideoReader::open(path, {.max_side_px = kWidth_px}));
  void* writer = tjInitCompress();
  video::Frame frame;
  std::vector<std::string> messages;
  while (messages.size() < most && value_or_exit(reader.read(frame))) {
    const auto index = static_cast<std::uint32_t>(messages.size());
    const double time_s = frame.time.value();
    std::string message(sizeof index + sizeof time_s, '\0');
    std::memcpy(message.data(), &index, sizeof index);
    std::memcpy(message.data() + sizeof index, &time_s, sizeof time_s);
    messages.push_back(message + jpeg_of(frame.image, writer));
  }
  tjDestroy(writer);
  return messages;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  std::uint16_t port = 0;
  std::size_t frames = 0;
  if (args.size() == 3) {
    std::from_chars(args[0].data(), args[0].data() + args[0].size(), port);
    std::from_chars(args[2].data(), args[2].data() + args[2].size(), frames);
  }
  if (port == 0 || frames == 0)
    bench::exit_with_error("usage: round_trip_latency PORT VIDEO FRAMES");
  const auto messages = messages_of(args[1], frames);
  bench::WebSocket page(port, "/practice");
  page.send(Kind::text, bench::kHello);
  page.next_containing("\"ready\"");
  std::vector<double> waited_ms;
  const auto start = Clock::now();
  for (const std::string& message : messages) {
    const auto sent = Clock::now();
    page.send(Kind::binary, message);
    page.next_containing("\"frame_done\"");
    waited_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - sent).count());
  }
  const double all_s = std::chrono::duration<double>(Clock::now() - start).count();
  std::ranges::sort(waited_ms);
  const auto quantile = [&](double share) {
    return waited_ms[static_cast<std::size_t>(share *
                                              static_cast<double>(waited_ms.size() - 1))];
  };
  std::cout << "{\"frames\": " << messages.size()
            << ", \"a_second\": " << static_cast<double>(messages.size()) / all_s
            << ", \"p50_ms\": " << quantile(0.5) << ", \"p99_ms\": " << quantile(0.99) << "}\n";
}
