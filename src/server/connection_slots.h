// How many connections are open, and which one makes room for another.
//
// A connection is a stranger's until a request on it shows the cookie of a paired device or of
// the owner's browser. Strangers and known connections have limits of their own, so that
// strangers can't take the places of known ones.
//
// Belongs to the answering thread.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "server/limits.h"

namespace matside::server {

class ConnectionSlots;

/// The place of one connection, given back when it is destroyed.
class Slot {
 public:
  Slot(ConnectionSlots& slots, std::string network, std::function<void()> drop)
      : slots_(slots), network_(std::move(network)), drop_(std::move(drop)) {}
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  ~Slot();

  /// Counts the connection as one of this device's from now on.
  /// @returns false when Limits::connections known ones are open
  bool admit(int device);
  /// Replaces what ends the connection at once. It must not destroy the slot.
  void on_drop(std::function<void()> drop) { drop_ = std::move(drop); }

 private:
  friend class ConnectionSlots;
  ConnectionSlots& slots_;
  std::string network_;
  std::function<void()> drop_;
  std::optional<int> device_;  ///< Empty: a stranger's.
};

/// Shared by the objects that serve a connection one after the other.
using ConnectionSlot = std::shared_ptr<Slot>;

/// The slots of one server.
class ConnectionSlots {
 public:
  explicit ConnectionSlots(const Limits& limits)
      : max_known_(limits.connections), max_strangers_(limits.strangers) {}

  /// A stranger's slot. With Limits::strangers open, the network with the most loses its
  /// oldest.
  /// @param network  where the connection comes from
  /// @param drop     ends the connection at once; must not destroy the slot
  ConnectionSlot enter(std::string network, std::function<void()> drop);
  /// Ends the device's connections, except that of `kept`.
  void drop_device(int device, const Slot* kept);
  [[nodiscard]] std::size_t known() const { return known_.size(); }
  [[nodiscard]] std::size_t strangers() const { return strangers_.size(); }

 private:
  friend class Slot;
  void drop_a_stranger();

  std::size_t max_known_;
  std::size_t max_strangers_;
  std::list<Slot*> known_;
  std::list<Slot*> strangers_;  ///< The oldest first.
};

}  // namespace matside::server
