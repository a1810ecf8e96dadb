#include "vision/blazepose/relay.h"

#include <algorithm>
#include <cassert>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace matside::blazepose {

Relay::Relay(std::size_t lag) : lag_(lag) { assert(lag >= 1 && lag <= kMostLag); }

base::Result<void> Relay::run(const Work& work, std::size_t threads) {
  assert(threads >= 1);
  ended_ = false;
  error_.reset();
  std::vector<std::thread> others;
  others.reserve(threads - 1);
  try {
    for (std::size_t i = 1; i < threads; ++i) {
      others.emplace_back([this, &work, i] { take_part(work, i); });
    }
  } catch (const std::system_error&) {
    // No more threads to be had: those there are share the work.
  }
  take_part(work, 0);
  for (std::thread& other : others) other.join();
  if (error_) return *error_;
  return {};
}

void Relay::take_part(const Work& work, std::size_t thread) {
  std::unique_lock lock(mutex_);
  while (true) {
    if (error_ || (ended_ && settled_ == read_)) return;
    if (settle_one(work, thread, lock) || look_once(work, thread, lock) ||
        read_one(work, lock)) {
      changed_.notify_all();
    } else {
      changed_.wait(lock);
    }
  }
}

bool Relay::settle_one(const Work& work, std::size_t thread,
                       std::unique_lock<std::mutex>& lock) {
  if (settling_ || settled_ == read_) return false;
  const std::size_t picture = settled_ + 1;
  Slot& oldest = slot(picture);
  const bool nowhere = oldest.state == State::read && !region_for(picture);
  if (oldest.state != State::seen && !nowhere) return false;
  settling_ = true;
  lock.unlock();
  const auto settled = work.settle(picture % kSlots, nowhere ? nullptr : &oldest.seen, thread);
  lock.lock();
  settling_ = false;
  oldest.state = State::empty;
  if (settled.ok()) {
    note(picture, settled.value());
  } else {
    fail(settled.error());
  }
  return true;
}

void Relay::note(std::size_t picture, const Settled& settled) {
  settled_ = picture;
  next_[picture % next_.size()] = settled.next;
  if (!settled.changed) return;
  base_ = picture;
  ++changes_;
  for (std::size_t later = picture + 1; later <= read_; ++later) {
    if (slot(later).state == State::seen) slot(later).state = State::read;
  }
}

void Relay::fail(const base::Error& error) {
  if (!error_) error_ = error;
}

/// Nothing while it is not known, too.
const std::optional<Region>& Relay::region_for(std::size_t picture) const {
  static const std::optional<Region> kUnknown;
  const std::size_t before = picture > base_ + lag_ ? picture - lag_ : base_;
  return before <= settled_ ? next_[before % next_.size()] : kUnknown;
}

bool Relay::look_once(const Work& work, std::size_t thread,
                      std::unique_lock<std::mutex>& lock) {
  for (std::size_t picture = settled_ + 1; picture <= read_; ++picture) {
    Slot& mine = slot(picture);
    if (mine.state != State::read) continue;
    const std::optional<Region> region = region_for(picture);
    if (!region) return false;
    mine.state = State::looking;
    mine.changes = changes_;
    lock.unlock();
    Seen seen = work.look(picture % kSlots, *region, thread);
    lock.lock();
    mine.state = mine.changes == changes_ ? State::seen : State::read;
    mine.seen = std::move(seen);
    return true;
  }
  return false;
}

bool Relay::read_one(const Work& work, std::unique_lock<std::mutex>& lock) {
  if (reading_ || ended_ || read_ - settled_ == kSlots) return false;
  const std::size_t picture = read_ + 1;
  reading_ = true;
  lock.unlock();
  const auto more = work.read(picture % kSlots);
  lock.lock();
  reading_ = false;
  if (!more.ok()) fail(more.error());
  if (more.ok() && more.value()) {
    read_ = picture;
    slot(picture).state = State::read;
  } else {
    ended_ = true;
  }
  return true;
}

}  // namespace matside::blazepose
