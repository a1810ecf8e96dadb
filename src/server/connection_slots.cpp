#include "server/connection_slots.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace matside::server {

Slot::~Slot() {
  slots_.known_.remove(this);
  slots_.strangers_.remove(this);
}

bool Slot::admit(int device) {
  if (!device_) {
    if (slots_.known_.size() >= slots_.max_known_) return false;
    slots_.strangers_.remove(this);
    slots_.known_.push_back(this);
  }
  device_ = device;
  return true;
}

ConnectionSlot ConnectionSlots::enter(std::string network, std::function<void()> drop) {
  auto slot = std::make_shared<Slot>(*this, std::move(network), std::move(drop));
  strangers_.push_back(slot.get());
  if (strangers_.size() > max_strangers_) drop_a_stranger();
  return slot;
}

void ConnectionSlots::drop_a_stranger() {
  std::map<std::string, int> open;
  for (const Slot* each : strangers_) ++open[each->network_];
  const auto most =
      std::ranges::max_element(open, {}, [](const auto& one) { return one.second; });
  const auto oldest = std::ranges::find(strangers_, most->first, &Slot::network_);
  const auto drop = (*oldest)->drop_;
  // It counts no longer, even if it takes a moment to end.
  strangers_.erase(oldest);
  drop();
}

void ConnectionSlots::drop_device(int device, const Slot* kept) {
  std::vector<std::function<void()>> drops;
  for (const Slot* each : known_) {
    if (each->device_ == device && each != kept) drops.push_back(each->drop_);
  }
  for (const auto& drop : drops) drop();
}

}  // namespace matside::server
