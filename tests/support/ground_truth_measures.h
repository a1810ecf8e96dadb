// What a performed repetition truly measures, by the movement itself and movement.md 4.
#pragma once

#include <optional>

namespace matside::support {

struct JointMotion;
struct RepetitionTimes;
struct Practice;
struct RepetitionPlan;
struct GroundTruthRepetition;

/// As exercise::Measures, without error.
struct GroundTruthMeasures {
  std::optional<double> greatest_bend_deg;
  std::optional<double> rise_s;
  std::optional<double> beat_interval_s;
  std::optional<double> lowering_s;
  std::optional<double> transit_70_20_s;
  std::optional<double> lowering_smoothness;
  std::optional<double> hips_still_share;
  std::optional<double> hip_moves_at_deg;
  std::optional<double> chest_fall_deg;
  std::optional<double> duration_s;
};

/// Of a repetition whose edges and kicks are known.
GroundTruthMeasures true_measures(const Practice& practice, const JointMotion& movement,
                                  const RepetitionPlan& plan, const RepetitionTimes& outline,
                                  const GroundTruthRepetition& repetition);

}  // namespace matside::support
