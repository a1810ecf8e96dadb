// Writes the video fuzzers' seeds: small videos and photos of many kinds.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/media.h"

namespace {

using matside::support::Arguments;
using matside::support::operator+;

void write_seeds(const std::filesystem::path& folder) {
  const matside::support::MediaFolder media;
  const Arguments source = matside::support::grey_step_clip_args(32, 32, 10, 0.8);
  const Arguments x264 = matside::support::h264_args("bframes=1:keyint=4");
  const Arguments sound = {"-f", "lavfi", "-i", "sine=d=0.8"};
  const Arguments photo = {"-frames:v", "1"};
  const std::vector<std::pair<std::string, Arguments>> kinds = {
      {"a.mp4", x264},
      {"fragments.mp4", x264 + Arguments{"-movflags", "+frag_keyframe+empty_moov"}},
      {"a.mkv", x264},
      {"a.webm", {"-c:v", "libvpx"}},
      {"a.ts", x264},
      {"a.flv", x264},
      {"a.avi", {"-c:v", "mpeg4"}},
      {"a.mjpeg", {"-pix_fmt", "yuvj420p"}},
      {"a.gif", {}},
      {"a.ogv", {"-c:v", "libtheora"}},
      {"a.h264", x264},
      {"a.png", photo},
      {"a.jpg", photo},
      {"a.webp", photo},
      {"a.tiff", photo},
      {"both.mp4", sound + x264 + Arguments{"-c:a", "aac"}},
      {"both.mkv", sound + x264 + Arguments{"-c:a", "libvorbis"}},
      {"both.ts", sound + x264 + Arguments{"-c:a", "aac"}},
      {"both.mov", sound + x264 + Arguments{"-c:a", "pcm_s16le"}},
      {"sound.mp4", {"-f", "lavfi", "-i", "sine=d=0.2", "-map", "1"}},
  };
  for (const auto& [name, coding] : kinds) {
    std::filesystem::copy_file(media.make(name, source + coding), folder / name,
                               std::filesystem::copy_options::overwrite_existing);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    std::filesystem::create_directories(argv[1]);
    write_seeds(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
