#include "vision/blazepose/frame_pipeline.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace matside::blazepose {

FramePipeline::FramePipeline(std::size_t lag) : lag_(lag) {
  assert(lag >= 1 && lag <= kMaxLag);
}

base::Result<void> FramePipeline::run(const Stages& work, std::size_t threads) {
  assert(threads >= 1);
  ended_ = false;
  error_.reset();
  run_on_threads(threads, [this, &work](std::size_t thread) { worker_loop(work, thread); });
  if (error_) return *error_;
  return {};
}

void FramePipeline::worker_loop(const Stages& work, std::size_t thread) {
  Lock lock(mutex_);
  while (true) {
    if (error_ || (ended_ && committed_ == read_)) return;
    if (commit_one(work, thread, lock) || infer_one(work, thread, lock) ||
        read_one(work, lock)) {
      changed_.notify_all();
    } else {
      changed_.wait(lock);
    }
  }
}

bool FramePipeline::commit_one(const Stages& work, std::size_t thread, Lock& lock) {
  if (committing_ || committed_ == read_) return false;
  const std::size_t picture = committed_ + 1;
  Slot& oldest = slot(picture);
  const bool nowhere = oldest.state == State::read && !region_for(picture);
  if (oldest.state != State::seen && !nowhere) return false;
  committing_ = true;
  lock.unlock();
  const auto committed =
      work.commit(picture % kSlots, nowhere ? nullptr : &oldest.seen, thread);
  lock.lock();
  committing_ = false;
  oldest.state = State::empty;
  if (committed.ok()) {
    record_commit(picture, committed.value());
  } else {
    fail(committed.error());
  }
  return true;
}

void FramePipeline::record_commit(std::size_t picture, const CommitResult& committed) {
  committed_ = picture;
  next_[picture % next_.size()] = committed.next;
  if (!committed.changed) return;
  base_ = picture;
  ++changes_;
  for (std::size_t later = picture + 1; later <= read_; ++later) {
    if (slot(later).state == State::seen) slot(later).state = State::read;
  }
}

void FramePipeline::fail(const base::Error& error) {
  if (!error_) error_ = error;
}

/// Nothing when nobody is followed, and also while the region is not known yet.
const std::optional<Region>& FramePipeline::region_for(std::size_t picture) const {
  static const std::optional<Region> kUnknown;
  const std::size_t before = picture > base_ + lag_ ? picture - lag_ : base_;
  return before <= committed_ ? next_[before % next_.size()] : kUnknown;
}

bool FramePipeline::infer_one(const Stages& work, std::size_t thread, Lock& lock) {
  for (std::size_t picture = committed_ + 1; picture <= read_; ++picture) {
    Slot& mine = slot(picture);
    if (mine.state != State::read) continue;
    const std::optional<Region> region = region_for(picture);
    if (!region) return false;
    mine.state = State::inferring;
    mine.changes = changes_;
    lock.unlock();
    Inference seen = work.infer(picture % kSlots, *region, thread);
    lock.lock();
    mine.state = mine.changes == changes_ ? State::seen : State::read;
    mine.seen = std::move(seen);
    return true;
  }
  return false;
}

bool FramePipeline::read_one(const Stages& work, Lock& lock) {
  if (reading_ || ended_ || read_ - committed_ == kSlots) return false;
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
