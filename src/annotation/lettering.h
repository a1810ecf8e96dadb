// Colours and letters of what is drawn: those of the page (web/src/style/page.css, dark).
#pragma once

#include <cairo.h>

#include <string>

#include "core/base/result.h"
#include "core/pose/landmark.h"

namespace matside::annotation {

struct Ink {
  double red = 0.0;
  double green = 0.0;
  double blue = 0.0;
  double alpha = 1.0;

  [[nodiscard]] Ink with(double other_alpha) const { return {red, green, blue, other_alpha}; }
};

/// 0xRRGGBB.
constexpr Ink ink(unsigned rgb, double alpha = 1.0) {
  return {(rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0, alpha};
}

inline constexpr Ink kLeft = ink(0x6cc0ff);
inline constexpr Ink kRight = ink(0xffb35c);
inline constexpr Ink kTrunk = ink(0xffffff);
inline constexpr Ink kEdge = ink(0x10202a, 0.8);  ///< Round lines, on any ground.
inline constexpr Ink kPlate = ink(0x12181a, 0.78);
inline constexpr Ink kLetters = ink(0xeef2ef);
inline constexpr Ink kSoft = ink(0xb3bfbc);
inline constexpr Ink kWell = ink(0x7fd1c2);
inline constexpr Ink kMind = ink(0xffc27a);

inline Ink ink_of(pose::Side side) { return side == pose::Side::left ? kLeft : kRight; }

/// Colours what is drawn next.
void take(cairo_t* pen, const Ink& ink);

enum class Weight { plain, bold };

/// A line of text.
struct Letters {
  std::string text;
  double size_px = 0.0;
  Weight weight = Weight::plain;
};

/// Output error where the system has no font at all.
base::Result<void> find_font();

double width_px(cairo_t* pen, const Letters& letters);
/// Height of a capital letter or a number.
double capital_px(const Letters& letters);
/// From `left_px` on, standing on `base_px`, in the colour taken.
void write(cairo_t* pen, const Letters& letters, double left_px, double base_px);

}  // namespace matside::annotation
