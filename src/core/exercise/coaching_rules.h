// How a practice is led, as data: when to speak, and about what.
#pragma once

#include "core/exercise/threshold.h"

namespace matside::exercise {

/// How a practice is led (movement.md 6.3 and 6.4).
struct CoachingRules {
  Threshold settle_time;     ///< s: The set begins once the person is in position and still for
                             ///< this long.
  Threshold ease_out;        ///< s: The practice ends this long after the last words.
  Threshold comfort_margin;  ///< deg: A full kick is this far within the comfortable bend ...
  Threshold full_kick_min;   ///< deg: ... but never less than this.
  Threshold full_kick_step;  ///< deg: Kicks become this much smaller when the hips keep rising.
  Threshold calibration_wait;      ///< s: A slow bend is asked for again after this long.
  Threshold calibration_attempts;  ///< count: ... until this many requests were in vain.
  Threshold
      cue_repeat;  ///< count: The same correction is not repeated within this many repetitions.
  Threshold
      unseen_repeat;  ///< count: Nor is the hint that the legs are not seen within this many.
  Threshold clean_run_to_skip;    ///< count: After this many clean repetitions a single slip
                                  ///< passes without a word ...
  Threshold always_cue_priority;  ///< count: ... unless its priority is this or more urgent.
  Threshold full_prompts;  ///< count: Turns prompted in full; later ones by their side alone.
  Threshold lowering_prompts;    ///< count: Lowerings that are prompted.
  Threshold silent_after_clean;  ///< count: After this many clean repetitions in a row there
                                 ///< are no prompts.
  Threshold repetitions_max;     ///< count: Most repetitions a side that can be asked for; the
                                 ///< words count this far.
};

/// When a sentence is spoken, in which form, and when it is dropped.
struct SpeechRules {
  Threshold gap;     ///< s: Silence between two sentences.
  Threshold finish;  ///< s: A sentence that ends within this is interrupted by safety alone.
  Threshold count_before;  ///< s: A count begins at most this long before the foot's return.
  Threshold
      count_within;  ///< s: A count begins this soon after the foot's return, or not at all.
  Threshold correction_within;  ///< s: A correction begins this soon after its repetition.
  Threshold praise_within;      ///< s: So does praise.
  Threshold long_within;   ///< s: An instruction that has waited longer takes its short form.
  Threshold repeat_after;  ///< s: The same sentence is not said again within this.
  Threshold
      side_within;  ///< s: Usual rest before the next bend, until the person's own is known.
  Threshold side_retry;  ///< s: A side that came too late is named once the person has rested
                         ///< this long.
  Threshold
      kick_overrun;  ///< s: The words for the kicks end at most this long after the last one.
  Threshold lowering_share;  ///< ratio: The words for lowering begin before this share of it.
  Threshold
      camera_wait;  ///< s: How to place the camera is said when nobody lies in view by then.
  Threshold
      share_max;  ///< ratio: Kicks, praise and breath are left out where more of the time ...
  Threshold share_window_min;  ///< s: A set that is shorter counts as this long.
  Threshold share_window;      ///< s: ... of this long would have speech.
  Threshold pace_weight;       ///< ratio: Weight of the last repetition in the person's pace.
  Threshold
      letter_time;  ///< s: Estimated length of a sentence without a clip, for each character.
};

/// Hints for placing the camera and lying down.
struct PlacementRules {
  Threshold issue_min;        ///< s: A problem is mentioned once it has lasted this long.
  Threshold hint_interval;    ///< s: Time between two hints, to act on the first.
  Threshold repeat_interval;  ///< s: Time before the same hint again.
  Threshold hints_max;        ///< count: A hint without effect is given at most this often.
  Threshold well_placed_min;  ///< s: The person is in place after lying well for this long.
  Threshold dark_below;  ///< ratio: A picture with nobody in it is too dark below this mean
                         ///< brightness.
};

/// Whether the person is still in position.
struct PostureRules {
  Threshold hold;          ///< s: A posture counts once it has lasted this long.
  Threshold propped_from;  ///< deg: A trunk flatter than this was never propped up.
  Threshold
      chest_down_share;  ///< ratio: The chest is down below this share of the usual incline ...
  Threshold chest_up_share;  ///< ratio: ... and up again above this one.
};

/// What is said at the end of a practice.
struct FeedbackRules {
  Threshold praise_max;              ///< count: Most things praised at the end.
  Threshold advice_max;              ///< count: Most things to work on.
  Threshold praise_repetitions_min;  ///< count: Fewest repetitions after which the absence of a
                                     ///< fault is praised.
  Threshold mostly_clean_share;      ///< ratio: Most repetitions were clean above this share.
};

/// Timing of a practice by sound alone (movement.md 1.3).
struct AudioGuideRules {
  Threshold bend;         ///< s: Time to bend the knee for two kicks.
  Threshold slow_bend;    ///< s: Time for the single kick of the easiest level.
  Threshold beat;         ///< s: Time between two kicks: 86 a minute.
  Threshold lower;        ///< s: Time to lower the foot.
  Threshold rest;         ///< s: Time to hear the count and prepare the other leg.
  Threshold side_word;    ///< s: Time to name the side.
  Threshold full_prompt;  ///< s: Time to name the side and the kicks.
  Threshold settle;       ///< s: Time to get into position.
  Threshold announce;     ///< s: Time to announce the set.
  Threshold comfort;      ///< s: Time to ask about comfort.
  Threshold last_words;   ///< s: Time for the last words.
};

}  // namespace matside::exercise
