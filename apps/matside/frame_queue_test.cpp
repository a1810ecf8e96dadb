#include "apps/matside/frame_queue.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <utility>

namespace matside::app {
namespace {

constexpr std::int64_t kMany = 2000;

TEST(FrameQueue, HandsEveryFrameOverOnceInOrderAndReusesTheSameFew) {
  FrameQueue queue(3);
  std::thread filler([&] {
    for (std::int64_t i = 0; i < kMany; ++i) {
      FrameQueue::FramePtr frame = queue.take_empty();
      frame->index = i;
      queue.put_full(std::move(frame));
    }
    queue.finish();
  });
  std::set<const video::Frame*> seen;
  std::int64_t next = 0;
  while (FrameQueue::FramePtr frame = queue.take_full()) {
    EXPECT_EQ(frame->index, next++);
    seen.insert(frame.get());
    queue.put_empty(std::move(frame));
  }
  filler.join();
  EXPECT_EQ(next, kMany);
  EXPECT_LE(seen.size(), 3U);
}

TEST(FrameQueue, WakesTheFillingThreadWhenNoMoreFramesAreWanted) {
  FrameQueue queue(1);
  std::thread filler([&] {
    while (FrameQueue::FramePtr frame = queue.take_empty()) queue.put_full(std::move(frame));
    queue.finish();
  });
  const FrameQueue::FramePtr held = queue.take_full();
  EXPECT_NE(held, nullptr);
  queue.close();
  filler.join();
  EXPECT_EQ(queue.take_full(), nullptr);
}

TEST(FrameQueue, StillHandsOverWhatWasFilledBeforeTheEnd) {
  FrameQueue queue(2);
  queue.put_full(queue.take_empty());
  queue.finish();
  EXPECT_NE(queue.take_full(), nullptr);
  EXPECT_EQ(queue.take_full(), nullptr);
}

}  // namespace
}  // namespace matside::app
