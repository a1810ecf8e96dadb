// Requests of the page for plan and records, answered: the routes of records.schema.json.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/rules.h"
#include "records/ongoing.h"
#include "records/repository.h"
#include "records/wall_clock.h"
#include "server/unlocked.h"

namespace matside::server {

/// What records need, whatever keeps them. Without `open` nothing is kept.
struct RecordsSetup {
  /// A connection for one thread more.
  std::function<base::Result<std::unique_ptr<records::Repository>>()> open;
  std::function<records::Now()> now;
  plan::Rules rules;
  records::Engine engine;
};

struct RecordsRequest {
  bool post = false;
  std::string target;  ///< with what follows the question mark
  std::string body;
  std::string token;  ///< Matside-Unlocked
};

struct RecordsAnswer {
  unsigned status = 200;
  std::string type = "application/json";
  std::string body;
  std::string file_name;  ///< to be saved as, where not empty
};

/// Is this a route of the records?
bool is_records_route(std::string_view path);
/// {"error": why}
RecordsAnswer refused(unsigned status, std::string_view why);

/// One thread at a time.
class RecordsApi {
 public:
  /// @param exercise, setup, unlocked must outlive it
  RecordsApi(std::unique_ptr<records::Repository> records, const exercise::Definition& exercise,
             const RecordsSetup& setup, Unlocked& unlocked)
      : records_(std::move(records)),
        exercise_(&exercise),
        setup_(&setup),
        unlocked_(&unlocked) {}

  RecordsAnswer answer(const RecordsRequest& request);

 private:
  class Turn;

  std::unique_ptr<records::Repository> records_;
  const exercise::Definition* exercise_;
  const RecordsSetup* setup_;
  Unlocked* unlocked_;
};

}  // namespace matside::server
