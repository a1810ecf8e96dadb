#include "tools/bodyrender/sensor.h"

#include <jpeglib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace matside::bodyrender {
namespace {

/// The nearest value that a byte can hold.
std::uint8_t stored(float value) {
  const float half_up = value + 0.5F;
  return static_cast<std::uint8_t>(std::clamp(half_up, 0.0F, 255.0F));
}

/// Averages along a line of `length_px` centred on each pixel.
void blur_along(const Vec2& length_px, Radiance& picture) {
  const int taps = 1 + 2 * static_cast<int>(std::ceil(0.5F * length_px.norm()));
  if (taps <= 1) return;
  const std::vector<Colour> from = picture.pixels;
  const int side = picture.side;
  std::vector<std::array<int, 2>> offsets;
  for (int k = 0; k < taps; ++k) {
    const float t = static_cast<float>(k) / static_cast<float>(taps - 1) - 0.5F;
    offsets.push_back({static_cast<int>(std::lround(length_px.x() * t)),
                       static_cast<int>(std::lround(length_px.y() * t))});
  }
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      Colour sum = Colour::Zero();
      for (const auto& [dx, dy] : offsets) {
        sum +=
            from[at(std::clamp(y + dy, 0, side - 1) * side + std::clamp(x + dx, 0, side - 1))];
      }
      picture.pixels[at(y * side + x)] = sum / static_cast<float>(taps);
    }
  }
}

void defocus(float radius_px, Radiance& picture) {
  for (int k = 0; k < 2; ++k) {
    blur_along(Vec2(radius_px, 0.0F), picture);
    blur_along(Vec2(0.0F, radius_px), picture);
  }
}

/// Smooths flat places and keeps edges, as strong denoisers do.
void denoise(float strength, Picture& picture) {
  const Picture from = picture;
  const int side = picture.side;
  for (int y = 1; y + 1 < side; ++y) {
    for (int x = 1; x + 1 < side; ++x) {
      for (int c = 0; c < 3; ++c) {
        const std::size_t here = at((y * side + x) * 3 + c);
        const int middle = from.rgb[here];
        float sum = 0.0F;
        float total = 0.0F;
        for (int dy = -1; dy <= 1; ++dy) {
          for (int dx = -1; dx <= 1; ++dx) {
            const int other = from.rgb[at(((y + dy) * side + x + dx) * 3 + c)];
            const float weight = std::abs(other - middle) < 24 ? 1.0F : 0.08F;
            sum += weight * static_cast<float>(other);
            total += weight;
          }
        }
        const float mixed =
            static_cast<float>(middle) * (1.0F - strength) + strength * sum / total;
        picture.rgb[here] = stored(mixed);
      }
    }
  }
}

std::vector<std::uint8_t> jpeg_bytes(const Picture& picture, int quality) {
  jpeg_compress_struct job{};
  jpeg_error_mgr errors{};
  job.err = jpeg_std_error(&errors);
  jpeg_create_compress(&job);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;  // NOLINT(google-runtime-int): the library's type
  jpeg_mem_dest(&job, &bytes, &size);
  job.image_width = static_cast<JDIMENSION>(picture.side);
  job.image_height = static_cast<JDIMENSION>(picture.side);
  job.input_components = 3;
  job.in_color_space = JCS_RGB;
  jpeg_set_defaults(&job);
  jpeg_set_quality(&job, quality, TRUE);
  job.dct_method = JDCT_ISLOW;
  jpeg_start_compress(&job, TRUE);
  std::vector<std::uint8_t> row(at(picture.side) * 3);
  for (int y = 0; y < picture.side; ++y) {
    const std::uint8_t* from = picture.rgb.data() + at(y) * row.size();
    std::copy(from, from + row.size(), row.begin());
    JSAMPROW rows = row.data();
    jpeg_write_scanlines(&job, &rows, 1);
  }
  jpeg_finish_compress(&job);
  jpeg_destroy_compress(&job);
  std::vector<std::uint8_t> out(bytes, bytes + size);
  std::free(bytes);  // NOLINT: given by the library through malloc
  return out;
}

