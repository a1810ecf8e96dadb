#include "records/same_recording.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/coaching/counts.h"
#include "formats/xz.h"
#include "records/limits.h"

namespace matside::records {
namespace {

// Result files have milliseconds.
constexpr double kSameTime_s = 0.0015;

bool same_time(base::Seconds a, base::Seconds b) {
  return std::abs(a.value() - b.value()) <= kSameTime_s;
}

bool same_times(const SavedRepetition& a, const SavedRepetition& b) {
  return same_time(a.start, b.start) && same_time(a.end, b.end) &&
         std::ranges::equal(a.peaks, b.peaks, same_time, &Peak::time, &Peak::time);
}

/// What the saved result file of a practice says about its recording; empty: nothing.
base::Result<std::string> recording_sha256(Repository& records, Id practice) {
  const auto compressed = records.analysis(practice);
  if (!compressed) return compressed.error();
  if (compressed.value().empty()) return std::string();
  const auto text =
      formats::xz_decompressed(compressed.value(), kMaxAnalysis_bytes, "a saved result");
  if (!text) return text.error();
  const auto analysis = nlohmann::json::parse(text.value(), nullptr, false);
  const nlohmann::json::json_pointer place("/source/sha256");
  const bool there = analysis.contains(place) && analysis[place].is_string();
  return there ? analysis[place].get<std::string>() : std::string();
}

}  // namespace

bool is_recorded(Origin origin) {
  return origin == Origin::recording || origin == Origin::imported;
}

base::Result<bool> is_same_recording(Repository& records, const Practice& saved,
                                     const RecordingFacts& other) {
  if (saved.level != other.level) return false;
  if (!other.sha256.empty() && saved.origin == Origin::imported) {
    const auto poses = records.poses(saved.id);
    if (!poses) return poses.error();
    if (poses.value().empty()) {
      if (!same_time(saved.duration, other.duration)) return false;
      const auto sha256 = recording_sha256(records, saved.id);
      if (!sha256) return sha256.error();
      if (!sha256.value().empty()) return sha256.value() == other.sha256;
    }
  }
  const RepetitionCounts& counts = saved.counts;
  const int counted = coaching::total(counts);
  if (counted == 0 || std::cmp_not_equal(counted, other.repetitions.size())) return false;
  const auto repetitions = records.repetitions(saved.id);
  if (!repetitions) return repetitions.error();
  return std::ranges::equal(repetitions.value(), other.repetitions, same_times);
}

}  // namespace matside::records
