#include "agreement/plots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace matside::agreement {
namespace {

constexpr double kWidth_px = 460.0;
constexpr double kHeight_px = 320.0;
constexpr double kLeft_px = 52.0;
constexpr double kRight_px = 78.0;
constexpr double kTop_px = 12.0;
constexpr double kBottom_px = 44.0;
constexpr std::size_t kMostPoints = 3000;
constexpr double kMostTicks = 7.0;

struct Point {
  double x = 0.0;
  double y = 0.0;
  pose::Side side = pose::Side::left;
};

struct Span {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void include(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

/// 1, 2 or 5 times a power of ten.
double tick_step(double span) {
  double power = 1e-3;
  while (power * 10.0 * kMostTicks < span) power *= 10.0;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power * kMostTicks >= span) return factor * power;
  }
  return power * 10.0;
}

/// A frame with ticks and titles; everything drawn in it is in the data's units.
class Plot {
 public:
  Plot(Span x, Span y, std::string_view x_title, std::string_view y_title)
      : x_(widened(x)), y_(widened(y)) {
    svg_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
        "width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\" aria-label=\"{2} by {3}\">",
        kWidth_px, kHeight_px, y_title, x_title);
    for (const double at : ticks(x_)) {
      svg_ += fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
          "<text x=\"{0:.1f}\" y=\"{3:.1f}\" text-anchor=\"middle\">{4:g}</text>",
          x_px(at), kTop_px, kHeight_px - kBottom_px, kHeight_px - kBottom_px + 16.0, at);
    }
    for (const double at : ticks(y_)) {
      svg_ += fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>"
          "<text x=\"{3:.1f}\" y=\"{4:.1f}\" text-anchor=\"end\">{5:g}</text>",
          kLeft_px, kWidth_px - kRight_px, y_px(at), kLeft_px - 6.0, y_px(at) + 4.0, at);
    }
    svg_ += fmt::format(
        "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>"
        "<text transform=\"translate(12 {:.1f}) rotate(-90)\" "
        "text-anchor=\"middle\">{}</text>",
        (kLeft_px + kWidth_px - kRight_px) / 2.0, kHeight_px - 8.0, x_title,
        (kTop_px + kHeight_px - kBottom_px) / 2.0, y_title);
  }

  void add_points(const std::vector<Point>& points) {
    const std::size_t every = (points.size() + kMostPoints - 1) / kMostPoints;
    const double radius_px = points.size() > 300 ? 1.5 : 3.5;
    for (std::size_t i = 0; i < points.size(); i += std::max<std::size_t>(every, 1)) {
      fmt::format_to(std::back_inserter(svg_),
                     "<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"/>",
                     pose::name(points[i].side), x_px(points[i].x), y_px(points[i].y),
                     radius_px);
    }
  }

  /// A horizontal line across the frame, with its value beside it.
  void add_level(double value, std::string_view label, std::string_view style) {
    svg_ += fmt::format(
        "<line class=\"{}\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>"
        "<text x=\"{:.1f}\" y=\"{:.1f}\">{} {:.1f}</text>",
        style, kLeft_px, kWidth_px - kRight_px, y_px(value), y_px(value),
        kWidth_px - kRight_px + 4.0, y_px(value) + 4.0, label, value);
  }

  void add_band(const Interval& interval) {
    svg_ += fmt::format(
        "<rect class=\"band\" x=\"{:.1f}\" width=\"{:.1f}\" y=\"{:.1f}\" height=\"{:.1f}\"/>",
        kLeft_px, kWidth_px - kRight_px - kLeft_px, y_px(interval.high),
        y_px(interval.low) - y_px(interval.high));
  }

  /// @param gap  a longer distance in x interrupts the line
  void add_line(const std::vector<Point>& points, double gap, std::string_view style) {
    svg_ += fmt::format("<path class=\"{}\" d=\"", style);
    for (std::size_t i = 0; i < points.size(); ++i) {
      const bool begins = i == 0 || points[i].x - points[i - 1].x > gap;
      fmt::format_to(std::back_inserter(svg_), "{}{:.1f} {:.1f}", begins ? 'M' : 'L',
                     x_px(points[i].x), y_px(points[i].y));
    }
    svg_ += "\"/>";
  }

  [[nodiscard]] std::string svg() const { return svg_ + "</svg>\n"; }

 private:
  static Span widened(Span span) {
    const double margin = std::max(0.05 * (span.high - span.low), 0.5);
    return {span.low - margin, span.high + margin};
  }
  static std::vector<double> ticks(const Span& span) {
    const double step = tick_step(span.high - span.low);
    std::vector<double> values;
    for (double n = std::ceil(span.low / step); n * step <= span.high; n += 1.0) {
      values.push_back(n * step + 0.0);  // 0, never -0.
    }
    return values;
  }
  [[nodiscard]] double x_px(double x) const {
    return kLeft_px + (x - x_.low) / (x_.high - x_.low) * (kWidth_px - kRight_px - kLeft_px);
  }
  [[nodiscard]] double y_px(double y) const {
    return kHeight_px - kBottom_px -
           (y - y_.low) / (y_.high - y_.low) * (kHeight_px - kBottom_px - kTop_px);
  }

  Span x_;
  Span y_;
  std::string svg_;
};

