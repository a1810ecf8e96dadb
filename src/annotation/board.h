// The plates with counts, phase and words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "annotation/free_edge.h"
#include "annotation/lettering.h"
#include "annotation/notes.h"
#include "annotation/sheet.h"
#include "core/base/point.h"

namespace matside::annotation {

/// Draws notes on a sheet of its own, which is drawn anew only when they change.
class Board {
 public:
  /// @param size of the sheet. @param unit_px as for draw_body.
  Board(base::ImageSize size, double unit_px);

  /// @param edge where counts and phase go. @param words where what is said goes.
  void show(const Notes& notes, Edge edge, Edge words);
  void lay_on(image::Canvas& canvas) const { sheet_.lay_on(canvas); }

  /// Height of the counts with their margins.
  [[nodiscard]] double band_px() const;

 private:
  struct Shown {
    Notes notes;
    Edge edge = Edge::top;
    Edge words = Edge::bottom;

    friend bool operator==(const Shown&, const Shown&) = default;
  };
  /// A line with how it is written.
  struct Line {
    Letters letters;
    Ink ink;
  };

  void draw(const Shown& shown);
  void draw_count(pose::Side side, const Notes& notes, double top_px);
  void draw_phase(const Notes& notes, double top_px);
  void draw_lights(const Notes& notes, double left_px, double middle_px);
  void draw_unsure(const Notes& notes, double top_px);
  void draw_cue(const Notes::Cue& cue, const Shown& shown);
  void draw_title(const Shown& shown);
  void draw_check(double left_px, double middle_px);
  void plate(const Box& box, double radius_units, const Ink& ink);
  [[nodiscard]] std::vector<std::string> wrapped(const std::string& text, const Letters& like,
                                                 double most_px) const;
  /// Top of words that are that high.
  [[nodiscard]] double words_top_px(const Shown& shown, double height_px) const;
  [[nodiscard]] double u(double units) const { return units * unit_px_; }

  base::ImageSize size_;
  double unit_px_;
  Sheet sheet_;
  std::optional<Shown> shown_;
};

}  // namespace matside::annotation
