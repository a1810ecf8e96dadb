#include "server/devices_api.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "protocol/request_body.h"

namespace matside::server {

using nlohmann::json;

protocol::RecordsResponse devices_response(const std::optional<Pairing>& pairing, int asking) {
  json devices = json::array();
  if (pairing) {
    for (const Pairing::Device& each : pairing->devices()) {
      devices.push_back(
          {{"device", each.number}, {"name", each.name}, {"asking", each.number == asking}});
    }
  }
  return protocol::json_response(json{{"devices", std::move(devices)}}.dump());
}

UnpairResponse handle_unpair(std::optional<Pairing>& pairing, const std::string& body,
                             int asking) {
  protocol::RequestBody asked(body);
  const int device = asked.integer("device", 1, std::numeric_limits<int>::max());
  if (const auto valid = asked.check(); !valid) {
    return {std::nullopt, protocol::to_response(valid.error())};
  }
  if (!pairing || !pairing->unpair(device)) {
    return {std::nullopt, protocol::error_response(protocol::RecordsStatus::not_found,
                                                   "This device is no longer paired.")};
  }
  return {device, devices_response(pairing, asking)};
}

}  // namespace matside::server
