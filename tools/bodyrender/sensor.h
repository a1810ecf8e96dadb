// Simulates a camera's sensor: blur, exposure, tone, noise and compression.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/bodyrender/outfit.h"

namespace matside::bodyrender {

/// A square picture in linear light.
struct Radiance {
  int side = 0;
  std::vector<Colour> pixels;  ///< Row by row.
};

/// A square picture of 8-bit RGB, row by row.
struct Picture {
  int side = 0;
  std::vector<std::uint8_t> rgb;
};

/// Parameters of a camera's sensor and processing.
struct Sensor {
  float exposure = 0.2F;  ///< The picture's mean linear light as stored.
  Colour white = Colour::Ones();
  float gamma = 2.2F;
  float contrast = 0.0F;  ///< Of an S-shaped curve, 0 .. 1.
  float saturation = 1.0F;
  float noise = 0.01F;      ///< Deviation at mid grey, 1 = full range.
  float defocus_px = 0.0F;  ///< Radius.
  Vec2 motion_px = Vec2::Zero();
  float sharpening = 0.0F;  ///< Of edges, as phones do; 0 .. 1.
  float vignette = 0.0F;    ///< How much darker the corners are, 0 .. 1.
  int quality = 0;          ///< Of JPEG compression, 1 .. 100; 0: none.
  float smoothing = 0.0F;   ///< Of a strong denoiser after the noise, 0 .. 1.
};

/// Random parameters.
Sensor draw_sensor(Style style, Random& random);

/// Converts light to a stored picture; pixels outside the camera's frame (`outside`, row by
/// row) are black.
Picture simulate_sensor(const Sensor& sensor, Radiance radiance,
                        const std::vector<char>& outside, Random& random);

/// Enlarges a picture bilinearly to `side` pixels.
Picture resized(const Picture& picture, int side);

}  // namespace matside::bodyrender
