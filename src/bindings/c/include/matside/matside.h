// Counts and checks the single-leg kick from body landmarks: poses in, events out. For C and
// every language that can call it; matside.hpp wraps it for C++.
//
// A complete program. It reads a table of poses, as `matside analyze VIDEO --poses FILE.csv`
// writes it, and tells what was practised: `practice POSES.csv WIDTH HEIGHT LEVEL RESULT.json`.
//
//   #include <matside/matside.h>
//   #include <stdio.h>
//   #include <stdlib.h>
//   #include <string.h>
//
//   /* The number after the next comma; 0 and no number where there is none. */
//   static int next(const char** field, double* number) {
//     char* end;
//     if (**field != ',') return 0;
//     *number = strtod(*field + 1, &end);
//     const int there = end != *field + 1;
//     *field = end;
//     return there;
//   }
//
//   static matside_frame read_row(const char* row, int width_px, int height_px) {
//     matside_frame frame = MATSIDE_FRAME_INIT;
//     frame.width_px = width_px;
//     frame.height_px = height_px;
//     const char* field = row + strcspn(row, ","); /* the frame's number is of no use here */
//     next(&field, &frame.time_s);
//     for (int i = 0; i < MATSIDE_LANDMARKS; ++i) {
//       matside_landmark* seen = &frame.landmarks[i];
//       frame.has_pose = next(&field, &seen->x_px);
//       if (!frame.has_pose) return frame; /* nobody was found */
//       next(&field, &seen->y_px);
//       next(&field, &seen->score);
//     }
//     for (int side = 0; side < 2; ++side) {
//       next(&field, &frame.knees[side].flexion_deg);
//       next(&field, &frame.knees[side].deviation_deg);
//     }
//     return frame;
//   }
//
//   static void tell(const matside_session* session) {
//     static const char* const kSides[] = {"left", "right", "unsure"};
//     for (int i = 0; i < matside_session_event_count(session); ++i) {
//       const matside_event* event = matside_session_event(session, i);
//       if (event->kind == MATSIDE_REPETITION_FINISHED) {
//         const matside_repetition* repetition = event->repetition;
//         printf("%d: %s, %d kicks, %.1f s\n", repetition->index, kSides[repetition->side],
//                repetition->kick_count, repetition->end_s - repetition->start_s);
//         for (int k = 0; k < repetition->fault_count; ++k) {
//           printf("   %s\n", repetition->faults[k].cue);
//         }
//       } else if (event->kind == MATSIDE_WARNED) {
//         printf("%s\n", event->warning->message);
//       }
//     }
//   }
//
//   static int fail(const char* what) {
//     fprintf(stderr, "practice: %s\n", what);
//     return 1;
//   }
//
//   int main(int argc, char** argv) {
//     static char row[16384];
//     matside_error error;
//     matside_session* session;
//     matside_counts counts = MATSIDE_COUNTS_INIT;
//     const char* json;
//     if (argc != 6) return fail("POSES.csv WIDTH HEIGHT LEVEL RESULT.json");
//     FILE* poses = fopen(argv[1], "r");
//     FILE* result = fopen(argv[5], "w");
//     if (!poses || !result) return fail("a file can't be opened");
//     if (matside_session_new(NULL, atoi(argv[4]), &session, &error)) {
//       return fail(error.message);
//     }
//     if (!fgets(row, sizeof row, poses)) return fail("the table is empty");
//     while (fgets(row, sizeof row, poses)) {
//       matside_frame frame = read_row(row, atoi(argv[2]), atoi(argv[3]));
//       if (matside_session_push(session, &frame, &error)) return fail(error.message);
//       tell(session);
//     }
//     if (matside_session_finish(session, &error)) return fail(error.message);
//     tell(session);
//     matside_session_counts(session, &counts, NULL);
//     printf("left %d, right %d, unsure %d, kicks %d, clean %d\n", counts.left, counts.right,
//            counts.unsure, counts.kicks, counts.clean);
//     if (matside_session_result(session, NULL, &json, &error)) return fail(error.message);
//     fputs(json, result);
//     matside_session_free(session);
//     return fclose(result) ? fail("the result can't be written") : 0;
//   }
//
// Threads: a session, and all it hands out, belongs to one thread at a time; different sessions
// may be used at once. An exercise may be used by many threads at once, until it is freed.
// Nothing is shared behind the caller's back, and no file, clock or network is touched: the
// same frames give the same events.
//
// Failures: a function that can fail returns a matside_status, and fills the matside_error it
// is given (or NULL). It then has done nothing. After MATSIDE_NO_MEMORY or MATSIDE_INTERNAL a
// session is good for matside_session_free() alone. Nothing is ever thrown; where not even an
// error can be told any more for want of memory, the program ends.
//
// Structs that the caller makes begin with their size: start from the MATSIDE_..._INIT of their
// kind. Those that are handed out may grow at their end: use them where they lie, don't copy
// them by their size. Text is UTF-8. What was not measured is NaN, unless said otherwise. Left
// and right are the person's own.
#ifndef MATSIDE_MATSIDE_H
#define MATSIDE_MATSIDE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define MATSIDE_API __attribute__((visibility("default")))
#else
#define MATSIDE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum matside_status {
  MATSIDE_OK = 0,
  MATSIDE_USAGE = 1,  ///< a call that means nothing: a null pointer, a level that is not there
  MATSIDE_INPUT = 2,  ///< a frame or name that can't be
  MATSIDE_EXERCISE = 3,   ///< the exercise's text is wrong; the message says where
  MATSIDE_NO_MEMORY = 4,  ///< there is no memory left
  MATSIDE_INTERNAL = 5    ///< a mistake in this library
} matside_status;

