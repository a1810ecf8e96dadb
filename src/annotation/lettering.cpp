#include "annotation/lettering.h"

#include <memory>

namespace matside::annotation {
namespace {

// Debian's fonts-open-sans. Where it is missing, fontconfig finds what comes near.
constexpr const char* kFamily = "Open Sans";
constexpr double kCapital = 0.714;

void choose(cairo_t* pen, const Letters& letters) {
  cairo_select_font_face(
      pen, kFamily, CAIRO_FONT_SLANT_NORMAL,
      letters.weight == Weight::bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(pen, letters.size_px);
}

}  // namespace

void take(cairo_t* pen, const Ink& ink) {
  cairo_set_source_rgba(pen, ink.red, ink.green, ink.blue, ink.alpha);
}

// Without any font Cairo draws strokes of its own, as no FreeType font.
base::Result<void> find_font() {
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1), &cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> pen(cairo_create(surface.get()),
                                                               &cairo_destroy);
  choose(pen.get(), {"", 10.0, Weight::plain});
  cairo_scaled_font_t* const font = cairo_get_scaled_font(pen.get());
  const bool found = cairo_scaled_font_status(font) == CAIRO_STATUS_SUCCESS &&
                     cairo_scaled_font_get_type(font) == CAIRO_FONT_TYPE_FT;
  if (found) return {};
  return base::Error{base::ErrorKind::output,
                     "no font is installed to write into the video with; install one, such as "
                     "Debian's package fonts-open-sans"};
}

double width_px(cairo_t* pen, const Letters& letters) {
  choose(pen, letters);
  cairo_text_extents_t extents;
  cairo_text_extents(pen, letters.text.c_str(), &extents);
  return extents.x_advance;
}

double capital_px(const Letters& letters) { return kCapital * letters.size_px; }

void write(cairo_t* pen, const Letters& letters, double left_px, double base_px) {
  choose(pen, letters);
  cairo_move_to(pen, left_px, base_px);
  cairo_show_text(pen, letters.text.c_str());
  cairo_new_path(pen);
}

}  // namespace matside::annotation
