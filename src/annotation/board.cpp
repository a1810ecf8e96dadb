#include "annotation/board.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>
#include <utility>

namespace matside::annotation {
namespace {

using pose::Side;

// All in units: hundredths of the picture.
constexpr double kMargin = 2.5;
constexpr double kCountWide = 19.5;
constexpr double kCountHigh = 19.0;
constexpr double kPhaseHigh = 9.0;
constexpr double kRound = 2.5;
constexpr double kLight = 1.7;       // radius
constexpr double kLightApart = 4.8;  // from middle to middle
constexpr double kWordsWidest = 150.0;
constexpr double kLineHigh = 1.35;  // of its letters

}  // namespace

Board::Board(base::ImageSize size, double unit_px)
    : size_(size), unit_px_(unit_px), sheet_(size) {}

double Board::band_px() const { return u(kCountHigh + 2.0 * kMargin); }

void Board::show(const Notes& notes, Edge edge, Edge words) {
  const Shown wanted{notes, edge, words};
  if (shown_ == wanted) return;
  shown_ = wanted;
  sheet_.wipe();
  draw(wanted);
}

void Board::draw(const Shown& shown) {
  const Notes& notes = shown.notes;
  const bool above = shown.edge == Edge::top;
  const double counts_top = above ? u(kMargin) : size_.height_px - u(kMargin) - u(kCountHigh);
  draw_count(Side::left, notes, counts_top);
  draw_count(Side::right, notes, counts_top);
  const double phase_top = above ? counts_top : counts_top + u(kCountHigh - kPhaseHigh);
  draw_phase(notes, phase_top);
  if (!notes.unsure.empty()) {
    draw_unsure(notes, above ? phase_top + u(kPhaseHigh + 1.2) : phase_top - u(8.2));
  }
  if (notes.cue) {
    draw_cue(*notes.cue, shown);
  } else if (!notes.title.empty()) {
    draw_title(shown);
  }
}

void Board::plate(const Box& box, double radius_units, const Ink& ink) {
  round_plate(sheet_.pen(), box, u(radius_units));
  take(sheet_.pen(), ink);
  cairo_fill(sheet_.pen());
  sheet_.mark(grown(box, 1.0));
}

/// The side's name above its number; a border while that leg moves.
void Board::draw_count(Side side, const Notes& notes, double top_px) {
  cairo_t* const pen = sheet_.pen();
  const bool left = side == Side::left;
  const double left_px = left ? u(kMargin) : size_.width_px - u(kMargin + kCountWide);
  const Box box{left_px, top_px, left_px + u(kCountWide), top_px + u(kCountHigh)};
  plate(box, kRound, kPlate);
  if (notes.moving == side) {
    round_plate(pen, grown(box, -u(0.45)), u(kRound - 0.45));
    cairo_set_line_width(pen, u(0.9));
    take(pen, ink_of(side));
    cairo_stroke(pen);
  }
  const auto centred = [&](const Letters& letters, double base_units) {
    const double wide_px = width_px(pen, letters);
    write(pen, letters, 0.5 * (box.left_px + box.right_px - wide_px), top_px + u(base_units));
  };
  take(pen, ink_of(side));
  centred({left ? notes.left_name : notes.right_name, u(4.4), Weight::bold}, 5.9);
  take(pen, kLetters);
  centred({std::to_string(left ? notes.left : notes.right), u(13.0), Weight::bold}, 17.0);
}

void Board::draw_phase(const Notes& notes, double top_px) {
  cairo_t* const pen = sheet_.pen();
  const Letters letters{notes.phase, u(4.8), Weight::bold};
  const int lights = std::max(notes.kicks, notes.kicks_wanted);
  const double text_px = width_px(pen, letters);
  const double lights_px = u(kLightApart * (lights - 1) + 2.0 * kLight);
  const double wide_px = text_px + lights_px + u(3.0 + 3.2 + 3.0);
  const double left_px = 0.5 * (size_.width_px - wide_px);
  plate({left_px, top_px, left_px + wide_px, top_px + u(kPhaseHigh)}, 0.5 * kPhaseHigh, kPlate);
  take(pen, notes.moving ? ink_of(*notes.moving) : kLetters);
  const double middle_px = top_px + u(0.5 * kPhaseHigh);
  write(pen, letters, left_px + u(3.2), middle_px + 0.5 * capital_px(letters));
  draw_lights(notes, left_px + u(3.2 + 3.0) + text_px, middle_px);
}

/// A light for each kick, lit once it is done.
void Board::draw_lights(const Notes& notes, double left_px, double middle_px) {
  cairo_t* const pen = sheet_.pen();
  const Ink lit = notes.moving ? ink_of(*notes.moving) : kSoft;
  for (int i = 0; i < std::max(notes.kicks, notes.kicks_wanted); ++i) {
    const bool on = i < notes.kicks;
    cairo_new_path(pen);
    cairo_arc(pen, left_px + u(kLight + kLightApart * i), middle_px,
              u(on ? kLight : kLight - 0.25), 0.0, 2.0 * std::numbers::pi);
    take(pen, on ? lit : kSoft);
    cairo_set_line_width(pen, u(0.5));
    on ? cairo_fill(pen) : cairo_stroke(pen);
  }
}

void Board::draw_unsure(const Notes& notes, double top_px) {
  cairo_t* const pen = sheet_.pen();
  const Letters letters{notes.unsure, u(3.6), Weight::plain};
  const double wide_px = width_px(pen, letters) + u(5.0);
  const double left_px = 0.5 * (size_.width_px - wide_px);
  plate({left_px, top_px, left_px + wide_px, top_px + u(7.0)}, 3.5, kPlate);
  take(pen, kSoft);
  write(pen, letters, left_px + u(2.5), top_px + u(3.5) + 0.5 * capital_px(letters));
}

double Board::words_top_px(const Shown& shown, double height_px) const {
  const double beside_counts_px = shown.edge == shown.words ? u(kCountHigh + kMargin) : 0.0;
  if (shown.words == Edge::top) return u(kMargin) + beside_counts_px;
  return size_.height_px - u(kMargin) - height_px - beside_counts_px;
}

std::vector<std::string> Board::wrapped(const std::string& text, const Letters& like,
                                        double most_px) const {
  std::vector<std::string> lines(1);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
    const bool fits = width_px(sheet_.pen(), {longer, like.size_px, like.weight}) <= most_px;
    if (fits || lines.back().empty()) {
      lines.back() = longer;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

void Board::draw_check(double left_px, double middle_px) {
  cairo_t* const pen = sheet_.pen();
  cairo_new_path(pen);
  cairo_move_to(pen, left_px, middle_px + u(0.1));
  cairo_line_to(pen, left_px + u(1.6), middle_px + u(1.7));
  cairo_line_to(pen, left_px + u(4.4), middle_px - u(1.7));
  cairo_set_line_cap(pen, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(pen, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width(pen, u(0.95));
  take(pen, kWell);
  cairo_stroke(pen);
}

/// One line of words, or two: praise behind a tick, a correction behind a bar.
void Board::draw_cue(const Notes::Cue& cue, const Shown& shown) {
  cairo_t* const pen = sheet_.pen();
  const Letters letters{"", u(6.0), Weight::bold};
  const double most_px = std::min(u(kWordsWidest), size_.width_px - u(2.0 * kMargin));
  const double before_px = u(cue.praise ? 9.8 : 5.5);
  const double behind_px = u(4.0);
  const auto lines = wrapped(cue.text, letters, most_px - before_px - behind_px);
  double text_px = 0.0;
  for (const std::string& line : lines) {
    text_px = std::max(text_px, width_px(pen, {line, letters.size_px, letters.weight}));
  }
  const double line_px = kLineHigh * letters.size_px;
  const double high_px = static_cast<double>(lines.size()) * line_px + u(4.0);
  const double wide_px = text_px + before_px + behind_px;
  const double left_px = 0.5 * (size_.width_px - wide_px);
  const double top_px = words_top_px(shown, high_px);
  plate({left_px, top_px, left_px + wide_px, top_px + high_px}, kRound, kPlate);
  if (cue.praise) {
    draw_check(left_px + u(3.4), top_px + 0.5 * high_px);
  } else {
    plate({left_px + u(2.0), top_px + u(2.0), left_px + u(3.2), top_px + high_px - u(2.0)}, 0.6,
          kMind);
  }
  take(pen, kLetters);
  double base_px = top_px + u(2.0) + 0.5 * (line_px + capital_px(letters));
  for (const std::string& line : lines) {
    write(pen, {line, letters.size_px, letters.weight}, left_px + before_px, base_px);
    base_px += line_px;
  }
}

void Board::draw_title(const Shown& shown) {
  cairo_t* const pen = sheet_.pen();
  const double most_px = std::min(u(kWordsWidest), size_.width_px - u(2.0 * kMargin + 7.0));
  std::vector<Line> lines;
  const auto add = [&](const std::string& text, const Letters& like, const Ink& ink) {
    for (std::string& line : wrapped(text, like, most_px)) {
      lines.push_back({{std::move(line), like.size_px, like.weight}, ink});
    }
  };
  add(shown.notes.title, {"", u(4.6), Weight::bold}, kLetters);
  add(shown.notes.caution, {"", u(3.8), Weight::plain}, kSoft);
  double text_px = 0.0;
  double high_px = u(4.0);
  for (const Line& line : lines) {
    text_px = std::max(text_px, width_px(pen, line.letters));
    high_px += kLineHigh * line.letters.size_px;
  }
  const double left_px = 0.5 * (size_.width_px - text_px) - u(3.5);
  const double top_px = words_top_px(shown, high_px);
  plate({left_px, top_px, left_px + text_px + u(7.0), top_px + high_px}, kRound, kPlate);
  double line_top_px = top_px + u(2.0);
  for (const Line& line : lines) {
    const double line_px = kLineHigh * line.letters.size_px;
    take(pen, line.ink);
    write(pen, line.letters, 0.5 * (size_.width_px - width_px(pen, line.letters)),
          line_top_px + 0.5 * (line_px + capital_px(line.letters)));
    line_top_px += line_px;
  }
}

}  // namespace matside::annotation
