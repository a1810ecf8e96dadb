// What a record may hold. Practices from elsewhere (an import, a restored database) are refused
// beyond these limits; Matside itself stays far below them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace matside::records {

inline constexpr std::int64_t kMaxTime_unix_s = 4'102'444'800;  ///< The end of 2099.
inline constexpr double kMaxDuration_s = 4.0 * 3600.0;
inline constexpr double kMaxValue = 1e6;  ///< Of a measured value, in any unit.
inline constexpr int kMaxRepetitions = 1000;
inline constexpr int kMaxPeaks = 10 * kMaxRepetitions;
inline constexpr int kMaxFaults = 100;    ///< Of one repetition.
inline constexpr int kMaxReadings = 100;  ///< Likewise.
inline constexpr int kMaxOffset_min = 900;
inline constexpr double kMaxFlexion_deg = 180.0;
inline constexpr int kMaxLevel = 9;  ///< Of any exercise.
inline constexpr int kMaxPractices = 100'000;
inline constexpr int kMaxPersons = 10'000;
inline constexpr int kMaxChunks = 10'000;            ///< Parts of the poses of one practice.
inline constexpr std::int64_t kMaxFrames = 400'000;  ///< Of such a part.
inline constexpr std::size_t kMaxLine_bytes = 1000;  ///< A name, a unit, an engine.
inline constexpr std::size_t kMaxBlob_bytes = 64U << 20U;  ///< Poses or a result, compressed.
inline constexpr std::size_t kMaxAnalysis_bytes = 16U << 20U;  ///< A result, as JSON.

}  // namespace matside::records
