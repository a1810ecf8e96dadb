// Follows the person through RGB pictures and prints a line for each: quarter turns and the
// joints in pixels. The native program reads the pictures from standard input; the module for
// browsers exports the same as functions.
//
//   track_pictures MODELS_FOLDER WIDTH HEIGHT < pictures.rgb

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "vision/blazepose/pose_tracker.h"

namespace {

using namespace matside;

struct Follower {
  std::optional<blazepose::PoseTracker> tracker;
  image::Image picture;
  std::string line;
};

Follower& follower() {
  static Follower only;
  return only;
}

/// Empty when the networks are ready, or else what failed.
const std::string& open(const std::string& models, int width_px, int height_px) {
  Follower& f = follower();
  f.picture.size = {width_px, height_px};
  f.picture.rgb.resize(static_cast<std::size_t>(3) * width_px * height_px);
  auto tracker = blazepose::PoseTracker::create({.folder = models}, {.lag = 1});
  f.line = tracker.ok() ? "" : tracker.error().message;
  if (tracker.ok()) f.tracker = std::move(tracker).value();
  return f.line;
}

const std::string& track() {
  Follower& f = follower();
  f.line.clear();
  const image::View view(f.picture);
  const auto tracked = f.tracker->track({&view, 1});
  if (!tracked.ok()) return f.line = "error: " + tracked.error().message;
  const blazepose::TrackedPose& seen = tracked.value().front();
  f.line = std::to_string(seen.quarter_turns);
  if (!seen.pose) return f.line;
  for (const pose::Keypoint& joint : seen.pose->keypoints) {
    std::array<char, 96> text;
    std::snprintf(text.data(), text.size(), " %.4f %.4f %.4f", joint.position.x_px,
                  joint.position.y_px, joint.score);
    f.line += text.data();
  }
  return f.line;
}

}  // namespace

#ifdef __wasm__
#define MATSIDE_EXPORT(name) __attribute__((export_name(#name))) name

extern "C" {
const char* MATSIDE_EXPORT(open_tracker)(int width_px, int height_px) {
  return open("", width_px, height_px).c_str();
}
std::uint8_t* MATSIDE_EXPORT(picture)() { return follower().picture.rgb.data(); }
const char* MATSIDE_EXPORT(track_picture)() { return track().c_str(); }
}
#else
int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: track_pictures MODELS_FOLDER WIDTH HEIGHT < pictures.rgb\n", stderr);
    return 2;
  }
  const std::string& problem = open(argv[1], std::atoi(argv[2]), std::atoi(argv[3]));
  if (!problem.empty()) {
    std::fprintf(stderr, "%s\n", problem.c_str());
    return 1;
  }
  auto& rgb = follower().picture.rgb;
  while (std::fread(rgb.data(), 1, rgb.size(), stdin) == rgb.size()) std::puts(track().c_str());
  return 0;
}
#endif
