// Draws the overlay's panels: counts, phase, cue and title.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "annotation/overlay_content.h"
#include "annotation/overlay_layer.h"
#include "annotation/panel_placement.h"
#include "annotation/text_style.h"
#include "core/base/point.h"

namespace matside::annotation {

/// Draws the content on its own layer, and redraws only when it changes.
class OverlayPanel {
 public:
  /// @param size of the pictures, even. @param unit_px as in draw_skeleton.
  OverlayPanel(base::ImageSize size, double unit_px);

  /// @param edge where counts and phase go. @param cue_edge where cue and title go.
  void show(const OverlayContent& content, Edge edge, Edge cue_edge);
  /// Blends the panels onto the canvas.
  void composite_onto(image::Canvas& canvas) const { layer_.composite_onto(canvas); }

  /// Height in pixels of the counts with their margins.
  [[nodiscard]] double band_px() const;

 private:
  struct PanelState {
    OverlayContent content;
    Edge edge = Edge::top;
    Edge cue_edge = Edge::bottom;

    friend bool operator==(const PanelState&, const PanelState&) = default;
  };
  /// A line of text and its colour.
  struct Line {
    TextLine text_line;
    Rgba rgba;
  };

  void draw(const PanelState& shown);
  /// A count with its name.
  struct Count {
    std::string name;
    int repetitions = 0;
    Rgba rgba;
    double left_px = 0.0;
    bool moving = false;
  };

  void draw_counts(const OverlayContent& content, double top_px);
  void draw_count(const Count& count, double top_px);
  void draw_phase(const OverlayContent& content, double top_px);
  void draw_kick_indicators(const OverlayContent& content, double left_px, double middle_px);
  void draw_note(const std::string& text, double top_px);
  void draw_cue(const OverlayContent::Cue& cue, const PanelState& shown);
  void draw_title(const PanelState& shown);
  void draw_check(double left_px, double middle_px);
  void draw_background(const Box& box, double radius_units, const Rgba& rgba);
  [[nodiscard]] std::vector<std::string> wrapped(const std::string& text, const TextLine& like,
                                                 double most_px) const;
  /// Top of a cue or title of that height, in pixels.
  [[nodiscard]] double cue_top_px(const PanelState& shown, double height_px) const;
  [[nodiscard]] double u(double units) const { return units * unit_px_; }

  base::ImageSize size_;
  double unit_px_;
  OverlayLayer layer_;
  std::optional<PanelState> shown_;
};

}  // namespace matside::annotation
