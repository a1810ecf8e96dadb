// Counts and checks single-leg kicks, and the other exercises of Matside, from body landmarks:
// poses in, events out. For C and every language that can call C; matside.hpp wraps it for C++.
//
// A complete program. It reads a table of poses, as `matside analyze VIDEO --poses FILE.csv`
// writes it, and prints the practice: `practice POSES.csv WIDTH HEIGHT LEVEL RESULT.json
// [EXERCISE]`.
//
//   #include <matside/matside.h>
//   #include <stdio.h>
//   #include <stdlib.h>
//   #include <string.h>
//
//   /* Reads the number after the next comma. Returns 0 if the field is empty. */
//   static int next(const char** field, double* number) {
//     char* end;
//     if (**field != ',') return 0;
//     *number = strtod(*field + 1, &end);
//     const int found = end != *field + 1;
//     *field = end;
//     return found;
//   }
//
//   static matside_frame read_row(const char* row, int width_px, int height_px) {
//     matside_frame frame = MATSIDE_FRAME_INIT;
//     frame.width_px = width_px;
//     frame.height_px = height_px;
//     const char* field = row + strcspn(row, ","); /* skips the frame's number */
//     next(&field, &frame.time_s);
//     for (int i = 0; i < MATSIDE_LANDMARKS; ++i) {
//       matside_landmark* landmark = &frame.landmarks[i];
//       frame.has_pose = next(&field, &landmark->x_px);
//       if (!frame.has_pose) return frame; /* no person was found */
//       next(&field, &landmark->y_px);
//       next(&field, &landmark->score);
//     }
//     for (int side = 0; side < 2; ++side) {
//       next(&field, &frame.knees[side].flexion_deg);
//       next(&field, &frame.knees[side].sd_deg);
//     }
//     return frame;
//   }
//
//   static void print_events(const matside_session* session) {
//     static const char* const kSides[] = {"left", "right", "unsure", "both"};
//     for (int i = 0; i < matside_session_event_count(session); ++i) {
//       const matside_event* event = matside_session_event(session, i);
//       if (event->kind == MATSIDE_REPETITION_FINISHED) {
//         const matside_repetition* repetition = event->repetition;
//         printf("%d: %s, %d peaks, %.1f s\n", repetition->index, kSides[repetition->side],
//                repetition->peak_count, repetition->end_s - repetition->start_s);
//         for (int k = 0; k < repetition->fault_count; ++k) {
//           printf("   %s\n", repetition->faults[k].cue);
//         }
//       } else if (event->kind == MATSIDE_WARNING_RAISED) {
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
//     matside_exercise* exercise = NULL; /* the single-leg kick */
//     matside_session* session;
//     matside_counts counts = MATSIDE_COUNTS_INIT;
//     const char* json;
//     if (argc < 6) return fail("POSES.csv WIDTH HEIGHT LEVEL RESULT.json [EXERCISE]");
//     FILE* poses = fopen(argv[1], "r");
//     FILE* result = fopen(argv[5], "w");
//     if (!poses || !result) return fail("a file can't be opened");
//     if (argc > 6 && matside_exercise_find(argv[6], &exercise, &error)) {
//       return fail(error.message);
//     }
//     if (matside_session_new(exercise, atoi(argv[4]), &session, &error)) {
//       return fail(error.message);
//     }
//     matside_exercise_free(exercise); /* the session doesn't need it */
//     if (!fgets(row, sizeof row, poses)) return fail("the table is empty");
//     while (fgets(row, sizeof row, poses)) {
//       matside_frame frame = read_row(row, atoi(argv[2]), atoi(argv[3]));
//       if (matside_session_push(session, &frame, &error)) return fail(error.message);
//       print_events(session);
//     }
//     if (matside_session_finish(session, &error)) return fail(error.message);
//     print_events(session);
//     matside_session_counts(session, &counts, NULL);
//     printf("left %d, right %d, both %d, unsure %d, peaks %d, clean %d\n", counts.left,
//            counts.right, counts.both, counts.unsure, counts.kicks, counts.clean);
//     if (matside_session_result(session, NULL, &json, &error)) return fail(error.message);
//     fputs(json, result);
//     matside_session_free(session);
//     return fclose(result) ? fail("the result can't be written") : 0;
//   }
//
// Threads: use a session, and the pointers that it returns, in one thread at a time. Different
// sessions may run in parallel. Many threads may share an exercise until it is freed. There is
// no global state, and no file, clock or network is used: the same frames give the same events.
//
// Errors: a function that can fail returns a matside_status and fills its matside_error, which
// may be NULL. A function that fails changes nothing. After MATSIDE_NO_MEMORY or
// MATSIDE_INTERNAL a session can only be freed. Nothing is thrown. If there is not even memory
// for reporting an error, the program is terminated.
//
// Structs: those that the caller makes begin with their size, so start from their
// MATSIDE_..._INIT. Those that the library returns may grow at their end in later versions, so
// don't copy them by size. Text is UTF-8. Values that were not measured are NaN unless stated
// otherwise. Left and right are the person's own.
#ifndef MATSIDE_MATSIDE_H
#define MATSIDE_MATSIDE_H

