// The routes of records.schema.json: the page's requests for the plan and the records.
//
// A RecordsApi runs on the records thread. The two free functions may be called by any thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "core/base/result.h"
#include "core/exercise/definition.h"
#include "core/plan/plan_rules.h"
#include "records/local_time.h"
#include "records/practice_draft.h"
#include "records/repository.h"
#include "server/last_recording.h"
#include "server/pin_tokens.h"
#include "server/records_response.h"

namespace matside::server {

/// What the server needs to keep records. Without `open` it keeps none.
struct RecordsSetup {
  /// Opens a connection for one more thread. Called on the thread that starts the server and on
  /// the vision thread. Fails as records::sqlite::open does.
  std::function<base::Result<std::unique_ptr<records::Repository>>()> open;
  /// The present time. Called on any thread of the server.
  std::function<records::LocalTime()> now;
  plan::Rules rules;
  records::EngineInfo engine;  ///< Saved with each practice as the engine that scored it.
  /// Makes the report of a practice, a page for a browser; empty: no reports. Called on the
  /// records thread. Fails as report::saved_practice_report does.
  std::function<base::Result<std::string>(records::Repository&, records::Id practice)> report;
};

/// Whether the path belongs to the records: it begins with /api/.
bool is_records_route(std::string_view path);

/// Whether the request brings a whole file, up to Limits::import_bytes.
bool is_import(const RecordsRequest& request);
/// Whether the response may be a whole file of many megabytes.
bool is_export(const RecordsRequest& request);

/// The response of a server that keeps no records: for GET /api/today the day of an unnamed
/// person, for everything else status 404.
RecordsResponse response_without_records(const RecordsRequest& request,
                                         const exercise::Definition& exercise,
                                         const RecordsSetup& setup);

/// Handles requests one after another.
class RecordsApi {
 public:
  /// @param exercise, setup, pin_tokens, last_recording must outlive it
  RecordsApi(std::unique_ptr<records::Repository> records, const exercise::Definition& exercise,
             const RecordsSetup& setup, PinTokens& pin_tokens,
             const LastRecording& last_recording)
      : records_(std::move(records)),
        exercise_(&exercise),
        setup_(&setup),
        pin_tokens_(&pin_tokens),
        last_recording_(&last_recording) {}

  /// Why the body of this request is not worth reading: status 404 or 403 for an import for a
  /// person who does not exist or whose PIN was not given. Nothing when it is worth reading,
  /// and for every other route.
  std::optional<RecordsResponse> refusal_before_body(const RecordsRequest& request);

  /// Status 200, or an error with a message for the person: 400 for a request that is not
  /// valid, 403 without the person's PIN, 404 for an unknown route, person, practice,
  /// repetition or recording, 405 for a POST to a route that only reads or a GET of one that
  /// needs POST, 409 for a name in use or a repetition that this version doesn't find, 507
  /// where the disk refuses.
  RecordsResponse handle(const RecordsRequest& request);

 private:
  class RequestHandler;

  std::unique_ptr<records::Repository> records_;
  const exercise::Definition* exercise_;
  const RecordsSetup* setup_;
  PinTokens* pin_tokens_;
  const LastRecording* last_recording_;
};

}  // namespace matside::server
