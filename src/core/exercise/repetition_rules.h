// How a repetition is found and where it begins and ends, as data.
#pragma once

#include "core/exercise/threshold.h"

namespace matside::exercise {

/// How a repetition is distinguished from everything else (movement.md 6.2). Knee angles are
/// knee flexion above the person's own rest.
struct RepetitionRules {
  Threshold counted_bend;           ///< deg: a bend at least this deep counts
  Threshold rest_below;             ///< deg: at rest below this
  Threshold start_near;             ///< deg: the near leg has left rest
  Threshold start_far;              ///< deg: the far leg has left rest; it is seen later
  Threshold start_speed;            ///< deg_per_s: at least this fast when leaving rest
  Threshold rest_hold;              ///< s: at rest this long ends a repetition
  Threshold kick_prominence;        ///< deg: a kick rises and falls at least this much
  Threshold kick_prominence_noise;  ///< ratio: ... and this many times the signal's noise
  Threshold kick_interval_min;      ///< s between two kicks
  Threshold kick_interval_max;      ///< s between two kicks
  Threshold longest;                ///< s: a longer bend is not a repetition
  Threshold tracking_loss;          ///< s: unseen longer than this ends the movement
  Threshold noise_max;              ///< deg: no form is scored where knees stray more at rest
  Threshold rest_flexion_max;  ///< deg: When somebody lies down, a leg bent more than this is
                               ///< not yet at rest.
  Threshold rest_window;       ///< s: The person's rest is the median over this long.
  Threshold rest_min;          ///< s: It is known after this long.
  Threshold still_window;      ///< s: Stillness is measured over this long.
  Threshold unsettled_min;     ///< s: Movement shorter than this doesn't interrupt settling: a
                               ///< single joint was misread.
  Threshold new_rest_hold;     ///< s: Still this long away from the known rest: this is the new
                               ///< rest, and the movement ends.
  Threshold
      trunk_shift;  ///< deg: The trunk has changed position when its line has turned this much.
  Threshold hip_shift;  ///< thigh_length: The person or the camera has moved when the hip is
                        ///< this far from its rest.
  Threshold trunk_still_speed;  ///< deg_per_s: The trunk is still while its line turns more
                                ///< slowly than this.
  Threshold leg_loss;  ///< s: A raised leg unseen for no longer than this is hidden, not down.
  Threshold edge_flexion;  ///< deg: A foot closer to rest than this counts as resting when a
                           ///< repetition's ends are timed.
  Threshold edge_extrapolation_max;  ///< s: Ends of a repetition are estimated at most this far
                                     ///< outside what was seen.
  Threshold
      overlap_min;  ///< s: A smaller overlap of two repetitions is within the timing error.
  Threshold stop_window;       ///< s: A lowering foot that is slow for this long has stopped.
  Threshold stop_speed;        ///< deg_per_s: ... slower than this.
  Threshold stop_below_share;  ///< ratio: ... and below this share of the last kick.
  Threshold lowering_start_share;  ///< ratio: Lowering begins this share of kick_prominence
                                   ///< below the last kick.
  Threshold together_from_share;   ///< ratio: Both legs are compared while the raised one is
                                   ///< bent at least this share of counted_bend.
  Threshold together_bend_share;   ///< ratio: Both legs bend together where the other is bent
                                   ///< more than this share of the raised one.
  Threshold
      together_time_share;  ///< ratio: ... for more than this share of the time: no repetition.
  Threshold together_warning;  ///< count: Warn after this many bends of both legs in a row.
  Threshold down_share;  ///< ratio: Between two kicks the foot came down if it fell below this
                         ///< share of the lower one.
  Threshold crossing_share;  ///< ratio: The legs crossed if the other leg rose to this share of
                             ///< the raised one; this parts two repetitions.
  Threshold prone_hip_extension_max;  ///< deg: A thigh that rises further doesn't belong to
                                      ///< somebody lying prone.
  Threshold prone_foot_drop_max;  ///< deg: Nor does a foot that reads further below the mat,
                                  ///< seen from the knee.
  Threshold prone_knee_extension_max;  ///< deg: Nor does a knee that bends the other way by
                                       ///< more than this.
  Threshold transit_from;     ///< deg: The lowering is timed from this knee flexion ...
  Threshold transit_to;       ///< deg: ... to this one; the rise is timed from here.
  Threshold scored_rate_min;  ///< hz: Neither form nor side is judged below this frame rate.
  Threshold scored_gap_max;   ///< s: Nor form where frames are missing for longer than this.
  Threshold obliquity_max;  ///< deg: No form is scored where the camera looks from further off
                            ///< square.
};

}  // namespace matside::exercise