#include <matside/frame.h>
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

/// The result of a call.
typedef enum matside_status {
  MATSIDE_OK = 0,
  MATSIDE_USAGE = 1,      ///< an invalid call: a null pointer, a level that doesn't exist
  MATSIDE_INPUT = 2,      ///< invalid data in a frame or a source
  MATSIDE_EXERCISE = 3,   ///< an error in the exercise's text; the message says where
  MATSIDE_NO_MEMORY = 4,  ///< out of memory
  MATSIDE_INTERNAL = 5    ///< a bug in this library
} matside_status;

/// What went wrong, in one line for people: what is wrong, where, and what to do.
typedef struct matside_error {
  int32_t status;     ///< matside_status
  char message[508];  ///< ends with a 0; a longer message is cut between two characters
} matside_error;

/// @returns the library's version, such as "0.1.0"
MATSIDE_API const char* matside_version(void);

// ---- exercises ----

/// An exercise: what to count and check, and the thresholds.
typedef struct matside_exercise matside_exercise;

/// Reads an exercise from the texts of its two files. Matside's single_leg_kick.json and
/// cues.en.json are examples of the format. Free the exercise with matside_exercise_free();
/// sessions that were made from it stay valid.
/// @param exercise_length, cues_length  in bytes
/// @param[out] exercise  NULL after an error
/// @returns MATSIDE_EXERCISE (not JSON; an unknown, missing or duplicate key; a value of the
///   wrong type, unit or range; cues that don't fit the exercise), MATSIDE_USAGE (a null
///   pointer), MATSIDE_NO_MEMORY
MATSIDE_API matside_status matside_exercise_parse(const char* exercise_json,
                                                  size_t exercise_length, const char* cues_json,
                                                  size_t cues_length,
                                                  matside_exercise** exercise,
                                                  matside_error* error);

/// Reads an exercise from the text of its one file, of the schema matside.exercise/2, which
/// docs/exercise_files.md explains. Matside's swan_preparation.json is an example. Free the
/// exercise with matside_exercise_free(); sessions that were made from it stay valid.
/// @param length  in bytes
/// @param[out] exercise  NULL after an error
/// @returns as matside_exercise_parse()
MATSIDE_API matside_status matside_exercise_read(const char* json, size_t length,
                                                 matside_exercise** exercise,
                                                 matside_error* error);

/// Makes a built-in exercise from its id, such as "swan-preparation". Free the exercise with
/// matside_exercise_free(); sessions that were made from it stay valid.
/// @param[out] exercise  NULL after an error
/// @returns MATSIDE_USAGE (no built-in exercise has this id: the message names all that there
///   are; a null pointer), MATSIDE_NO_MEMORY
MATSIDE_API matside_status matside_exercise_find(const char* id, matside_exercise** exercise,
                                                 matside_error* error);

/// Lists the built-in exercises.
/// @param index  from 0, the single-leg kick
/// @returns the exercise's id; NULL if there is no such number
MATSIDE_API const char* matside_exercise_built_in(int index);

/// @returns the exercise's id, valid until it is freed; NULL for NULL
MATSIDE_API const char* matside_exercise_id(const matside_exercise* exercise);

