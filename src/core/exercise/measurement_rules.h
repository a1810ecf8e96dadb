// How readings are used and measured, as data: which leg kicks, how uncertain a measure is, and
// what is shown live.
#pragma once

#include "core/exercise/threshold.h"

namespace matside::exercise {

/// Which leg kicks (movement.md 5.4): evidence in log-odds, added up.
struct SideRules {
  Threshold rising_log_odds;  ///< log_odds: Weight of the leg labels while the foot rises.
  Threshold top_log_odds;     ///< log_odds: Weight of the leg labels at the top, where networks
                              ///< swap them most often.
  Threshold lowering_log_odds;  ///< log_odds: Weight of the leg labels while the foot sinks.
  Threshold shank_ratio_deviation;  ///< ratio: Standard deviation of a shank's length in the
                                    ///< picture, over the length.
  Threshold shank_log_odds_max;     ///< log_odds: Greatest weight of the shank's length.
  Threshold alternation_log_odds;   ///< log_odds: Weight of the rule that sides alternate: odds
                                    ///< of 7 to 3.
  Threshold decision_log_odds;  ///< log_odds: Below this, odds of 4 to 1, the side is unsure.
  Threshold label_flexion_min;  ///< deg: Labels count from this knee flexion on; below it the
                                ///< legs look alike.
  Threshold clear_difference;   ///< deg: Legs whose flexion differs by this much are
                                ///< distinguished with full weight.
  Threshold swap_window;  ///< s: A label is compared with those this far before and after it.
  Threshold swap_difference;  ///< deg: Labels are compared where the legs' flexion differs by
                              ///< at least this much.
  Threshold kick_window;      ///< s: Labels of a kick are read this far before and after it.
  Threshold valley_window;    ///< s: The other leg's height between two kicks is read this far
                              ///< before and after the valley.
};

/// What a reading has to be like to be used, and how uncertain a measure is (movement.md 4,
/// docs/measures.md).
struct MeasurementRules {
  Threshold knee_weight_min;      ///< ratio: Knee readings of less weight are not followed.
  Threshold evidence_weight_min;  ///< ratio: Readings of less weight are no evidence for or
                                  ///< against a repetition.
  Threshold knee_speed_max;   ///< deg_per_s: A knee that seems faster was misread; a falling
                              ///< foot reaches 410.
  Threshold knee_jump;        ///< deg: ... and has jumped by more than this.
  Threshold jump_window;      ///< s: Readings this far apart are checked for jumps.
  Threshold noise_max_frame;  ///< deg: Scatter between frames above this is misread joints, not
                              ///< noise.
  Threshold trunk_score_min;  ///< ratio: Where hip or shoulder scores less, the trunk is not
                              ///< measured.
  Threshold
      top_share;  ///< ratio: The top of a kick is all above this share of its greatest flexion.
  Threshold kick_top_deviation_max;  ///< deg: Kicks are not criticised where their top is known
                                     ///< less well than this.
  Threshold
      kick_window;  ///< s: A kick's angle in space is read this far before and after its top.
  Threshold slope_window;  ///< s: A speed is the slope over twice this long.
  Threshold speed_min;  ///< deg_per_s: Slowest speed by which an angle's error is turned into a
                        ///< time's error.
  Threshold rest_noise_window;  ///< s: Noise at rest is measured this far before and after a
                                ///< repetition.
  Threshold image_angle_deviation;  ///< deg: Standard deviation of a bent knee's angle in the
                                    ///< picture, shared by all repetitions.
  Threshold image_angle_full;  ///< deg: Knee flexion from which that error is full; it grows
                               ///< from 0 at rest.
  Threshold drift_time;  ///< s: A network's slow error at a joint is forgotten over this long.
  Threshold knee_deviation_max;  ///< deg: A knee angle less certain than this is not reported.
  Threshold relative_deviation_max;  ///< ratio: A time less certain than this share of itself
                                     ///< is not reported.
  Threshold smoothness_deviation;    ///< ratio: Standard deviation that networks add to the
                                     ///< smoothness of a lowering.
  Threshold hip_onset_rise;  ///< thigh_length: The hip has begun to rise above this height ...
  Threshold hip_onset_noise_ratio;   ///< ratio: ... and above this many times its noise ...
  Threshold hip_onset_hold;          ///< s: ... for this long ...
  Threshold hip_onset_flexion_max;   ///< deg: ... before the knee is bent this far.
  Threshold rhythm_repetitions_min;  ///< count: Fewest repetitions that show a rhythm.
  Threshold leg_repetitions_min;  ///< count: Fewest repetitions of a leg that are compared with
                                  ///< the other's.
  Threshold thigh_window;  ///< s: A thigh's lift is read from this long before the first kick
                           ///< to this long after the last.
  Threshold thigh_knee_weight;  ///< ratio: Weight of the lift read at the knee; the rest is
                                ///< read at the ankle.
  Threshold thigh_near_bias;    ///< deg: Networks place a raised near knee this much too high
  Threshold thigh_near_bias_deviation;  ///< deg: ... give or take this, the same for a leg in
                                        ///< each repetition.
  Threshold thigh_far_bias;             ///< deg: A far knee is placed this much too high
  Threshold thigh_far_bias_deviation;   ///< deg: ... give or take this.
  Threshold thigh_near_noise_ratio;     ///< ratio: A lift read at a near knee differs from one
                                     ///< repetition to the next this many times as much as at
                                     ///< rest,
  Threshold thigh_far_noise_ratio;  ///< ratio: ... at a far knee.
  Threshold thigh_error_max;    ///< ratio: A leg's usual error differs from the bias by at most
                                ///< this many of its deviations.
  Threshold thigh_history_min;  ///< count: Repetitions of a leg before its usual lift is known.
  Threshold rest_noise_hip;   ///< thigh_length: Usual noise at rest, before the person's own is
                              ///< known: height of the hip,
  Threshold rest_noise_knee;  ///< deg: ... flexion of a knee,
  Threshold rest_noise_thigh;  ///< deg: ... incline of a thigh,
  Threshold rest_noise_trunk;  ///< deg: ... incline of the trunk,
  Threshold rest_noise_neck;   ///< deg: ... and angle of the neck.
};

/// The movement while it happens; provisional, of no influence on what is counted.
struct LiveRules {
  Threshold speed_window;      ///< s: The knee's speed is the slope over this long.
  Threshold mean_window;       ///< s: The knee's flexion is the mean over this long.
  Threshold hesitation_share;  ///< ratio: A stop this share below the usual top is a
                               ///< hesitation, no kick.
  Threshold learning_rate;     ///< ratio: Each kick moves the usual top this share of the way.
  Threshold extra_kick_prominence;  ///< ratio: Once all kicks are done, one more needs this
                                    ///< many times the prominence.
  Threshold lowering_drop;  ///< deg: This far below its top, with no kick expected, the leg is
                            ///< being lowered.
};

}  // namespace matside::exercise
