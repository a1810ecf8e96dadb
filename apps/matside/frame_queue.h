// A few frames going round between the thread that decodes and the one that looks at them, so
// that memory stays the same however long the video is.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>

#include "vision/video/video_reader.h"

namespace matside::app {

/// One thread fills, one empties.
class FrameQueue {
 public:
  using FramePtr = std::unique_ptr<video::Frame>;

  explicit FrameQueue(std::size_t frames);

  /// Waits for a frame to fill. @returns null when the other thread has closed the queue.
  FramePtr take_empty();
  void put_full(FramePtr frame);
  /// There will be no more full frames.
  void finish();

  /// Waits for the next full frame. @returns null after the last one.
  FramePtr take_full();
  void put_empty(FramePtr frame);
  /// No more frames are wanted: wakes the thread that fills.
  void close();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<FramePtr> empty_;
  std::deque<FramePtr> full_;
  bool finished_ = false;
  bool closed_ = false;
};

}  // namespace matside::app
