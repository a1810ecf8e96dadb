#include "cli/batch_setup.h"

#include <algorithm>
#include <utility>

#include "cli/batch_worker.h"

namespace matside::cli {

int BatchSetup::highest_level() const {
  int highest = 0;
  for (const exercise::Definition& each : data.candidates()) {
    highest = std::max(highest, each.highest_level());
  }
  return highest;
}

base::Result<BatchSetup> load_batch_setup(const ExerciseChoice& exercise,
                                          const recording::PracticeOptions& practice,
                                          bool reports) {
  auto data = load_program_data(exercise);
  if (!data) return data.error();
  auto settings = batch_settings(practice, data.value(), reports);
  if (!settings) return settings.error();
  BatchSetup setup{std::move(data).value(), std::nullopt, std::move(settings).value()};
  if (reports) {
    auto parts = load_report_parts(setup.data.folder);
    if (!parts) return parts.error();
    setup.report = std::move(parts).value();
  }
  return setup;
}

}  // namespace matside::cli