/// One line for a person: what is wrong, where, what to do.
typedef struct matside_error {
  int32_t status;
  char message[508];
} matside_error;

/// The library's version, such as "0.1.0".
MATSIDE_API const char* matside_version(void);

// ---- exercises ----

/// What is judged, and against which thresholds.
typedef struct matside_exercise matside_exercise;

/// An exercise from the texts of its two files: data/exercises/single_leg_kick.json and
/// cues.en.json of Matside describe the format. Lengths are in bytes. Free it with
/// matside_exercise_free(); sessions made of it outlive it.
/// @returns MATSIDE_EXERCISE (not JSON; an unknown, missing or doubled key; a value of the
///   wrong kind, unit or range; words that do not fit), MATSIDE_USAGE, MATSIDE_NO_MEMORY.
///   *exercise is NULL then.
MATSIDE_API matside_status matside_exercise_parse(const char* exercise_json,
                                                  size_t exercise_length,
                                                  const char* words_json, size_t words_length,
                                                  matside_exercise** exercise,
                                                  matside_error* error);

/// NULL is let be.
MATSIDE_API void matside_exercise_free(matside_exercise* exercise);

// ---- frames ----

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

/// The landmark's standard name, such as "left_knee"; NULL beyond 0 to 32.
MATSIDE_API const char* matside_landmark_name(int landmark);

typedef enum matside_side {
  MATSIDE_LEFT = 0,
  MATSIDE_RIGHT = 1,
  MATSIDE_UNSURE = 2
} matside_side;

/// Where a landmark is seen. It never grows.
typedef struct matside_landmark {
  double x_px, y_px;  ///< pixels of the upright picture, from its upper left; may lie outside
  double score;       ///< 0 (missing or hidden: not used) to 1 (surely seen here)
} matside_landmark;

/// A knee's flexion in space, where the source of the poses measures it by itself. It never
/// grows.
typedef struct matside_knee {
  double flexion_deg;    ///< 0 = straight
  double deviation_deg;  ///< its standard deviation; 0: not measured
} matside_knee;

/// What was seen at one instant. The engine reads nose, ears, shoulders, elbows, hips,
/// knees and ankles; the others may be left at 0. A joint that is no number, or beyond a
/// million pixels, is not seen.
typedef struct matside_frame {
  uint32_t struct_size;
  int32_t has_pose;             ///< 0: nobody was found in the picture
  int32_t width_px, height_px;  ///< of the upright picture, 1 to 100,000
  double time_s;  ///< the source's own clock, from 0; each frame's is later than the last's
  matside_landmark landmarks[MATSIDE_LANDMARKS];
  matside_knee knees[2];  ///< by MATSIDE_LEFT and MATSIDE_RIGHT
} matside_frame;