void through_jpeg(int quality, Picture& picture) {
  const std::vector<std::uint8_t> bytes = jpeg_bytes(picture, quality);
  jpeg_decompress_struct job{};
  jpeg_error_mgr errors{};
  job.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&job);
  jpeg_mem_src(&job, bytes.data(), static_cast<unsigned long>(bytes.size()));  // NOLINT
  jpeg_read_header(&job, TRUE);
  job.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&job);
  for (int y = 0; y < picture.side; ++y) {
    JSAMPROW row = picture.rgb.data() + at(y) * at(picture.side) * 3;
    jpeg_read_scanlines(&job, &row, 1);
  }
  jpeg_finish_decompress(&job);
  jpeg_destroy_decompress(&job);
}

/// Adds what a picture has beyond its own blur.
void sharpen(float strength, Picture& picture) {
  const Picture from = picture;
  const int side = picture.side;
  for (int y = 1; y + 1 < side; ++y) {
    for (int x = 1; x + 1 < side; ++x) {
      for (int c = 0; c < 3; ++c) {
        const std::size_t here = at((y * side + x) * 3 + c);
        const int round = from.rgb[here - 3] + from.rgb[here + 3] +
                          from.rgb[here - at(side) * 3] + from.rgb[here + at(side) * 3];
        const float detail = static_cast<float>(4 * from.rgb[here] - round) * 0.25F;
        const float value = static_cast<float>(from.rgb[here]) + strength * detail;
        picture.rgb[here] = stored(value);
      }
    }
  }
}

/// Cheap, roughly normal: the sum of four bytes.
float rough_normal(std::uint64_t bits) {
  const int sum = static_cast<int>(bits & 0xff) + static_cast<int>((bits >> 8) & 0xff) +
                  static_cast<int>((bits >> 16) & 0xff) + static_cast<int>((bits >> 24) & 0xff);
  return (static_cast<float>(sum) - 510.0F) * (1.0F / 148.0F);
}

/// Linear light to a stored value, 0 .. 1, by table.
class Tone {
 public:
  explicit Tone(const Sensor& sensor) {
    for (int i = 0; i < kSize; ++i) {
      const float x = static_cast<float>(i) / static_cast<float>(kSize - 1);
      const float v = std::pow(x * x, 1.0F / sensor.gamma);  // entries lie closer in the dark
      const float curved = v * v * (3.0F - 2.0F * v);
      table_.at(at(i)) = v + sensor.contrast * (curved - v);
    }
  }
  [[nodiscard]] float operator()(float light) const {
    const float x = std::sqrt(std::clamp(light, 0.0F, 1.0F));
    const float entry = 0.5F + x * static_cast<float>(kSize - 1);
    return table_.at(at(static_cast<int>(entry)));
  }

 private:
  static constexpr int kSize = 1024;
  std::array<float, kSize> table_{};
};

/// Of the frame; what is brighter than white counts as white.
float mean_light(const Radiance& radiance, const std::vector<char>& outside) {
  float sum = 0.0F;
  float count = 0.0F;
  for (std::size_t i = 0; i < radiance.pixels.size(); ++i) {
    if (outside[i] != 0) continue;
    sum += std::min(1.0F, radiance.pixels[i].mean());
    count += 1.0F;
  }
  return std::max(0.02F, count > 0.0F ? sum / count : 0.0F);
}

}  // namespace

Sensor draw_sensor(Style style, Random& random) {
  Sensor s;
  const bool dim = random.chance(0.15F);
  s.exposure = dim ? random.log_uniform(0.02F, 0.08F) : random.log_uniform(0.1F, 0.4F);
  s.white = Colour(random.normal(1.0F, 0.07F), 1.0F, random.normal(1.0F, 0.09F)).max(0.6F);
  s.gamma = random.uniform(1.8F, 2.6F);
  s.contrast = random.uniform(0.0F, 0.7F);
  s.saturation = random.chance(0.05F) ? 0.0F : random.uniform(0.6F, 1.3F);
  s.noise = (dim ? 2.0F : 1.0F) *
            (random.chance(0.5F) ? random.uniform(0.0F, 0.012F) : random.uniform(0.0F, 0.04F));
  if (random.chance(0.25F)) s.defocus_px = random.uniform(0.8F, 3.0F);
  if (random.chance(0.12F)) {
    s.motion_px =
        random.uniform(2.0F, 9.0F) * Vec2(random.normal(), random.normal()).normalized();
  }
  if (random.chance(0.3F)) s.sharpening = random.uniform(0.2F, 1.0F);
  if (random.chance(0.3F)) s.vignette = random.uniform(0.0F, 0.6F);
  if (random.chance(0.7F)) s.quality = 15 + random.below(81);
  if (style == Style::held) {
    s.gamma = random.uniform(1.4F, 3.0F);
    s.white = Colour(random.uniform(0.75F, 1.25F), random.uniform(0.9F, 1.1F),
                     random.uniform(0.7F, 1.3F));
    s.smoothing = random.chance(0.6F) ? random.uniform(0.4F, 1.0F) : 0.0F;
    s.quality = random.chance(0.3F) ? 30 + random.below(60) : 0;
  }
  if (style == Style::plain) {
    s.white = Colour::Ones();
    s.saturation = 1.0F;
    s.contrast = 0.0F;
  }
  return s;
}

