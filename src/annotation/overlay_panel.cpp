#include "annotation/overlay_panel.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <sstream>
#include <utility>

namespace matside::annotation {
namespace {

using pose::Side;

// In units: hundredths of the picture.
constexpr double kMargin = 2.5;
constexpr double kCountWide = 19.5;
constexpr double kCountHigh = 19.0;
constexpr double kPhaseHigh = 9.0;
constexpr double kNoteGap = 1.2;
constexpr double kNoteStep = 8.2;  // height of a note and the gap
constexpr double kRound = 2.5;
constexpr double kLight = 1.7;          // radius of a kick indicator
constexpr double kLightDistance = 4.8;  // distance between their centres
constexpr double kMaxTextWidth = 150.0;
constexpr double kLineHeight = 1.35;  // of the font size

std::optional<Rgba> moving_colour(const OverlayContent& content) {
  if (content.moving) return side_colour(*content.moving);
  if (content.moving_together) return kPraiseColour;
  return std::nullopt;
}

}  // namespace

OverlayPanel::OverlayPanel(base::ImageSize size, double unit_px)
    : size_(size), unit_px_(unit_px), layer_(size) {}

double OverlayPanel::band_px() const { return u(kCountHigh + 2.0 * kMargin); }

void OverlayPanel::show(const OverlayContent& content, Edge edge, Edge cue_edge) {
  const PanelState wanted{content, edge, cue_edge};
  if (shown_ == wanted) return;
  shown_ = wanted;
  layer_.clear();
  draw(wanted);
}

void OverlayPanel::draw(const PanelState& shown) {
  const OverlayContent& content = shown.content;
  const bool above = shown.edge == Edge::top;
  const double counts_top = above ? u(kMargin) : size_.height_px - u(kMargin) - u(kCountHigh);
  draw_counts(content, counts_top);
  const double phase_top = above ? counts_top : counts_top + u(kCountHigh - kPhaseHigh);
  draw_phase(content, phase_top);
  double note_top = above ? phase_top + u(kPhaseHigh + kNoteGap) : phase_top - u(kNoteStep);
  for (const std::string& note : {content.unsure, content.readings}) {
    if (note.empty()) continue;
    draw_note(note, note_top);
    note_top += above ? u(kNoteStep) : -u(kNoteStep);
  }
  if (content.cue) {
    draw_cue(*content.cue, shown);
  } else if (!content.title.empty()) {
    draw_title(shown);
  }
}

void OverlayPanel::draw_background(const Box& box, double radius_units, const Rgba& rgba) {
  add_rounded_rectangle(layer_.pen(), box, u(radius_units));
  set_source_colour(layer_.pen(), rgba);
  cairo_fill(layer_.pen());
  layer_.mark_dirty(expanded(box, 1.0));
}

/// One count for each side, or a single one where no leg moves alone.
void OverlayPanel::draw_counts(const OverlayContent& content, double top_px) {
  const double left_px = u(kMargin);
  if (!content.together_name.empty()) {
    return draw_count({content.together_name, content.together, kPraiseColour, left_px,
                       content.moving_together},
                      top_px);
  }
  draw_count({content.left_name, content.left, side_colour(Side::left), left_px,
              content.moving == Side::left},
             top_px);
  draw_count({content.right_name, content.right, side_colour(Side::right),
              size_.width_px - u(kMargin + kCountWide), content.moving == Side::right},
             top_px);
}

/// The name above the count, with a border during its movement.
void OverlayPanel::draw_count(const Count& count, double top_px) {
  cairo_t* const pen = layer_.pen();
  const double left_px = count.left_px;
  const Box box{left_px, top_px, left_px + u(kCountWide), top_px + u(kCountHigh)};
  draw_background(box, kRound, kPanelColour);
  if (count.moving) {
    add_rounded_rectangle(pen, expanded(box, -u(0.45)), u(kRound - 0.45));
    cairo_set_line_width(pen, u(0.9));
    set_source_colour(pen, count.rgba);
    cairo_stroke(pen);
  }
  const auto centred = [&](TextLine text_line, double base_units) {
    const double room_px = u(kCountWide - 2.0);
    const double full_px = width_px(pen, text_line);
    if (full_px > room_px) text_line.size_px *= room_px / full_px;
    const double wide_px = width_px(pen, text_line);
    write(pen, text_line, 0.5 * (box.left_px + box.right_px - wide_px), top_px + u(base_units));
  };
  set_source_colour(pen, count.rgba);
  centred({count.name, u(4.4), FontWeight::bold}, 5.9);
  set_source_colour(pen, kTextColour);
  centred({std::to_string(count.repetitions), u(13.0), FontWeight::bold}, 17.0);
}

void OverlayPanel::draw_phase(const OverlayContent& content, double top_px) {
  cairo_t* const pen = layer_.pen();
  const TextLine text_line{content.phase, u(4.8), FontWeight::bold};
  const int lights = std::max(content.kicks, content.kicks_expected);
  const double text_px = width_px(pen, text_line);
  const double lights_px = u(kLightDistance * (lights - 1) + 2.0 * kLight);
  const double wide_px = text_px + lights_px + u(3.0 + 3.2 + 3.0);
  const double left_px = 0.5 * (size_.width_px - wide_px);
  draw_background({left_px, top_px, left_px + wide_px, top_px + u(kPhaseHigh)},
                  0.5 * kPhaseHigh, kPanelColour);
  set_source_colour(pen, moving_colour(content).value_or(kTextColour));
  const double middle_px = top_px + u(0.5 * kPhaseHigh);
  write(pen, text_line, left_px + u(3.2), middle_px + 0.5 * cap_height_px(text_line));
  draw_kick_indicators(content, left_px + u(3.2 + 3.0) + text_px, middle_px);
}

/// One indicator for each kick, filled once the kick is done.
void OverlayPanel::draw_kick_indicators(const OverlayContent& content, double left_px,
                                        double middle_px) {
  cairo_t* const pen = layer_.pen();
  const Rgba lit = moving_colour(content).value_or(kSecondaryTextColour);
  for (int i = 0; i < std::max(content.kicks, content.kicks_expected); ++i) {
    const bool on = i < content.kicks;
    cairo_new_path(pen);
    cairo_arc(pen, left_px + u(kLight + kLightDistance * i), middle_px,
              u(on ? kLight : kLight - 0.25), 0.0, 2.0 * std::numbers::pi);
    set_source_colour(pen, on ? lit : kSecondaryTextColour);
    cairo_set_line_width(pen, u(0.5));
    on ? cairo_fill(pen) : cairo_stroke(pen);
  }
}

void OverlayPanel::draw_note(const std::string& text, double top_px) {
  cairo_t* const pen = layer_.pen();
  const TextLine text_line{text, u(3.6), FontWeight::plain};
  const double wide_px = width_px(pen, text_line) + u(5.0);
  const double left_px = 0.5 * (size_.width_px - wide_px);
  draw_background({left_px, top_px, left_px + wide_px, top_px + u(7.0)}, 3.5, kPanelColour);
  set_source_colour(pen, kSecondaryTextColour);
  write(pen, text_line, left_px + u(2.5), top_px + u(3.5) + 0.5 * cap_height_px(text_line));
}

double OverlayPanel::cue_top_px(const PanelState& shown, double height_px) const {
  const double beside_counts_px = shown.edge == shown.cue_edge ? u(kCountHigh + kMargin) : 0.0;
  if (shown.cue_edge == Edge::top) return u(kMargin) + beside_counts_px;
  return size_.height_px - u(kMargin) - height_px - beside_counts_px;
}

std::vector<std::string> OverlayPanel::wrapped(const std::string& text, const TextLine& like,
                                               double most_px) const {
  std::vector<std::string> lines(1);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
    const bool fits = width_px(layer_.pen(), {longer, like.size_px, like.weight}) <= most_px;
    if (fits || lines.back().empty()) {
      lines.back() = longer;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

void OverlayPanel::draw_check(double left_px, double middle_px) {
  cairo_t* const pen = layer_.pen();
  cairo_new_path(pen);
  cairo_move_to(pen, left_px, middle_px + u(0.1));
  cairo_line_to(pen, left_px + u(1.6), middle_px + u(1.7));
  cairo_line_to(pen, left_px + u(4.4), middle_px - u(1.7));
  cairo_set_line_cap(pen, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(pen, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width(pen, u(0.95));
  set_source_colour(pen, kPraiseColour);
  cairo_stroke(pen);
}

/// The cue in one or more lines: praise after a tick, a correction after a bar.
void OverlayPanel::draw_cue(const OverlayContent::Cue& cue, const PanelState& shown) {
  cairo_t* const pen = layer_.pen();
  const TextLine text_line{"", u(6.0), FontWeight::bold};
  const double most_px = std::min(u(kMaxTextWidth), size_.width_px - u(2.0 * kMargin));
  const double before_px = u(cue.praise ? 9.8 : 5.5);
  const double behind_px = u(4.0);
  const auto lines = wrapped(cue.text, text_line, most_px - before_px - behind_px);
  double text_px = 0.0;
  for (const std::string& line : lines) {
    text_px = std::max(text_px, width_px(pen, {line, text_line.size_px, text_line.weight}));
  }
  const double line_px = kLineHeight * text_line.size_px;
  const double high_px = static_cast<double>(lines.size()) * line_px + u(4.0);
  const double wide_px = text_px + before_px + behind_px;
  const double left_px = 0.5 * (size_.width_px - wide_px);
  const double top_px = cue_top_px(shown, high_px);
  draw_background({left_px, top_px, left_px + wide_px, top_px + high_px}, kRound, kPanelColour);
  if (cue.praise) {
    draw_check(left_px + u(3.4), top_px + 0.5 * high_px);
  } else {
    draw_background(
        {left_px + u(2.0), top_px + u(2.0), left_px + u(3.2), top_px + high_px - u(2.0)}, 0.6,
        kCorrectionColour);
  }
  set_source_colour(pen, kTextColour);
  double base_px = top_px + u(2.0) + 0.5 * (line_px + cap_height_px(text_line));
  for (const std::string& line : lines) {
    write(pen, {line, text_line.size_px, text_line.weight}, left_px + before_px, base_px);
    base_px += line_px;
  }
}

void OverlayPanel::draw_title(const PanelState& shown) {
  cairo_t* const pen = layer_.pen();
  const double most_px = std::min(u(kMaxTextWidth), size_.width_px - u(2.0 * kMargin + 7.0));
  std::vector<Line> lines;
  const auto add = [&](const std::string& text, const TextLine& like, const Rgba& rgba) {
    for (std::string& line : wrapped(text, like, most_px)) {
      lines.push_back({{std::move(line), like.size_px, like.weight}, rgba});
    }
  };
  add(shown.content.title, {"", u(4.6), FontWeight::bold}, kTextColour);
  add(shown.content.caution, {"", u(3.8), FontWeight::plain}, kSecondaryTextColour);
  double text_px = 0.0;
  double high_px = u(4.0);
  for (const Line& line : lines) {
    text_px = std::max(text_px, width_px(pen, line.text_line));
    high_px += kLineHeight * line.text_line.size_px;
  }
  const double left_px = 0.5 * (size_.width_px - text_px) - u(3.5);
  const double top_px = cue_top_px(shown, high_px);
  draw_background({left_px, top_px, left_px + text_px + u(7.0), top_px + high_px}, kRound,
                  kPanelColour);
  double line_top_px = top_px + u(2.0);
  for (const Line& line : lines) {
    const double line_px = kLineHeight * line.text_line.size_px;
    set_source_colour(pen, line.rgba);
    write(pen, line.text_line, 0.5 * (size_.width_px - width_px(pen, line.text_line)),
          line_top_px + 0.5 * (line_px + cap_height_px(line.text_line)));
    line_top_px += line_px;
  }
}

}  // namespace matside::annotation
