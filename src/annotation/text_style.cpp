#include "annotation/text_style.h"

#include <memory>

namespace matside::annotation {
namespace {

// Debian's fonts-open-sans; if it is missing, fontconfig picks a similar font.
constexpr const char* kFamily = "Open Sans";
constexpr double kCapital = 0.714;

void choose(cairo_t* pen, const TextLine& line) {
  cairo_select_font_face(
      pen, kFamily, CAIRO_FONT_SLANT_NORMAL,
      line.weight == FontWeight::bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(pen, line.size_px);
}

}  // namespace

void set_source_colour(cairo_t* pen, const Rgba& rgba) {
  cairo_set_source_rgba(pen, rgba.red, rgba.green, rgba.blue, rgba.alpha);
}

// Without any font Cairo falls back to its built-in strokes, which are not a FreeType font.
base::Result<void> find_font() {
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1), &cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> pen(cairo_create(surface.get()),
                                                               &cairo_destroy);
  choose(pen.get(), {"", 10.0, FontWeight::plain});
  cairo_scaled_font_t* const font = cairo_get_scaled_font(pen.get());
  const bool found = cairo_scaled_font_status(font) == CAIRO_STATUS_SUCCESS &&
                     cairo_scaled_font_get_type(font) == CAIRO_FONT_TYPE_FT;
  if (found) return {};
  return base::Error{base::ErrorKind::output,
                     "no font is installed for the text in the video. Install one, such as the "
                     "Debian package fonts-open-sans"};
}

double width_px(cairo_t* pen, const TextLine& line) {
  choose(pen, line);
  cairo_text_extents_t extents;
  cairo_text_extents(pen, line.text.c_str(), &extents);
  return extents.x_advance;
}

double cap_height_px(const TextLine& line) { return kCapital * line.size_px; }

void write(cairo_t* pen, const TextLine& line, double left_px, double base_px) {
  choose(pen, line);
  cairo_move_to(pen, left_px, base_px);
  cairo_show_text(pen, line.text.c_str());
  cairo_new_path(pen);
}

}  // namespace matside::annotation