/// @returns the exercise's name for people, valid until it is freed; NULL for NULL
MATSIDE_API const char* matside_exercise_name(const matside_exercise* exercise);

/// A level of an exercise, from easier to harder.
typedef struct matside_level {
  int32_t number;           ///< to pass to matside_session_new()
  const char* name;         ///< for lists
  const char* description;  ///< how it is done
} matside_level;

/// @returns the number of levels; 0 for NULL
MATSIDE_API int matside_exercise_level_count(const matside_exercise* exercise);

/// @param index  from 0
/// @returns a level, valid until the exercise is freed; NULL if there is no such level
MATSIDE_API const matside_level* matside_exercise_level(const matside_exercise* exercise,
                                                        int index);

/// Frees an exercise. Does nothing for NULL.
MATSIDE_API void matside_exercise_free(matside_exercise* exercise);

// ---- frames: matside/frame.h ----

/// @returns the landmark's standard name, such as "left_knee"; NULL for numbers beyond 0 to 32
MATSIDE_API const char* matside_landmark_name(int landmark);

// ---- events ----

/// One kick: where the knee bends most. This struct never grows.
typedef struct matside_kick {
  double time_s;
  double knee_flexion_deg;  ///< above rest
} matside_kick;

/// A peak of a repetition: where the movement turns back. The peaks of the single-leg kick are
/// its kicks. This struct never grows.
typedef struct matside_peak {
  double time_s;
  double value;      ///< above rest
  const char* unit;  ///< deg or thigh_length
  int32_t leg;       ///< where both legs move, each with its own peaks: MATSIDE_LEFT or
                     ///< MATSIDE_RIGHT; else MATSIDE_NO_LEG
} matside_peak;

/// Of a peak that belongs to the repetition's side.
enum { MATSIDE_NO_LEG = -1 };

/// A measure of a repetition that the exercise's file asks for. This struct never grows.
typedef struct matside_reading {
  const char* id;  ///< as in the file, such as "hold_s"
  double value;
  const char* unit;  ///< deg, s, thigh_length or count
} matside_reading;

/// A fault of a repetition. This struct never grows.
typedef struct matside_fault {
  const char* id;    ///< for programs, such as "hips_lift"
  const char* name;  ///< for lists
  const char* cue;   ///< to speak during the practice
  double value;      ///< measured
  double threshold;  ///< what the value was compared with
  const char* unit;  ///< of both: deg, s, deg_per_s, thigh_length, ratio or the like
} matside_fault;

/// How well a repetition was done.
typedef enum matside_repetition_status {
  MATSIDE_CLEAN = 0,    ///< no fault
  MATSIDE_FAULTY = 1,   ///< at least one fault
  MATSIDE_PARTIAL = 2,  ///< counted, but with little knee flexion, or cut off
  MATSIDE_UNJUDGED = 3  ///< counted, but not visible well enough to check, or lying flat
} matside_repetition_status;

/// One repetition: a movement to one or more peaks, and its lowering. In the single-leg kick,
/// the kicks of one leg.
typedef struct matside_repetition {
  int32_t index;             ///< from 1
  int32_t side;              ///< matside_side
  int32_t status;            ///< matside_repetition_status
  int32_t kick_count;        ///< of kicks; 0 in other exercises, which have peaks only
  int32_t fault_count;       ///< of faults
  double start_s;            ///< what moves leaves rest: in the single-leg kick, the foot
  double lowering_start_s;   ///< after the last peak
  double end_s;              ///< it is back at rest, or has stopped above it
  double greatest_bend_deg;  ///< largest knee flexion of the kicks, above rest; 0 without kicks
  double side_confidence;    ///< 0.5 (a guess) to 1
  double confidence;         ///< 0 to 1: that it was a repetition and clearly visible
  const matside_kick* kicks;
  const matside_fault* faults;  ///< most important first
  int32_t peak_count;           ///< of peaks
  int32_t reading_count;        ///< of readings
  const matside_peak* peaks;
  const matside_reading* readings;  ///< in the order of the exercise's file
} matside_repetition;

/// A fault of the whole set.
typedef struct matside_set_fault {
  const char* id;  ///< such as "same_side_twice"
  const char* name;
  const char* cue;
  double time_s;  ///< when it was detected
} matside_set_fault;