// clang-format off
#define MATSIDE_FRAME_INIT {sizeof(matside_frame), 0, 0, 0, 0.0, {{0.0, 0.0, 0.0}}, {{0.0, 0.0}}}
// clang-format on

// ---- events ----

/// The knee's greatest bend before it springs back. It never grows.
typedef struct matside_kick {
  double time_s;
  double knee_flexion_deg;  ///< 0 = hip, knee and ankle in line
} matside_kick;

/// It never grows.
typedef struct matside_fault {
  const char* id;    ///< for programs, such as "hips_lift"
  const char* name;  ///< in a list
  const char* cue;   ///< what a teacher says at the moment
  double value;      ///< what was measured, ...
  double threshold;  ///< ... against what, ...
  const char* unit;  ///< ... in which unit: deg, s, deg_per_s, thigh_length, ratio or the like
} matside_fault;

typedef enum matside_repetition_status {
  MATSIDE_CLEAN = 0,
  MATSIDE_FAULTY = 1,
  MATSIDE_PARTIAL = 2,  ///< counted, but a small bend or cut off
  MATSIDE_UNJUDGED = 3  ///< counted, but not seen well enough to say how it was done
} matside_repetition_status;

/// One side's kick, kick and lower.
typedef struct matside_repetition {
  int32_t index;             ///< from 1
  int32_t side;              ///< matside_side: unsure rather than wrong
  int32_t status;            ///< matside_repetition_status
  int32_t kick_count;        ///< of kicks
  int32_t fault_count;       ///< of faults
  double start_s;            ///< the foot leaves rest
  double lowering_start_s;   ///< after the last kick
  double end_s;              ///< it is back, or has stopped short
  double greatest_bend_deg;  ///< of the kicks, above rest
  double side_confidence;    ///< 0.5 (no idea) to 1
  double confidence;         ///< 0 to 1: that it was one, seen well enough to judge
  const matside_kick* kicks;
  const matside_fault* faults;  ///< most important first
} matside_repetition;

/// A fault of the set, not of one repetition.
typedef struct matside_set_fault {
  const char* id;  ///< such as "same_side_twice"
  const char* name;
  const char* cue;
  double at_s;
} matside_set_fault;

/// Something stands in the way of judging.
typedef struct matside_warning {
  const char* id;       ///< such as "no_person"
  const char* message;  ///< what is wrong and what to do
} matside_warning;

/// Later versions may have more: skip those you don't know.
typedef enum matside_event_kind {
  MATSIDE_REPETITION_FINISHED = 1,
  MATSIDE_SET_FAULT_SEEN = 2,
  MATSIDE_WARNED = 3
} matside_event_kind;

/// The pointer of its kind is set, the others are NULL.
typedef struct matside_event {
  int32_t kind;  ///< matside_event_kind
  const matside_repetition* repetition;
  const matside_set_fault* set_fault;
  const matside_warning* warning;
} matside_event;

// ---- sessions ----

/// One practice.
typedef struct matside_session matside_session;

/// A practice of that level (0 to 3 of the exercise built in, which NULL stands for). Free
/// it with matside_session_free().
/// @returns MATSIDE_USAGE (no such level, a null pointer), MATSIDE_NO_MEMORY. *session is
///   NULL then.
MATSIDE_API matside_status matside_session_new(const matside_exercise* exercise, int level,
                                               matside_session** session, matside_error* error);

/// NULL is let be. All that the session handed out is gone then.
MATSIDE_API void matside_session_free(matside_session* session);

/// Takes the next frame, at the digits that a table of poses keeps: microseconds,
/// hundredths of a pixel, scores to 0.0001, tenths of a degree. A frame whose time is no
/// number or does not rise is left out, and a warning tells so.
/// @returns MATSIDE_INPUT (a picture's size beyond 1 to 100,000), MATSIDE_USAGE (a null
///   pointer, a frame of another struct_size, a session that is finished),
///   MATSIDE_NO_MEMORY.
MATSIDE_API matside_status matside_session_push(matside_session* session,
                                                const matside_frame* frame,
                                                matside_error* error);

