#include "vision/video/converter.h"

#include <algorithm>
#include <cmath>

namespace matside::video {
namespace {

// Above this height unlabelled video is taken as high definition, as players do.
constexpr int kStandardDefinitionHeight_px = 576;

bool operator==(base::ImageSize a, base::ImageSize b) {
  return a.width_px == b.width_px && a.height_px == b.height_px;
}

int scaled(int side, double factor) {
  return std::max(1, static_cast<int>(std::lround(side * factor)));
}

/// FFmpeg's scaler speaks of full-range formats by an older name.
bool is_full_range(const AVFrame& frame) {
  switch (frame.format) {
    case AV_PIX_FMT_YUVJ420P:
    case AV_PIX_FMT_YUVJ422P:
    case AV_PIX_FMT_YUVJ444P:
    case AV_PIX_FMT_YUVJ440P:
    case AV_PIX_FMT_YUVJ411P:
      return true;
    default:
      return frame.color_range == AVCOL_RANGE_JPEG;
  }
}

int colour_matrix(const AVFrame& frame) {
  switch (frame.colorspace) {
    case AVCOL_SPC_BT709:
      return SWS_CS_ITU709;
    case AVCOL_SPC_FCC:
      return SWS_CS_FCC;
    case AVCOL_SPC_SMPTE240M:
      return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      return SWS_CS_BT2020;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
      return SWS_CS_ITU601;
    default:
      break;
  }
  const bool high_definition =
      std::min(frame.width, frame.height) > kStandardDefinitionHeight_px;
  return high_definition && !is_full_range(frame) ? SWS_CS_ITU709 : SWS_CS_ITU601;
}

bool has_transparency(int format) {
  const AVPixFmtDescriptor* description =
      av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  return description != nullptr &&
         (description->flags & (AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL)) != 0;
}

/// Brightness and colour apart, no transparency: what can be scaled as YUV 4:2:0.
bool is_plain_yuv(AVPixelFormat format) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(format);
  constexpr std::uint64_t kOther = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL |
                                   AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_HWACCEL |
                                   AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_FLOAT;
  return description != nullptr && (description->flags & kOther) == 0 &&
         description->nb_components == 3;
}

/// Turns RGBA rows into RGB ones, in place.
void blend_over_black(const AVFrame& picture) {
  const int width = picture.width;
  for (int y = 0; y < picture.height; ++y) {
    std::uint8_t* row = picture.data[0] + static_cast<std::ptrdiff_t>(y) * picture.linesize[0];
    for (int x = 0; x < width; ++x) {
      const unsigned alpha = row[4 * x + 3];
      for (int c = 0; c < 3; ++c) {
        row[3 * x + c] = static_cast<std::uint8_t>((row[4 * x + c] * alpha + 127) / 255);
      }
    }
  }
}

}  // namespace

base::ImageSize square_pixel_size(base::ImageSize stored, AVRational aspect) {
  constexpr double kMostUnlike = 8.0;
  constexpr double kAlmostSquare = 0.005;
  if (aspect.num <= 0 || aspect.den <= 0) return stored;
  const double ratio = av_q2d(aspect);
  if (ratio > kMostUnlike || ratio < 1.0 / kMostUnlike) return stored;
  if (std::abs(ratio - 1.0) < kAlmostSquare) return stored;
  if (ratio > 1.0) return {scaled(stored.width_px, ratio), stored.height_px};
  return {stored.width_px, scaled(stored.height_px, 1.0 / ratio)};
}

base::ImageSize limit_size(base::ImageSize size, int max_side_px) {
  const int longer = std::max(size.width_px, size.height_px);
  if (max_side_px <= 0 || longer <= max_side_px) return size;
  const double factor = static_cast<double>(max_side_px) / longer;
  return {scaled(size.width_px, factor), scaled(size.height_px, factor)};
}

/// One run of the scaler, with the picture it fills.
struct Converter::Stage {
  /// What a stage turns into what.
  struct Plan {
    base::ImageSize from;
    AVPixelFormat from_format;
    base::ImageSize to;
    AVPixelFormat to_format;
  };

