// The memory that decoded pictures are handed over in, and who uses which part of it.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "vision/media/picture_layout.h"

namespace matside::video {

/// Where the slots' pictures are: with the decoder, with the caller, or just given back.
class PictureSlots {
 public:
  PictureSlots(std::shared_ptr<const std::uint8_t> memory, std::size_t bytes_of_each,
               std::uint32_t count)
      : memory_(std::move(memory)), bytes_of_each_(bytes_of_each), count_(count) {}

  enum State : int { decoding, held, returned };
  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] const std::uint8_t* at(std::uint32_t slot) const {
    return memory_.get() + slot * bytes_of_each_;
  }
  std::atomic<int>& state(std::uint32_t slot) { return states_[slot]; }
  [[nodiscard]] std::uint32_t held_count() const {
    std::uint32_t count = 0;
    for (const auto& state : states_) count += state == held ? 1 : 0;
    return count;
  }

 private:
  std::shared_ptr<const std::uint8_t> memory_;
  std::size_t bytes_of_each_;
  std::uint32_t count_;
  std::array<std::atomic<int>, media::kMaxSlots> states_{};
};

}  // namespace matside::video
