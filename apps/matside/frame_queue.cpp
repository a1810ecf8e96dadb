#include "apps/matside/frame_queue.h"

#include <utility>

namespace matside::app {
namespace {

FrameQueue::FramePtr pop(std::deque<FrameQueue::FramePtr>& frames) {
  FrameQueue::FramePtr frame = std::move(frames.front());
  frames.pop_front();
  return frame;
}

}  // namespace

FrameQueue::FrameQueue(std::size_t frames) {
  for (std::size_t i = 0; i < frames; ++i) empty_.push_back(std::make_unique<video::Frame>());
}

FrameQueue::FramePtr FrameQueue::take_empty() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || !empty_.empty(); });
  return closed_ ? nullptr : pop(empty_);
}

void FrameQueue::put_full(FramePtr frame) {
  const std::lock_guard lock(mutex_);
  full_.push_back(std::move(frame));
  changed_.notify_all();
}

void FrameQueue::finish() {
  const std::lock_guard lock(mutex_);
  finished_ = true;
  changed_.notify_all();
}

FrameQueue::FramePtr FrameQueue::take_full() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return finished_ || !full_.empty(); });
  return full_.empty() ? nullptr : pop(full_);
}

void FrameQueue::put_empty(FramePtr frame) {
  const std::lock_guard lock(mutex_);
  empty_.push_back(std::move(frame));
  changed_.notify_all();
}

void FrameQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

}  // namespace matside::app
