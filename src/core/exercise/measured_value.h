// Measures of a repetition and of a set, each with its uncertainty. What could not be measured
// is absent, never 0.
#pragma once

#include <optional>

namespace matside::exercise {

/// A value with the standard deviations of its error, all in the value's unit.
struct Measured {
  double value = 0.0;
  double random = 0.0;      ///< independent from repetition to repetition
  double systematic = 0.0;  ///< of what one leg's repetitions share, as the camera's view

  [[nodiscard]] double deviation() const;  ///< of both together
};

/// One value less another. Below its noise it is no difference.
struct Difference {
  double value = 0.0;
  double deviation = 0.0;
  bool distinguishable = false;  ///< so far from 0 that chance gives it once in twenty
};

/// What two values share of their errors.
enum class SharedError {
  nothing,     ///< as of a left and a right leg: one is near, the other far
  systematic,  ///< as of earlier and later repetitions: it falls out of the difference
};

/// `a` less `b`. The one place that says what is a difference and what is noise.
Difference difference(const Measured& a, const Measured& b, SharedError shared);

/// Of one repetition, or the means of several. Angles above rest in degrees, times in seconds,
/// shares from 0 to 1; docs/measures.md defines each.
struct Measures {
  std::optional<Measured> greatest_bend_deg;
  std::optional<Measured> rise_s;           ///< from 20 degrees to the first kick
  std::optional<Measured> beat_interval_s;  ///< between kicks
  std::optional<Measured> lowering_s;
  std::optional<Measured> transit_70_20_s;
  std::optional<Measured> lowering_smoothness;  ///< SPARC below 4 Hz; nearer to 0 = smoother
  std::optional<Measured> hips_still_share;
  std::optional<Measured> hip_moves_at_deg;   ///< knee flexion; absent where the hip stays
  std::optional<Measured> chest_fall_deg;     ///< below rest, held for a second
  std::optional<Measured> chest_incline_deg;  ///< against the floor
  std::optional<Measured> duration_s;
};

/// Left against right, of the means of each.
struct Symmetry {
  Difference left_less_right;
  Measured index_percent;  ///< of their mean; above 0 = more on the right
};

/// Of a set. Absent where too few repetitions were measured.
struct SetMeasures {
  Measures mean;  ///< of all repetitions
  Measures left;  ///< of those whose side is sure
  Measures right;
  std::optional<Measured> greatest_bend_median_deg;
  std::optional<Measured> greatest_bend_best_deg;
  /// Standard deviation over mean, of the repetitions' durations and of the beat intervals.
  std::optional<Measured> rhythm_variation;
  std::optional<Measured> rhythm_variation_left;
  std::optional<Measured> rhythm_variation_right;
  std::optional<Measured> beat_variation;
  std::optional<Symmetry> bend_symmetry;
  std::optional<Symmetry> transit_symmetry;
  /// The later half less the earlier one, each leg against itself.
  std::optional<Difference> bend_change_deg;
  std::optional<Difference> transit_change_s;
  std::optional<Difference> chest_change_deg;  ///< below 0: the chest sank over the set
};

}  // namespace matside::exercise
