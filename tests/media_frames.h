// Inspects pictures that were read, for the media tests.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/media.h"
#include "vision/video/video_reader.h"

namespace matside::tests {

using support::Arguments;
using support::Bytes;
using support::grey_step_clip_args;
using support::h264_args;
using support::MediaFolder;
using support::quadrant_clip_args;
using support::operator+;

using Colour = std::array<int, 3>;

/// The colour of the pixel at a point, given as fractions of width and height.
inline Colour colour_at(const image::Image& image, double x_fraction, double y_fraction) {
  const int x = static_cast<int>(x_fraction * image.size.width_px);
  const int y = static_cast<int>(y_fraction * image.size.height_px);
  const std::uint8_t* pixel = image.row(y) + x * 3;
  return {pixel[0], pixel[1], pixel[2]};
}

/// r, g, b, y (yellow), k (black), w (white) or ? for anything else.
inline char colour_name(Colour colour) {
  std::string bits;
  for (const int channel : colour) {
    if (channel > 64 && channel < 192) return '?';
    bits += channel >= 192 ? '1' : '0';
  }
  if (bits == "100") return 'r';
  if (bits == "010") return 'g';
  if (bits == "001") return 'b';
  if (bits == "110") return 'y';
  if (bits == "000") return 'k';
  return bits == "111" ? 'w' : '?';
}

/// Colours at the centres of the quadrants: top left, top right, bottom left, bottom right.
inline std::string corner_colours(const image::Image& image) {
  std::string names;
  for (const double y : {0.25, 0.75}) {
    for (const double x : {0.25, 0.75}) names += colour_name(colour_at(image, x, y));
  }
  return names;
}

/// Expects each channel within `tolerance`.
inline void expect_colour(Colour actual, Colour expected, int tolerance) {
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(actual[i], expected[i], tolerance)
        << actual[0] << " " << actual[1] << " " << actual[2];
  }
}

/// Expects a size in pixels.
inline void expect_size(base::ImageSize actual, int width_px, int height_px) {
  EXPECT_EQ(actual.width_px, width_px);
  EXPECT_EQ(actual.height_px, height_px);
}

/// A frame's index, time and the grey value of its centre, which identifies it.
struct FrameSummary {
  std::int64_t index = 0;
  double time_s = 0.0;
  int grey = 0;
};

/// Opens a video that must be readable.
inline video::VideoReader open_video(const std::filesystem::path& path,
                                     video::Options options = {}) {
  auto reader = video::VideoReader::open(path, options);
  if (!reader) throw std::runtime_error(reader.error().message);
  return std::move(reader).value();
}

/// The first frame of a video that must be readable.
inline video::Frame first_frame(const std::filesystem::path& path,
                                video::Options options = {}) {
  auto reader = open_video(path, options);
  video::Frame frame;
  const auto more = reader.read(frame);
  if (!more || !more.value()) throw std::runtime_error(path.string() + ": no first picture");
  return frame;
}

/// Summaries of all remaining frames.
inline std::vector<FrameSummary> read_all(video::VideoReader& reader) {
  std::vector<FrameSummary> seen;
  video::Frame frame;
  while (true) {
    const auto more = reader.read(frame);
    if (!more) throw std::runtime_error(more.error().message);
    if (!more.value()) return seen;
    seen.push_back({frame.index, frame.time.value(), colour_at(frame.image, 0.5, 0.5)[1]});
  }
}

/// Summaries of all frames of a file.
inline std::vector<FrameSummary> read_all(const std::filesystem::path& path,
                                          video::Options options = {}) {
  auto reader = open_video(path, options);
  return read_all(reader);
}

}  // namespace matside::tests
