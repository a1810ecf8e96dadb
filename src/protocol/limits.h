// The largest values inside a message or a request. The two schemas beside this file state the
// same numbers; a unit test compares them.
#pragma once

#include <cstddef>

#include "records/repository.h"

namespace matside::protocol {

inline constexpr int kMaxGoal = 20;              ///< Repetitions a side, asked for.
inline constexpr int kMaxLevel = 9;              ///< Number of a level, of any exercise.
inline constexpr std::size_t kMaxFollowing = 5;  ///< Exercises after the first.
inline constexpr std::size_t kMaxExerciseId_bytes = 100;
inline constexpr int kMaxCarried = 1000;          ///< Repetitions or kicks counted before.
inline constexpr int kMaxSelfReported = 100;      ///< Repetitions a side, without a camera.
inline constexpr int kMaxCorrected = 1000;        ///< Repetitions a side, as corrected.
inline constexpr int kMaxRepetitionIndex = 1000;  ///< Number of a repetition, from 1.
using records::kMaxComfort;
inline constexpr std::size_t kMaxToken_bytes = 200;
inline constexpr std::size_t kMaxPhraseId_bytes = 64;
inline constexpr std::size_t kMaxSentence_bytes = 300;
/// Values in an import: a practice has about a thousand. In memory, a value of two bytes, such
/// as "0,", takes up to 150.
inline constexpr std::size_t kMaxImportValues = 1'000'000;
using records::kMaxSettings_bytes;
/// Of a recording that can be kept as a practice: half an hour at 30 frames a second. Making
/// the practice takes about two kilobytes for each.
inline constexpr std::size_t kMaxKeptFrames = 54'000;
inline constexpr int kMaxUtcOffset_min = 14 * 60;  ///< Of local time, either way.

}  // namespace matside::protocol
