// The figures as Markdown.
#pragma once

#include <string>
#include <vector>

#include "tools/accuracy/parameter_sweep.h"

namespace matside::accuracy {

struct SweepRow {
  std::string setting;
  Tally tally;
};
struct SweepTable {
  std::string name;
  std::vector<SweepRow> rows;
};

/// What `./dev accuracy` found.
struct AccuracyReport {
  std::uint64_t seed = 0;
  std::string clips;  ///< How the program does on clips, as score_clips.py measures it.
  std::string
      agreement;  ///< How the knee angles of clips agree with the truth: agree_clips.py.
  Tally inside;
  std::vector<ActivityTally> activities;
  std::vector<std::vector<Tally>> cameras;  ///< [height][yaw]
  std::vector<SweepTable> sweeps;
  int practices_a_setting = 0;
};

std::string markdown(const AccuracyReport& figures);

/// Every failure of the practices inside, one a line, the same kinds together.
std::string failure_list(const Tally& tally);

/// The figures of a setting in one line.
std::string summary_line(const Tally& tally);

/// One practice as performed and as detected, repetition by repetition.
std::string explanation(const support::Practice& practice,
                        const support::SimulatedSession& performed,
                        const engine::Analysis& detected);

}  // namespace matside::accuracy
