#include "vision/media/converter.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>
#include <utility>

#include "vision/media/picture_size.h"
#include "vision/media/yuv_colours.h"

namespace matside::media {
namespace {

int scaled(int side, double factor) {
  return std::max(1, static_cast<int>(std::lround(side * factor)));
}

/// An enumerator's number, which in a frame of a hostile file may be none of those named:
/// `otherwise` then.
template <class Enumerator>
int tag(const Enumerator& enumerator, int most, int otherwise) {
  int number = 0;
  static_assert(sizeof number == sizeof enumerator);
  std::memcpy(&number, &enumerator, sizeof number);
  return number >= 0 && number <= most ? number : otherwise;
}

int matrix_tag(const AVFrame& frame) {
  return tag(frame.colorspace, AVCOL_SPC_ICTCP, AVCOL_SPC_UNSPECIFIED);
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
      return tag(frame.color_range, AVCOL_RANGE_JPEG, AVCOL_RANGE_UNSPECIFIED) ==
             AVCOL_RANGE_JPEG;
  }
}

int colour_matrix(const AVFrame& frame) {
  ColourTags tags;
  tags.matrix = matrix_tag(frame);
  tags.full_range = is_full_range(frame);
  return scaler_matrix(tags, {frame.width, frame.height});
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

bool is_planes(int format) {
  return format == AV_PIX_FMT_YUV420P || format == AV_PIX_FMT_YUVJ420P;
}

using SharedFrame = std::shared_ptr<AVFrame>;

/// Marks frames that a converter has filled, apart from those the decoder may still read.
const char kFilledHere = 0;

SharedFrame owned(AVFrame* frame) { return {frame, FreeFrame()}; }

/// A frame to fill with planes of that size: the one that `held` alone holds where it will do.
SharedFrame frame_to_fill(std::shared_ptr<const void> held, base::ImageSize size) {
  auto frame = std::const_pointer_cast<AVFrame>(std::static_pointer_cast<const AVFrame>(held));
  held.reset();
  if (frame && frame.use_count() == 1 && frame->opaque == &kFilledHere &&
      frame->width == size.width_px && frame->height == size.height_px) {
    return frame;
  }
  frame = owned(av_frame_alloc());
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = size.width_px;
  frame->height = size.height_px;
  frame->opaque = const_cast<char*>(&kFilledHere);
  if (av_frame_get_buffer(frame.get(), 0) < 0) return nullptr;
  return frame;
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

ColourTags colour_tags(const AVFrame& frame) {
  ColourTags tags;
  if (!is_plain_yuv(static_cast<AVPixelFormat>(frame.format))) {
    const int matrix = scaler_matrix(tags, {frame.width, frame.height});
    tags.matrix = matrix == SWS_CS_ITU709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    return tags;
  }
  tags.primaries = tag(frame.color_primaries, AVCOL_PRI_EBU3213, AVCOL_PRI_UNSPECIFIED);
  tags.transfer = tag(frame.color_trc, AVCOL_TRC_ARIB_STD_B67, AVCOL_TRC_UNSPECIFIED);
  tags.matrix = matrix_tag(frame);
  tags.full_range = is_full_range(frame);
  tags.chroma_location =
      tag(frame.chroma_location, AVCHROMA_LOC_BOTTOM, AVCHROMA_LOC_UNSPECIFIED);
  return tags;
}

int scaler_matrix(const ColourTags& tags, base::ImageSize size) {
  switch (tags.matrix) {
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
  return is_guessed_bt709(size, tags.full_range) ? SWS_CS_ITU709 : SWS_CS_ITU601;
}

image::YuvToRgb colours_of(int scaler_matrix, bool full_range) {
  return yuv_to_rgb(std::span<const int, 4>(sws_getCoefficients(scaler_matrix), 4), full_range);
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

  bool run(const AVFrame& frame) const { return run(frame, *filled); }
  bool run(const AVFrame& frame, AVFrame& into) const {
    return sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, into.data,
                     into.linesize) > 0;
  }

  ScalerPtr scaler;
  FramePtr filled;
};

Converter::Converter(base::ImageSize target, image::Orientation orientation)
    : target_(target), orientation_(orientation) {}
Converter::Converter(Converter&&) noexcept = default;
Converter& Converter::operator=(Converter&&) noexcept = default;
Converter::~Converter() = default;

base::Result<void> Converter::prepare(const AVFrame& frame, base::ImageSize to,
                                      bool as_planes) {
  const base::ImageSize from{frame.width, frame.height};
  const Setup wanted{from,     to, frame.format, colour_matrix(frame), is_full_range(frame),
                     as_planes};
  if (wanted == setup_) return {};
  const base::Error failed{
      base::ErrorKind::input,
      "its pixel format cannot be converted to RGB; convert the video to H.264"};
  setup_ = {};
  to_rgb_.reset();
  scale_stage_.reset();
  auto format = static_cast<AVPixelFormat>(frame.format);
  // Scaling straight to RGB, or from deep colour, is several times slower than in two steps.
  const bool shrinks =
      as_planes ||
      (is_plain_yuv(format) && (from != to || av_pix_fmt_desc_get(format)->comp[0].depth > 8));
  if (shrinks) {
    scale_stage_ =
        Stage::make({from, format, to, AV_PIX_FMT_YUV420P}, wanted.matrix, wanted.full_range);
    if (!scale_stage_) return failed;
    format = AV_PIX_FMT_YUV420P;
  }
  if (!as_planes) {
    const AVPixelFormat rgb = has_transparency(format) ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
    to_rgb_ = Stage::make({scale_stage_ ? to : from, format, to, rgb}, wanted.matrix,
                          wanted.full_range);
    if (!to_rgb_) return failed;
  }
  setup_ = wanted;
  return {};
}

/// Size of the upright picture inside the target.
base::ImageSize Converter::fitted(const AVFrame& frame, AVRational aspect) const {
  const base::ImageSize upright = image::upright_size(
      square_pixel_size({frame.width, frame.height}, {aspect.num, aspect.den}), orientation_);
  const double factor = std::min(static_cast<double>(target_.width_px) / upright.width_px,
                                 static_cast<double>(target_.height_px) / upright.height_px);
  base::ImageSize size{std::min(scaled(upright.width_px, factor), target_.width_px),
                       std::min(scaled(upright.height_px, factor), target_.height_px)};
  if (target_.width_px - size.width_px <= 1) size.width_px = target_.width_px;
  if (target_.height_px - size.height_px <= 1) size.height_px = target_.height_px;
  return size;
}

base::Result<void> Converter::convert(const AVFrame& frame, AVRational aspect,
                                      image::Image& image) {
  const base::ImageSize size = fitted(frame, aspect);
  if (auto ready = prepare(frame, image::upright_size(size, orientation_), false); !ready) {
    return ready.error();
  }
  const bool shrunk = !scale_stage_ || scale_stage_->run(frame);
  if (!shrunk || !to_rgb_->run(scale_stage_ ? *scale_stage_->filled : frame)) {
    return base::Error{base::ErrorKind::input, "a picture cannot be converted to RGB"};
  }
  const AVFrame& rgb = *to_rgb_->filled;
  if (rgb.format == AV_PIX_FMT_RGBA) blend_over_black(rgb);

  const std::size_t bytes = static_cast<std::size_t>(target_.width_px) * target_.height_px * 3;
  image.size = target_;
  if (size != target_) image.rgb.assign(bytes, 0);
  image.rgb.resize(bytes);
  image::place_upright({rgb.data[0], rgb.linesize[0], {rgb.width, rgb.height}}, orientation_,
                       (target_.width_px - size.width_px) / 2,
                       (target_.height_px - size.height_px) / 2, image);
  return {};
}

base::Result<bool> Converter::reference_planes(const AVFrame& frame, AVRational aspect,
                                               image::Planes& planes) {
  const bool plain = is_plain_yuv(static_cast<AVPixelFormat>(frame.format));
  if (!plain || fitted(frame, aspect) != target_) return false;
  const base::ImageSize to = image::upright_size(target_, orientation_);
  const base::Error failed{base::ErrorKind::input, "a picture cannot be converted"};
  SharedFrame shown;
  if (is_planes(frame.format) && to == base::ImageSize{frame.width, frame.height}) {
    shown = owned(av_frame_clone(&frame));
  } else {
    if (auto ready = prepare(frame, to, true); !ready) return ready.error();
    shown = frame_to_fill(std::exchange(planes.owner, nullptr), to);
    if (!shown || !scale_stage_->run(frame, *shown)) return failed;
  }
  if (!shown) return failed;
  planes = {.y = shown->data[0],
            .u = shown->data[1],
            .v = shown->data[2],
            .y_stride_bytes = shown->linesize[0],
            .uv_stride_bytes = shown->linesize[1],
            .stored = to,
            .orientation = orientation_,
            .colours = colours_of(colour_matrix(frame), is_full_range(frame)),
            .owner = shown};
  return true;
}

}  // namespace matside::media
