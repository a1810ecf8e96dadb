// Selects the frames of a repetition that the report shows as pictures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/engine/knee_curve.h"
#include "core/exercise/repetition.h"
#include "core/pose/pose_frame.h"

namespace matside::report {

/// What a snapshot shows of its repetition.
enum class SnapshotKind : std::uint8_t {
  set_up,    ///< Just before the foot leaves rest.
  kick,      ///< A knee at its greatest flexion.
  lowering,  ///< Half-way down, at about 45 degrees.
};
/// The kind's name in the document: set_up, kick or lowering.
std::string_view name(SnapshotKind kind);

/// A frame to show.
struct Snapshot {
  int repetition = 0;  ///< Its repetition's index.
  SnapshotKind kind = SnapshotKind::set_up;
  int kick = 0;           ///< Number of the kick from 1; 0 if it is not a kick.
  std::size_t frame = 0;  ///< Index of a frame with a pose.
};

/// Set-up, kicks (at most four) and lowering of each repetition, in order of time; a repetition
/// has no frame twice. Snapshots without a pose within 0.2 s are left out. Frame times must
/// rise.
std::vector<Snapshot> snapshots(std::span<const pose::PoseFrame> frames,
                                std::span<const exercise::Repetition> repetitions,
                                const engine::KneeCurve& curve);

}  // namespace matside::report