Picture simulate_sensor(const Sensor& sensor, Radiance radiance,
                        const std::vector<char>& outside, Random& random) {
  if (sensor.defocus_px > 0.0F) defocus(sensor.defocus_px, radiance);
  if (sensor.motion_px.norm() > 1.0F) blur_along(sensor.motion_px, radiance);
  const Tone tone(sensor);
  Picture picture;
  picture.side = radiance.side;
  picture.rgb.resize(radiance.pixels.size() * 3);
  const Vec2 middle = Vec2::Constant(0.5F * static_cast<float>(picture.side));
  const Colour gain = sensor.white * (sensor.exposure / mean_light(radiance, outside));
  for (std::size_t i = 0; i < radiance.pixels.size(); ++i) {
    if (outside[i] != 0) continue;
    const int row = static_cast<int>(i) / picture.side;
    const int column = static_cast<int>(i) % picture.side;
    const Vec2 place(static_cast<float>(column), static_cast<float>(row));
    const float off_centre = (place - middle).squaredNorm() / middle.squaredNorm();
    Colour light = radiance.pixels[i] * gain * (1.0F - sensor.vignette * off_centre);
    const float grey = light.mean();
    light = grey + (light - grey) * sensor.saturation;
    std::uint64_t bits = random.bits();
    for (int c = 0; c < 3; ++c) {
      const float value = tone(light[c]) + sensor.noise * rough_normal(bits);
      bits = (bits >> 20) | (bits << 44);
      picture.rgb[i * 3 + at(c)] = stored(value * 255.0F);
    }
  }
  if (sensor.sharpening > 0.0F) sharpen(sensor.sharpening, picture);
  if (sensor.smoothing > 0.0F) denoise(sensor.smoothing, picture);
  if (sensor.quality > 0) through_jpeg(sensor.quality, picture);
  for (std::size_t i = 0; i < outside.size(); ++i) {
    if (outside[i] != 0)
      std::fill_n(picture.rgb.begin() + static_cast<std::ptrdiff_t>(3 * i), 3, std::uint8_t{0});
  }
  return picture;
}

Picture resized(const Picture& picture, int side) {
  if (picture.side == side) return picture;
  Picture out;
  out.side = side;
  out.rgb.resize(at(side) * at(side) * 3);
  const float step = static_cast<float>(picture.side) / static_cast<float>(side);
  const auto last = static_cast<float>(picture.side - 1);
  for (int y = 0; y < side; ++y) {
    const float fy = std::clamp((static_cast<float>(y) + 0.5F) * step - 0.5F, 0.0F, last);
    const int y0 = std::min(static_cast<int>(fy), picture.side - 2);
    const float ty = fy - static_cast<float>(y0);
    for (int x = 0; x < side; ++x) {
      const float fx = std::clamp((static_cast<float>(x) + 0.5F) * step - 0.5F, 0.0F, last);
      const int x0 = std::min(static_cast<int>(fx), picture.side - 2);
      const float tx = fx - static_cast<float>(x0);
      for (int c = 0; c < 3; ++c) {
        const auto pixel = [&](int px, int py) {
          return static_cast<float>(picture.rgb[at((py * picture.side + px) * 3 + c)]);
        };
        const float top = pixel(x0, y0) * (1.0F - tx) + pixel(x0 + 1, y0) * tx;
        const float bottom = pixel(x0, y0 + 1) * (1.0F - tx) + pixel(x0 + 1, y0 + 1) * tx;
        out.rgb[at((y * side + x) * 3 + c)] = stored(top * (1.0F - ty) + bottom * ty);
      }
    }
  }
  return out;
}

}  // namespace matside::bodyrender
