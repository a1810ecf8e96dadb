// The paired devices as the page sees them: GET /api/devices and POST /api/unpair of
// records.schema.json.
//
// Belongs to the answering thread.
#pragma once

#include <optional>
#include <string>

#include "protocol/records_response.h"
#include "server/pairing.h"

namespace matside::server {

/// The paired devices; none where the server pairs none.
/// @param asking  the device that asks
protocol::RecordsResponse devices_response(const std::optional<Pairing>& pairing, int asking);

/// What unpairing came to.
struct UnpairResponse {
  std::optional<int> unpaired;         ///< Its connections must end.
  protocol::RecordsResponse response;  ///< The remaining devices, or an error.
};

/// Unpairs the device that the body names: 400 for a body that is not valid, 404 for a device
/// that is not paired.
UnpairResponse handle_unpair(std::optional<Pairing>& pairing, const std::string& body,
                             int asking);

}  // namespace matside::server
