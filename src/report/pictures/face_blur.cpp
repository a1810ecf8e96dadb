#include "report/pictures/face_blur.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/quantity.h"
#include "report/picture_layout.h"

namespace matside::pictures {
namespace {

using base::ImagePoint;
using base::Seconds;
using pose::Landmark;
using pose::Pose;

// The distance from the middle of the face to the crown or chin is about 0.10 of the height,
// and from shoulder to hip 0.29 (Winter, Biomechanics and Motor Control): a third, plus a
// margin.
constexpr double kRadiusOverTrunk = 0.5;
// The face's landmarks are well inside the head.
constexpr double kRadiusOverFace = 1.8;
// A head is never further from the shoulders.
constexpr double kFarthestOverTrunk = 1.0;
// A head hardly moves within this time.
constexpr Seconds kRound(0.25);
// Frames further away in time give no information.
constexpr Seconds kFarthest(1.0);
constexpr double kWiderWhereUnseen = 1.5;
// Colours from edge to edge: fewer than a face has parts.
constexpr int kColoursAcross = 3;

constexpr std::array kFace{Landmark::nose,
                           Landmark::left_eye_inner,
                           Landmark::left_eye,
                           Landmark::left_eye_outer,
                           Landmark::right_eye_inner,
                           Landmark::right_eye,
                           Landmark::right_eye_outer,
                           Landmark::left_ear,
                           Landmark::right_ear,
                           Landmark::mouth_left,
                           Landmark::mouth_right};

std::optional<ImagePoint> middle_of(const Pose& pose, std::span<const Landmark> landmarks) {
  ImagePoint sum;
  double count = 0.0;
  for (const Landmark landmark : landmarks) {
    const auto place = pose::is_valid(pose[landmark])
                           ? pose.at(landmark, report::kMinShownScore)
                           : std::nullopt;
    if (!place) continue;
    sum = {sum.x_px + place->x_px, sum.y_px + place->y_px};
    count += 1.0;
  }
  if (count == 0.0) return std::nullopt;
  return ImagePoint{sum.x_px / count, sum.y_px / count};
}

/// The circle, enlarged for a head that is not visible.
Circle widened(Circle circle) {
  circle.radius_px *= kWiderWhereUnseen;
  return circle;
}

/// The head in the nearest frame from `at` on, in the direction of `step`.
std::optional<Circle> nearest_head(std::span<const pose::PoseFrame> frames, std::size_t at,
                                   std::ptrdiff_t step) {
  for (auto i = static_cast<std::ptrdiff_t>(at);
       i >= 0 && i < static_cast<std::ptrdiff_t>(frames.size()); i += step) {
    const pose::PoseFrame& frame = frames[static_cast<std::size_t>(i)];
    if (std::abs((frame.time - frames[at].time).value()) > kFarthest.value()) break;
    if (!frame.pose) continue;
    if (const auto head = head_circle(*frame.pose)) return head;
  }
  return std::nullopt;
}

/// A coarse grid of mean colours over the circle's bounding square.
class ColourGrid {
 public:
  ColourGrid(const image::Image& picture, const Circle& circle) : circle_(circle) {
    std::array<double, kColoursAcross * kColoursAcross> counts{};
    visit(picture, [&](int x, int y) {
      const std::size_t cell = cell_at(x, y);
      const std::uint8_t* pixel = picture.row(y) + std::ptrdiff_t{3} * x;
      for (std::size_t c = 0; c < 3; ++c) sums_[cell][c] += pixel[c];
      counts[cell] += 1.0;
    });
    for (std::size_t cell = 0; cell < sums_.size(); ++cell) {
      for (double& sum : sums_[cell]) sum /= std::max(1.0, counts[cell]);
      seen_[cell] = counts[cell] > 0.0;
    }
  }

  /// Calls a function for each pixel of the circle inside the picture.
  template <class Do>
  void visit(const image::Image& picture, Do act) const {
    const auto first = [](double from) {
      return std::max(0, static_cast<int>(std::floor(from)));
    };
    const double r = circle_.radius_px;
    const int bottom = std::min(picture.size.height_px - 1,
                                static_cast<int>(std::ceil(circle_.centre.y_px + r)));
    const int right = std::min(picture.size.width_px - 1,
                               static_cast<int>(std::ceil(circle_.centre.x_px + r)));
    for (int y = first(circle_.centre.y_px - r); y <= bottom; ++y) {
      for (int x = first(circle_.centre.x_px - r); x <= right; ++x) {
        const double dx = x + 0.5 - circle_.centre.x_px;
        const double dy = y + 0.5 - circle_.centre.y_px;
        if (dx * dx + dy * dy <= r * r) act(x, y);
      }
    }
  }

