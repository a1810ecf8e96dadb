// A session that has been running for a while takes frames without asking for memory.
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "core/engine/session.h"
#include "tests/support/exercise.h"
#include "tests/support/practice.h"

namespace {
std::atomic<std::size_t> allocations{0};
}  // namespace

// Inlined, they look mismatched to the compiler.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  ++allocations;
  return std::malloc(size > 0 ? size : 1);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}

namespace matside::engine {
namespace {

TEST(SessionMemory, is_not_allocated_between_repetitions) {
  support::Practice practice;
  practice.noise_px = 0.8;
  practice.steps = support::alternating(8);
  const auto performed = support::perform(practice);
  auto session = Session::create(support::single_leg_kick(), 1);
  ASSERT_TRUE(session.ok());
  const double settled_s = performed.repetitions.at(3).end_s + 1.0;
  std::size_t frames = 0;
  std::size_t asked = 0;
  for (const pose::PoseFrame& frame : performed.frames) {
    const std::size_t before = allocations;
    const auto events = session.value().push(frame);
    if (frame.time.value() < settled_s || !events.empty()) continue;
    ++frames;
    asked += allocations - before;
  }
  EXPECT_GT(frames, 300U);
  EXPECT_EQ(asked, 0U);
}

}  // namespace
}  // namespace matside::engine
