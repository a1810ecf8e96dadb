// Colours and text of the overlay; the colours of the page's dark theme.
#pragma once

#include <cairo.h>

#include <string>

#include "core/base/result.h"
#include "core/pose/landmark.h"

namespace matside::annotation {

/// A colour, each channel 0 to 1, not premultiplied.
struct Rgba {
  double red = 0.0;
  double green = 0.0;
  double blue = 0.0;
  double alpha = 1.0;

  /// The colour with another alpha.
  [[nodiscard]] Rgba with(double other_alpha) const { return {red, green, blue, other_alpha}; }
};

/// From 0xRRGGBB and an alpha of 0 to 1.
constexpr Rgba rgba(unsigned rgb, double alpha = 1.0) {
  return {(rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0, alpha};
}

/// Colours of the sides and of the overlay's parts.
inline constexpr Rgba kLeft = rgba(0x6cc0ff);
inline constexpr Rgba kRight = rgba(0xffb35c);
inline constexpr Rgba kTrunk = rgba(0xffffff);
inline constexpr Rgba kOutlineColour = rgba(0x10202a, 0.8);  ///< Around lines.
inline constexpr Rgba kPanelColour = rgba(0x12181a, 0.78);
inline constexpr Rgba kTextColour = rgba(0xeef2ef);
inline constexpr Rgba kSecondaryTextColour = rgba(0xb3bfbc);
inline constexpr Rgba kPraiseColour = rgba(0x7fd1c2);
inline constexpr Rgba kCorrectionColour = rgba(0xffc27a);

/// The side's colour.
inline Rgba side_colour(pose::Side side) { return side == pose::Side::left ? kLeft : kRight; }

/// Sets the colour of what is drawn next.
void set_source_colour(cairo_t* pen, const Rgba& rgba);

/// Weight of the font.
enum class FontWeight { plain, bold };

/// A line of text with its font size and weight.
struct TextLine {
  std::string text;
  double size_px = 0.0;
  FontWeight weight = FontWeight::plain;
};

/// Checks that the system has a font. Fails with ErrorKind::output when none is installed.
base::Result<void> find_font();

/// Advance width in pixels.
double width_px(cairo_t* pen, const TextLine& line);
/// Height in pixels of a capital letter or digit.
double cap_height_px(const TextLine& line);
/// Draws the line from `left_px` with its baseline at `base_px`, in the current colour.
void write(cairo_t* pen, const TextLine& line, double left_px, double base_px);

}  // namespace matside::annotation
