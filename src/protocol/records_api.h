// The routes of records.schema.json: the page's requests for the plan and the records, as a
// function from a request to a response. Those of the paired devices are the server's own.
//
// A RecordsApi is for one thread at a time. The free functions may be called by any thread.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "core/exercise/definition.h"
#include "protocol/last_recording.h"
#include "protocol/pin_tokens.h"
#include "protocol/records_response.h"
#include "protocol/records_setup.h"
#include "records/exercises.h"
#include "records/repository.h"

namespace matside::protocol {

/// Whether the path belongs to the records: it begins with /api/.
bool is_records_route(std::string_view path);

/// Whether the request brings a whole file of many megabytes.
bool is_import(const RecordsRequest& request);
/// Whether the response may be a whole file of many megabytes.
bool is_export(const RecordsRequest& request);

/// The response where no records are kept: for GET /api/today the day of an unnamed person, for
/// /api/exercises what is installed, for everything else status 404.
RecordsResponse response_without_records(const RecordsRequest& request,
                                         const records::Exercises& exercises,
                                         const RecordsSetup& setup);

/// Handles requests one after another.
class RecordsApi {
 public:
  /// @param exercises  at least one; the plan is for the one that a request names by
  ///   ?exercise=ID, or for the first
  /// @param exercises, setup, pin_tokens, last_recording must outlive it
  RecordsApi(std::shared_ptr<records::Repository> records, const records::Exercises& exercises,
             const RecordsSetup& setup, PinTokens& pin_tokens,
             const LastRecording& last_recording)
      : records_(std::move(records)),
        exercises_(exercises),
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

  std::shared_ptr<records::Repository> records_;
  records::Exercises exercises_;
  const RecordsSetup* setup_;
  PinTokens* pin_tokens_;
  const LastRecording* last_recording_;
};

}  // namespace matside::protocol