  /// @returns nothing when the library has no way to do it.
  static std::unique_ptr<Stage> make(const Plan& plan, int matrix, bool full_range) {
    if (sws_isSupportedInput(plan.from_format) == 0) return nullptr;
    auto stage = std::make_unique<Stage>();
    stage->scaler.reset(sws_getContext(
        plan.from.width_px, plan.from.height_px, plan.from_format, plan.to.width_px,
        plan.to.height_px, plan.to_format, SWS_BILINEAR, nullptr, nullptr, nullptr));
    // The scaler's fast paths want aligned rows with room behind them, which Image has not.
    stage->filled.reset(av_frame_alloc());
    stage->filled->format = plan.to_format;
    stage->filled->width = plan.to.width_px;
    stage->filled->height = plan.to.height_px;
    if (!stage->scaler || av_frame_get_buffer(stage->filled.get(), 0) < 0) return nullptr;
    constexpr int kNoChange = 1 << 16;
    const int* colours = sws_getCoefficients(matrix);
    const bool to_rgb = plan.to_format != AV_PIX_FMT_YUV420P;
    sws_setColorspaceDetails(stage->scaler.get(), colours, full_range ? 1 : 0, colours,
                             to_rgb || full_range ? 1 : 0, 0, kNoChange, kNoChange);
    return stage;
  }

  bool run(const AVFrame& frame) const {
    return sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, filled->data,
                     filled->linesize) > 0;
  }

  ScalerPtr scaler;
  FramePtr filled;
};

Converter::Converter(base::ImageSize target, image::Orientation orientation)
    : target_(target), orientation_(orientation) {}
Converter::Converter(Converter&&) noexcept = default;
Converter& Converter::operator=(Converter&&) noexcept = default;
Converter::~Converter() = default;

base::Result<void> Converter::prepare(const AVFrame& frame, base::ImageSize to) {
  const base::ImageSize from{frame.width, frame.height};
  const Setup wanted{from, to, frame.format, colour_matrix(frame), is_full_range(frame)};
  if (to_rgb_ && wanted.from == setup_.from && wanted.to == setup_.to &&
      wanted.format == setup_.format && wanted.matrix == setup_.matrix &&
      wanted.full_range == setup_.full_range) {
    return {};
  }
  const base::Error failed{
      base::ErrorKind::input,
      "its kind of pixels cannot be converted to RGB; convert it to H.264"};
  to_rgb_.reset();
  shrink_.reset();
  auto format = static_cast<AVPixelFormat>(frame.format);
  // Scaling straight to RGB, or from deep colour, is several times slower than in two steps.
  if (is_plain_yuv(format) &&
      (!(from == to) || av_pix_fmt_desc_get(format)->comp[0].depth > 8)) {
    shrink_ =
        Stage::make({from, format, to, AV_PIX_FMT_YUV420P}, wanted.matrix, wanted.full_range);
    if (!shrink_) return failed;
    format = AV_PIX_FMT_YUV420P;
  }
  const AVPixelFormat rgb = has_transparency(format) ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
  to_rgb_ =
      Stage::make({shrink_ ? to : from, format, to, rgb}, wanted.matrix, wanted.full_range);
  if (!to_rgb_) return failed;
  setup_ = wanted;
  return {};
}

base::Result<void> Converter::convert(const AVFrame& frame, AVRational aspect,
                                      image::Image& image) {
  const base::ImageSize upright =
      image::upright_size(square_pixel_size({frame.width, frame.height}, aspect), orientation_);
  const double factor = std::min(static_cast<double>(target_.width_px) / upright.width_px,
                                 static_cast<double>(target_.height_px) / upright.height_px);
  base::ImageSize fitted{std::min(scaled(upright.width_px, factor), target_.width_px),
                         std::min(scaled(upright.height_px, factor), target_.height_px)};
  if (target_.width_px - fitted.width_px <= 1) fitted.width_px = target_.width_px;
  if (target_.height_px - fitted.height_px <= 1) fitted.height_px = target_.height_px;

  if (auto ready = prepare(frame, image::upright_size(fitted, orientation_)); !ready) {
    return ready.error();
  }
  const bool shrunk = !shrink_ || shrink_->run(frame);
  if (!shrunk || !to_rgb_->run(shrink_ ? *shrink_->filled : frame)) {
    return base::Error{base::ErrorKind::input, "a picture cannot be converted to RGB"};
  }
  const AVFrame& rgb = *to_rgb_->filled;
  if (rgb.format == AV_PIX_FMT_RGBA) blend_over_black(rgb);

  const std::size_t bytes = static_cast<std::size_t>(target_.width_px) * target_.height_px * 3;
  image.size = target_;
  if (!(fitted == target_)) image.rgb.assign(bytes, 0);
  image.rgb.resize(bytes);
  image::place_upright({rgb.data[0], rgb.linesize[0], {rgb.width, rgb.height}}, orientation_,
                       (target_.width_px - fitted.width_px) / 2,
                       (target_.height_px - fitted.height_px) / 2, image);
  return {};
}

}  // namespace matside::video