/// A condition that prevents reliable counting or checking.
typedef struct matside_warning {
  const char* id;       ///< such as "no_person"
  const char* message;  ///< what is wrong and what to do
} matside_warning;

/// Later versions may add kinds, so ignore kinds that you don't know.
typedef enum matside_event_kind {
  MATSIDE_REPETITION_FINISHED = 1,
  MATSIDE_SET_FAULT_DETECTED = 2,
  MATSIDE_WARNING_RAISED = 3
} matside_event_kind;

/// One event. The pointer of its kind is set; the others are NULL.
typedef struct matside_event {
  int32_t kind;  ///< matside_event_kind
  const matside_repetition* repetition;
  const matside_set_fault* set_fault;
  const matside_warning* warning;
} matside_event;

// ---- sessions ----

/// One practice.
typedef struct matside_session matside_session;

/// Starts a practice. Free it with matside_session_free().
/// @param exercise  NULL: the single-leg kick
/// @param level  of the exercise; the single-leg kick has the levels 0 to 3
/// @param[out] session  NULL after an error
/// @returns MATSIDE_USAGE (no such level, a null pointer), MATSIDE_NO_MEMORY
MATSIDE_API matside_status matside_session_new(const matside_exercise* exercise, int level,
                                               matside_session** session, matside_error* error);

/// Frees a session, and everything that it returned. Does nothing for NULL.
MATSIDE_API void matside_session_free(matside_session* session);

/// Processes the next frame, rounded as a table of poses is: to microseconds, hundredths of a
/// pixel, scores of 0.0001 and tenths of a degree. A frame with an invalid or non-increasing
/// time is skipped, with a warning.
/// @returns MATSIDE_INPUT (a picture size beyond 1 to 100,000), MATSIDE_USAGE (a null pointer,
///   another struct_size, a finished session), MATSIDE_NO_MEMORY
MATSIDE_API matside_status matside_session_push(matside_session* session,
                                                const matside_frame* frame,
                                                matside_error* error);

/// Ends the practice: scores the movement in progress and raises the remaining warnings.
/// Calling it again gives no events.
/// @returns MATSIDE_USAGE (a null pointer), MATSIDE_NO_MEMORY
MATSIDE_API matside_status matside_session_finish(matside_session* session,
                                                  matside_error* error);

/// @returns the number of events of the last push or finish; 0 for NULL
MATSIDE_API int matside_session_event_count(const matside_session* session);

/// @param index  from 0
/// @returns an event of the last push or finish, valid until the next push, finish or free;
///   NULL if there is no such event
MATSIDE_API const matside_event* matside_session_event(const matside_session* session,
                                                       int index);

/// What was counted so far.
typedef struct matside_counts {
  uint32_t struct_size;
  int32_t left, right, unsure;  ///< repetitions by side
  int32_t kicks;                ///< of all repetitions; peaks in other exercises
  int32_t clean;                ///< repetitions without a fault
  int32_t both;                 ///< repetitions of both legs together, or of no leg alone
} matside_counts;

#define MATSIDE_COUNTS_INIT \
  { sizeof(matside_counts), 0, 0, 0, 0, 0, 0 }

/// Fills `counts`; the first version's struct gets no `both`.
/// @returns MATSIDE_USAGE (a null pointer, another struct_size)
MATSIDE_API matside_status matside_session_counts(const matside_session* session,
                                                  matside_counts* counts, matside_error* error);

/// The posture of the body.
typedef enum matside_posture {
  MATSIDE_POSTURE_UNKNOWN = 0,  ///< too little is visible
  MATSIDE_POSTURE_LYING = 1,
  MATSIDE_POSTURE_UPRIGHT = 2  ///< standing, sitting, kneeling, on the back, on the side
} matside_posture;

/// The phase of a movement.
typedef enum matside_phase {
  MATSIDE_REST = 0,
  MATSIDE_BENDING = 1,  ///< on the way up, in other exercises
  MATSIDE_KICKING = 2,  ///< at the top, in other exercises
  MATSIDE_LOWERING = 3
} matside_phase;

