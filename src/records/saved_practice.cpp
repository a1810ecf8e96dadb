#include "records/saved_practice.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "formats/json_number.h"
#include "records/practice_draft.h"
#include "records/replay.h"

namespace matside::records {
namespace {

// Smooth to the eye, and not more than a page has to draw.
constexpr base::Seconds kFrameInterval(0.03);
// For a repetition of a minute. Longer ones are drawn less often.
constexpr double kMostFrames = 2000.0;

/// The unit of a channel, which lasts as long as the program.
std::string_view known_unit(std::string_view unit) {
  const std::string_view lengths = exercise::unit_of(exercise::Channel::hip_rise);
  return unit == lengths ? lengths : exercise::unit_of(exercise::Channel::knee_flexion);
}

/// A practice without poses: its counts and repetitions as they were saved.
void fill_from_saved(const std::vector<SavedRepetition>& repetitions, bool has_cycle,
                     SavedPractice& loaded) {
  engine::Analysis& analysis = loaded.record.analysis;
  analysis.level = loaded.practice.level;
  analysis.counts = loaded.practice.counts;
  for (const SavedRepetition& each : repetitions) {
    exercise::Repetition r;
    r.index = each.index;
    r.side = each.side;
    r.start = each.start;
    r.end = each.end;
    r.lowering_start = each.lowering ? each.end - *each.lowering : each.end;
    r.lowering = each.lowering;
    r.transit_70_20 = each.transit_70_20;
    for (const Reading& reading : each.readings) {
      r.readings.push_back({reading.id, reading.value, reading.unit});
    }
    for (const Peak& peak : each.peaks) {
      if (has_cycle) {
        r.peaks.push_back(
            {peak.time, peak.value.value_or(0.0), known_unit(peak.unit), peak.leg});
        continue;
      }
      const base::Degrees largest = each.knee_flexion.value_or(base::Degrees());
      r.kicks.push_back({peak.time, peak.value ? base::Degrees(*peak.value) : largest});
    }
    for (const Fault& fault : each.faults) {
      r.faults.push_back({fault.id, fault.value, fault.threshold, fault.unit, ""});
    }
    r.status = each.status;
    analysis.repetitions.push_back(std::move(r));
  }
}

nlohmann::json points_json(const pose::PoseFrame& frame) {
  constexpr double kStep = 0.0001;
  nlohmann::json points = nlohmann::json::array();
  if (!frame.pose) return points;
  for (const pose::Keypoint& keypoint : frame.pose->keypoints) {
    const base::ImagePoint& at = keypoint.position;
    points.push_back(formats::rounded(at.x_px / frame.image_size.width_px, kStep));
    points.push_back(formats::rounded(at.y_px / frame.image_size.height_px, kStep));
    points.push_back(formats::rounded(keypoint.score, kStep));
  }
  return points;
}

nlohmann::json frames_json(const std::vector<pose::PoseFrame>& frames,
                           const exercise::Repetition& of) {
  const base::Seconds interval = std::max(kFrameInterval, (of.end - of.start) / kMostFrames);
  nlohmann::json all = nlohmann::json::array();
  base::Seconds next = of.start;
  for (const pose::PoseFrame& frame : frames) {
    if (frame.time < next || frame.time > of.end) continue;
    next = frame.time + interval;
    all.push_back({{"time_s", formats::rounded(frame.time.value(), 0.001)},
                   {"points", points_json(frame)}});
  }
  return all;
}

}  // namespace

base::Result<SavedPractice> load_saved_practice(Repository& records, Id id,
                                                const Exercises& exercises) {
  auto saved = records.practice(id);
  if (!saved) return saved.error();
  const auto known = exercise_of(saved.value(), exercises);
  if (!known) return known.error();
  const exercise::Definition& exercise = *known.value();
  auto chunks = records.poses(id);
  if (!chunks) return chunks.error();
  SavedPractice loaded;
  loaded.practice = std::move(saved).value();
  if (chunks.value().empty()) {
    const auto repetitions = records.repetitions(id);
    if (!repetitions) return repetitions.error();
    loaded.record.source.duration = loaded.practice.duration;
    loaded.record.exercise_id = exercise.id;
    fill_from_saved(repetitions.value(), exercise.cycle.has_value(), loaded);
    return loaded;
  }
  const bool finished = loaded.practice.ended_by == EndReason::person;
  const auto replayed =
      replay_poses({loaded.practice.level, finished, std::move(chunks).value()}, exercise,
                   [&](base::Seconds time, pose::PoseFrame frame, const engine::FrameState&) {
                     frame.time = time;
                     frame.frame_index = static_cast<std::int64_t>(loaded.frames.size());
                     loaded.frames.push_back(frame);
                   });
  if (!replayed) return replayed.error();
  loaded.record = analysis_record(replayed.value(), loaded.practice.scoring, exercise);
  return loaded;
}

base::Result<std::string> repetition_poses_json(Repository& records, Id id, int index,
                                                const Exercises& exercises) {
  const auto loaded = load_saved_practice(records, id, exercises);
  if (!loaded) return loaded.error();
  const auto saved = records.repetitions(id);
  if (!saved) return saved.error();
  const std::string name = "repetition " + std::to_string(index);
  if (std::ranges::find(saved.value(), index, &SavedRepetition::index) == saved.value().end()) {
    return base::Error{base::ErrorKind::not_found, "this practice has no " + name};
  }
  if (loaded.value().frames.empty()) {
    return base::Error{base::ErrorKind::not_found, "no poses of this practice are saved"};
  }
  // Times in the records are those of a session; those of the poses are of the whole practice.
  const auto& repetitions = loaded.value().record.analysis.repetitions;
  const auto found = std::ranges::find(repetitions, index, &exercise::Repetition::index);
  if (found == repetitions.end() || repetitions.size() != saved.value().size()) {
    return base::Error{
        base::ErrorKind::conflict,
        "another version of Matside scored this practice, so " + name +
            " can't be found in its poses. On the computer, use: matside rescore"};
  }
  const base::ImageSize size = loaded.value().record.source.size;
  const nlohmann::json document = {{"start_s", formats::rounded(found->start.value(), 0.001)},
                                   {"end_s", formats::rounded(found->end.value(), 0.001)},
                                   {"width_px", size.width_px},
                                   {"height_px", size.height_px},
                                   {"frames", frames_json(loaded.value().frames, *found)}};
  return document.dump();
}

}  // namespace matside::records