  /// Interpolated between the centres of the cells.
  [[nodiscard]] std::array<double, 3> at(int x, int y) const {
    const double column = place(x + 0.5 - circle_.centre.x_px) - 0.5;
    const double row = place(y + 0.5 - circle_.centre.y_px) - 0.5;
    std::array<double, 3> colour{};
    double total = 0.0;
    for (std::size_t cell = 0; cell < sums_.size(); ++cell) {
      const std::size_t across = cell % kColoursAcross;
      const std::size_t down = cell / kColoursAcross;
      const double weight =
          (seen_[cell] ? 1.0 : 0.0) *
          std::max(0.0, 1.0 - std::abs(column - static_cast<double>(across))) *
          std::max(0.0, 1.0 - std::abs(row - static_cast<double>(down)));
      for (std::size_t c = 0; c < 3; ++c) colour[c] += weight * sums_[cell][c];
      total += weight;
    }
    if (total <= 0.0) return sums_[cell_at(x, y)];
    for (double& c : colour) c /= total;
    return colour;
  }

 private:
  /// 0 at one edge of the circle's square to kColoursAcross at the other.
  [[nodiscard]] double place(double from_centre) const {
    const double share = 0.5 + 0.5 * from_centre / std::max(1e-9, circle_.radius_px);
    return std::clamp(share, 0.0, 1.0) * kColoursAcross;
  }
  [[nodiscard]] std::size_t cell_at(int x, int y) const {
    const auto cell = [&](double from_centre) -> std::size_t {
      return std::min(kColoursAcross - 1, static_cast<int>(place(from_centre)));
    };
    return cell(y + 0.5 - circle_.centre.y_px) * kColoursAcross +
           cell(x + 0.5 - circle_.centre.x_px);
  }

  Circle circle_;
  std::array<std::array<double, 3>, kColoursAcross * kColoursAcross> sums_{};
  std::array<bool, kColoursAcross * kColoursAcross> seen_{};
};

}  // namespace

std::optional<Circle> head_circle(const Pose& pose) {
  constexpr std::array kShoulders{Landmark::left_shoulder, Landmark::right_shoulder};
  constexpr std::array kHips{Landmark::left_hip, Landmark::right_hip};
  const auto face = middle_of(pose, kFace);
  const auto shoulders = middle_of(pose, kShoulders);
  const auto hips = middle_of(pose, kHips);
  if (!face || !shoulders || !hips) return std::nullopt;
  const double trunk_px = base::length(*shoulders - *hips);
  if (base::length(*face - *shoulders) > kFarthestOverTrunk * trunk_px) return std::nullopt;
  double radius_px = kRadiusOverTrunk * trunk_px;
  for (const Landmark landmark : kFace) {
    if (const auto place = pose.at(landmark, report::kMinShownScore)) {
      radius_px = std::max(radius_px, kRadiusOverFace * base::length(*place - *face));
    }
  }
  return Circle{*face, radius_px};
}

std::vector<Circle> head_circles_at(std::span<const pose::PoseFrame> frames, std::size_t at) {
  std::vector<Circle> heads;
  const Seconds now = frames[at].time;
  const auto from = std::ranges::lower_bound(frames, now - kRound, {}, &pose::PoseFrame::time);
  for (auto frame = from; frame != frames.end() && frame->time <= now + kRound; ++frame) {
    if (!frame->pose) continue;
    if (const auto head = head_circle(*frame->pose)) heads.push_back(*head);
  }
  if (frames[at].pose && head_circle(*frames[at].pose)) return heads;
  for (const std::ptrdiff_t step : {-1, 1}) {
    if (const auto head = nearest_head(frames, at, step)) heads.push_back(widened(*head));
  }
  return heads;
}

void blur(image::Image& picture, std::span<const Circle> circles) {
  // All colours are taken before anything is blurred, so that the order does not matter.
  std::vector<ColourGrid> colours;
  colours.reserve(circles.size());
  for (const Circle& circle : circles) colours.emplace_back(picture, circle);
  for (const ColourGrid& of_one : colours) {
    of_one.visit(picture, [&](int x, int y) {
      const auto colour = of_one.at(x, y);
      const auto at = static_cast<std::size_t>(y) * picture.stride_bytes() +
                      static_cast<std::size_t>(x) * 3;
      for (std::size_t c = 0; c < 3; ++c) {
        picture.rgb[at + c] = static_cast<std::uint8_t>(std::lround(colour[c]));
      }
    });
  }
}

}  // namespace matside::pictures