/// What the last frame shows, for feedback without delay. It is provisional: the events at the
/// end of a movement decide what counts.
typedef struct matside_frame_state {
  uint32_t struct_size;
  int32_t person;          ///< 1: a person was found
  int32_t posture;         ///< matside_posture
  int32_t baseline_known;  ///< 1: the person's own rest position is known
  int32_t phase;           ///< matside_phase
  int32_t moving_side;     ///< matside_side of what moves; MATSIDE_UNSURE at rest
  int32_t kicks;           ///< of the movement in progress; peaks in other exercises
  double time_s;
  double last_kick_s;          ///< NaN before the first kick of the movement
  double knee_flexion_deg[2];  ///< in the picture; by MATSIDE_LEFT and MATSIDE_RIGHT
  double trunk_deg;            ///< angle of the line from hip to shoulder above the floor
  double camera_yaw_deg;       ///< from square to the mat; positive: from the picture's left
  double camera_pitch_deg;     ///< positive: looking down
} matside_frame_state;

#define MATSIDE_FRAME_STATE_INIT \
  { sizeof(matside_frame_state), 0, 0, 0, 0, 0, 0, 0.0, 0.0, {0.0, 0.0}, 0.0, 0.0, 0.0 }

/// Fills `frame_state`. @returns MATSIDE_USAGE (a null pointer, another struct_size)
MATSIDE_API matside_status matside_session_frame_state(const matside_session* session,
                                                       matside_frame_state* frame_state,
                                                       matside_error* error);

/// Where the poses come from, for the result. NULL: unknown.
typedef struct matside_source {
  uint32_t struct_size;
  const char* path;
  const char* sha256;      ///< of the file: 64 lower-case hexadecimal digits
  const char* pose_model;  ///< the pose network: lower-case letters, digits and "-"
} matside_source;

#define MATSIDE_SOURCE_INIT \
  { sizeof(matside_source), NULL, NULL, NULL }

/// Writes the result so far as `matside analyze` does: matside.analysis/1, which
/// analysis.schema.json describes. "complete" is false before matside_session_finish().
/// @param source  may be NULL
/// @param[out] json  ends with a 0; valid until the next call of this function or free. NULL
///   after an error
/// @returns MATSIDE_INPUT (an invalid part of `source`), MATSIDE_USAGE (a null pointer, another
///   struct_size, no frame so far), MATSIDE_NO_MEMORY
MATSIDE_API matside_status matside_session_result(matside_session* session,
                                                  const matside_source* source,
                                                  const char** json, matside_error* error);

// ---- pose streams ----

/// The WebSocket subprotocol to offer at /poses of `matside serve --pose-streams N`: messages
/// of matside_pose_message() are sent there as binary messages, by any WebSocket library.
/// docs/pose_streams.md describes the conversation.
#define MATSIDE_POSES_PROTOCOL "matside.poses.1"

enum {
  MATSIDE_POSE_MESSAGE_FRAMES = 60,   ///< most frames in a message
  MATSIDE_POSE_MESSAGE_BYTES = 24496  ///< size of a message with so many
};

/// Writes frames as one binary message. The knees of a frame are not part of it; a landmark
/// that is NaN, infinite or beyond a million pixels is written as missing.
/// @param frame_count  1 to MATSIDE_POSE_MESSAGE_FRAMES
/// @param first_index  the caller's number of the first frame; the others follow it. The server
///   acknowledges frames by these numbers
/// @param[out] message  at least 16 + 408 * frame_count bytes
/// @param capacity  bytes at `message`
/// @param[out] size  bytes written; 0 after an error
/// @returns MATSIDE_INPUT (an invalid or different picture size, more than 65,535 pixels a
/// side,
///   a time that is below 0, not a number or not later than the frame before), MATSIDE_USAGE (a
///   null pointer, another struct_size, too few or too many frames, too little capacity),
///   MATSIDE_NO_MEMORY
MATSIDE_API matside_status matside_pose_message(const matside_frame* frames, int frame_count,
                                                uint32_t first_index, uint8_t* message,
                                                size_t capacity, size_t* size,
                                                matside_error* error);

#ifdef __cplusplus
}
#endif

#endif
