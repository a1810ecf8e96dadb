// The pose in one picture, as matside.h takes it. Include matside.h, not this file.
#ifndef MATSIDE_FRAME_H
#define MATSIDE_FRAME_H

#include <stdint.h>

/// The number of landmarks.
enum { MATSIDE_LANDMARKS = 33 };

/// Indices of landmarks, in the order of MediaPipe's BlazePose.
enum {
  MATSIDE_NOSE = 0,
  MATSIDE_LEFT_EYE_INNER = 1,
  MATSIDE_LEFT_EYE = 2,
  MATSIDE_LEFT_EYE_OUTER = 3,
  MATSIDE_RIGHT_EYE_INNER = 4,
  MATSIDE_RIGHT_EYE = 5,
  MATSIDE_RIGHT_EYE_OUTER = 6,
  MATSIDE_LEFT_EAR = 7,
  MATSIDE_RIGHT_EAR = 8,
  MATSIDE_MOUTH_LEFT = 9,
  MATSIDE_MOUTH_RIGHT = 10,
  MATSIDE_LEFT_SHOULDER = 11,
  MATSIDE_RIGHT_SHOULDER = 12,
  MATSIDE_LEFT_ELBOW = 13,
  MATSIDE_RIGHT_ELBOW = 14,
  MATSIDE_LEFT_WRIST = 15,
  MATSIDE_RIGHT_WRIST = 16,
  MATSIDE_LEFT_PINKY = 17,
  MATSIDE_RIGHT_PINKY = 18,
  MATSIDE_LEFT_INDEX = 19,
  MATSIDE_RIGHT_INDEX = 20,
  MATSIDE_LEFT_THUMB = 21,
  MATSIDE_RIGHT_THUMB = 22,
  MATSIDE_LEFT_HIP = 23,
  MATSIDE_RIGHT_HIP = 24,
  MATSIDE_LEFT_KNEE = 25,
  MATSIDE_RIGHT_KNEE = 26,
  MATSIDE_LEFT_ANKLE = 27,
  MATSIDE_RIGHT_ANKLE = 28,
  MATSIDE_LEFT_HEEL = 29,
  MATSIDE_RIGHT_HEEL = 30,
  MATSIDE_LEFT_FOOT_INDEX = 31,
  MATSIDE_RIGHT_FOOT_INDEX = 32
};

/// A side of the person's body.
typedef enum matside_side {
  MATSIDE_LEFT = 0,
  MATSIDE_RIGHT = 1,
  MATSIDE_UNSURE = 2,  ///< unclear: the library prefers this to a wrong side
  MATSIDE_BOTH = 3     ///< both legs together, or no leg alone
} matside_side;

/// The position of a landmark in the picture. This struct never grows.
typedef struct matside_landmark {
  double x_px, y_px;  ///< pixels from the upper left of the upright picture; may be outside it
  double score;       ///< 0 (missing or hidden: not used) to 1 (certainly visible here)
} matside_landmark;

/// A knee's flexion in space, for sources of poses that measure it. This struct never grows.
typedef struct matside_knee {
  double flexion_deg;  ///< 0 = straight
  double sd_deg;       ///< standard deviation; 0: not measured
} matside_knee;

/// The pose in one picture. The engine uses nose, ears, shoulders, elbows, hips, knees and
/// ankles; the others may stay 0. A landmark that is NaN, infinite or beyond a million pixels
/// counts as missing.
typedef struct matside_frame {
  uint32_t struct_size;
  int32_t has_pose;             ///< 0: no person was found in the picture
  int32_t width_px, height_px;  ///< of the upright picture, 1 to 100,000
  double time_s;                ///< by the source's clock; must increase from frame to frame
  matside_landmark landmarks[MATSIDE_LANDMARKS];
  matside_knee knees[2];  ///< by MATSIDE_LEFT and MATSIDE_RIGHT
} matside_frame;

// clang-format off
#define MATSIDE_FRAME_INIT {sizeof(matside_frame), 0, 0, 0, 0.0, {{0.0, 0.0, 0.0}}, {{0.0, 0.0}}}
// clang-format on

#endif
