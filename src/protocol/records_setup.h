// How the records are reached: what routes and live practices have in common.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "core/base/result.h"
#include "core/plan/plan_rules.h"
#include "records/local_time.h"
#include "records/practice_draft.h"
#include "records/repository.h"

namespace matside::protocol {

/// Records that have one owner, for RecordsSetup::open.
inline base::Result<std::shared_ptr<records::Repository>> shared(
    base::Result<std::unique_ptr<records::Repository>> opened) {
  if (!opened) return opened.error();
  return std::shared_ptr<records::Repository>(std::move(opened).value());
}

/// What is needed to keep records. Without `open`, none are kept.
struct RecordsSetup {
  /// Opens the records. What it returns is used by one thread at a time: where several threads
  /// call it, each gets a connection of its own. Fails as records::sqlite::open does.
  std::function<base::Result<std::shared_ptr<records::Repository>>()> open;
  /// The present time. May be called by any thread.
  std::function<records::LocalTime()> now;
  plan::Rules rules;
  records::EngineInfo engine;  ///< Saved with each practice as the engine that scored it.
  /// Makes the report of a practice, a page for a browser; empty: no reports. Called on the
  /// thread of RecordsApi. Fails as report::saved_practice_report does.
  std::function<base::Result<std::string>(records::Repository&, records::Id practice)> report;
};

}  // namespace matside::protocol