/// The source has ended: judges what is under way, and warns of what has not been warned
/// of. Once more gives no event.
/// @returns MATSIDE_USAGE (a null pointer), MATSIDE_NO_MEMORY.
MATSIDE_API matside_status matside_session_finish(matside_session* session,
                                                  matside_error* error);

/// The events of the last push or finish; 0 for NULL.
MATSIDE_API int matside_session_event_count(const matside_session* session);

/// One of them, from 0; NULL beyond. Valid until the next push, finish or free.
MATSIDE_API const matside_event* matside_session_event(const matside_session* session,
                                                       int index);

/// What was counted up to now.
typedef struct matside_counts {
  uint32_t struct_size;
  int32_t left, right, unsure;  ///< repetitions
  int32_t kicks;
  int32_t clean;  ///< of the repetitions
} matside_counts;

#define MATSIDE_COUNTS_INIT \
  { sizeof(matside_counts), 0, 0, 0, 0, 0 }

/// @returns MATSIDE_USAGE (a null pointer, another struct_size).
MATSIDE_API matside_status matside_session_counts(const matside_session* session,
                                                  matside_counts* counts, matside_error* error);

typedef enum matside_attitude {
  MATSIDE_UNCLEAR = 0,  ///< too little seen to tell
  MATSIDE_LYING = 1,
  MATSIDE_UPRIGHT = 2  ///< standing, sitting, kneeling, on all fours
} matside_attitude;

typedef enum matside_phase {
  MATSIDE_REST = 0,
  MATSIDE_BENDING = 1,
  MATSIDE_KICKING = 2,
  MATSIDE_LOWERING = 3
} matside_phase;

/// What the frame pushed last showed, to sound a kick at once. Provisional: what counts is
/// what the events tell when the movement has ended.
typedef struct matside_moment {
  uint32_t struct_size;
  int32_t person;    ///< 1: somebody was found
  int32_t attitude;  ///< matside_attitude
  int32_t settled;   ///< 1: the person's own rest is known
  int32_t phase;     ///< matside_phase
  int32_t raised;    ///< matside_side: the leg that moves; MATSIDE_UNSURE at rest
  int32_t kicks;     ///< of the movement under way
  double time_s;
  double last_kick_s;          ///< once there was a kick
  double knee_flexion_deg[2];  ///< as seen; by MATSIDE_LEFT and MATSIDE_RIGHT
  double trunk_deg;            ///< the hip-shoulder line above the floor
  double camera_yaw_deg;       ///< off square along the mat, positive = from the picture's left
  double camera_pitch_deg;     ///< looking down
} matside_moment;

#define MATSIDE_MOMENT_INIT \
  { sizeof(matside_moment), 0, 0, 0, 0, 0, 0, 0.0, 0.0, {0.0, 0.0}, 0.0, 0.0, 0.0 }

/// @returns MATSIDE_USAGE (a null pointer, another struct_size).
MATSIDE_API matside_status matside_session_moment(const matside_session* session,
                                                  matside_moment* moment, matside_error* error);

/// Where the poses came from, as the result tells it. NULL: not known.
typedef struct matside_source {
  uint32_t struct_size;
  const char* path;
  const char* sha256;      ///< of the file, 64 lower-case hexadecimal digits
  const char* pose_model;  ///< what found the poses: small letters, digits and "-"
} matside_source;

#define MATSIDE_SOURCE_INIT \
  { sizeof(matside_source), NULL, NULL, NULL }

/// All that was found up to now, as `matside analyze` writes it: the result file
/// matside.analysis/1 (its schema is analysis.schema.json). "complete" is false before
/// matside_session_finish(). `source` may be NULL. The text ends with a 0 and is valid
/// until the next call of this function or free.
/// @returns MATSIDE_INPUT (a source's part that can't be), MATSIDE_USAGE,
///   MATSIDE_NO_MEMORY.
MATSIDE_API matside_status matside_session_result(matside_session* session,
                                                  const matside_source* source,
                                                  const char** json, matside_error* error);

#ifdef __cplusplus
}
#endif

#endif