/// The pairs as points. @param point_of  makes one of a TimedPair
template <class PointOf>
std::vector<Point> points_of(const std::vector<PairedPractice>& practices, PairKind kind,
                             PointOf point_of) {
  std::vector<Point> points;
  for (const PairedPractice& practice : practices) {
    const PairsOfKnees& knees =
        kind == PairKind::repetition ? practice.repetitions : practice.in_time;
    for (const pose::Side side : pose::kSides) {
      for (const TimedPair& pair : knees[pose::index(side)]) {
        Point point = point_of(pair);
        point.side = side;
        points.push_back(point);
      }
    }
  }
  return points;
}

}  // namespace

const char* const kPlotStyle =
    "svg{font-family:system-ui,sans-serif}.grid{stroke:#d9e2e2}circle.left{fill:#2b7a78;fill-"
    "opacity:.7}"
    "circle.right{fill:none;stroke:#b3541e}.bias{stroke:#1b2a2f}"
    ".limit{stroke:#1b2a2f;stroke-dasharray:6 4}.band{fill:#2b7a78;fill-opacity:.12}"
    ".equality{stroke:#1b2a2f;fill:none}.measured{stroke:#2b7a78;fill:none;stroke-width:1.5}"
    ".reference{stroke:#b3541e;fill:none;stroke-dasharray:5 3}";

std::string bland_altman_svg(const std::vector<PairedPractice>& practices, PairKind kind,
                             const Agreement& agreement) {
  const std::vector<Point> points = points_of(practices, kind, [](const TimedPair& pair) {
    return Point{(pair.measured_deg + pair.reference_deg) / 2.0,
                 pair.measured_deg - pair.reference_deg};
  });
  if (points.empty()) return {};
  const std::vector<const std::optional<Estimate>*> limits{&agreement.lower_limit,
                                                           &agreement.upper_limit};
  Span x;
  Span y;
  for (const Point& point : points) {
    x.include(point.x);
    y.include(point.y);
  }
  for (const auto* limit : limits) {
    if (!*limit) continue;
    y.include((*limit)->value);
    if (!(*limit)->interval) continue;
    y.include((*limit)->interval->low);
    y.include((*limit)->interval->high);
  }
  Plot plot(x, y, "mean of the two, degrees", "measured minus reference, degrees");
  if (agreement.bias.interval) plot.add_band(*agreement.bias.interval);
  for (const auto* limit : limits) {
    if (*limit && (*limit)->interval) plot.add_band(*(*limit)->interval);
  }
  plot.add_points(points);
  plot.add_level(agreement.bias.value, "bias", "bias");
  for (const auto* limit : limits) {
    if (*limit) plot.add_level((*limit)->value, "limit", "limit");
  }
  return plot.svg();
}

std::string scatter_svg(const std::vector<PairedPractice>& practices, PairKind kind) {
  const std::vector<Point> points = points_of(practices, kind, [](const TimedPair& pair) {
    return Point{pair.reference_deg, pair.measured_deg};
  });
  if (points.empty()) return {};
  Span both;
  for (const Point& point : points) {
    both.include(point.x);
    both.include(point.y);
  }
  Plot plot(both, both, "reference, degrees", "measured, degrees");
  plot.add_line({{both.low, both.low}, {both.high, both.high}}, both.high - both.low + 1.0,
                "equality");
  plot.add_points(points);
  return plot.svg();
}

std::string curves_svg(const PairedPractice& practice, pose::Side side) {
  const auto& pairs = practice.in_time[pose::index(side)];
  if (pairs.empty()) return {};
  const std::size_t every = std::max<std::size_t>(1, pairs.size() / kMostPoints);
  std::vector<Point> measured;
  std::vector<Point> reference;
  Span x;
  Span y;
  for (std::size_t i = 0; i < pairs.size(); i += every) {
    const TimedPair& pair = pairs[i];
    measured.push_back({pair.time.value(), pair.measured_deg});
    reference.push_back({pair.time.value(), pair.reference_deg});
    x.include(pair.time.value());
    y.include(pair.measured_deg);
    y.include(pair.reference_deg);
  }
  const double gap = 2.5 * static_cast<double>(every) * practice.step.value();
  Plot plot(x, y, "time of the reference, s", "knee flexion, degrees");
  plot.add_line(reference, gap, "reference");
  plot.add_line(measured, gap, "measured");
  return plot.svg();
}

}  // namespace matside::agreement
