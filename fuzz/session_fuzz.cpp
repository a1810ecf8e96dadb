// Any stream of poses into the engine: no crash, no hang, times in order.
#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

#include "catalog/catalog.h"
#include "core/engine/session.h"

namespace {

using matside::engine::Session;

const matside::exercise::Definition& definition() {
  static const auto kDefinition = [] {
    const std::string folder = std::string(MATSIDE_SOURCE_DIR) + "/exercises/";
    auto loaded = matside::catalog::load_exercise(folder + "single_leg_kick.json",
                                                  folder + "cues.en.json");
    if (!loaded) std::abort();
    return std::move(loaded).value();
  }();
  return kDefinition;
}

// Takes numbers off the front of the input; zero when it is used up.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}
  template <class T>
  T take() {
    T value{};
    const std::size_t n = std::min(sizeof(T), left_);
    std::memcpy(&value, data_, n);
    data_ += n;
    left_ -= n;
    return value;
  }
  [[nodiscard]] bool empty() const { return left_ == 0; }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  auto session = Session::create(definition(), input.take<std::uint8_t>() % 4);
  if (!session) std::abort();
  matside::pose::PoseFrame frame;
  frame.image_size = {640, 360};
  frame.pose.emplace();
  while (!input.empty()) {
    // One byte of what to do keeps most frames alike, so that whole practices are reached.
    const auto what = input.take<std::uint8_t>();
    if (what & 1U) {
      frame.time = matside::base::Seconds(input.take<double>());
    } else {
      frame.time += matside::base::Seconds((what >> 1U) / 100.0);
    }
    if (what & 2U) {
      auto& k =
          frame.pose->keypoints[input.take<std::uint8_t>() % matside::pose::kLandmarkCount];
      k.position = {static_cast<double>(input.take<float>()),
                    static_cast<double>(input.take<float>())};
      k.score = (what & 4U) != 0 ? 1.0 : static_cast<double>(input.take<float>());
    } else {
      for (auto& k : frame.pose->keypoints) {
        k.position.x_px = input.take<std::int16_t>() / 32.0;
        k.position.y_px = input.take<std::int16_t>() / 32.0;
        k.score = 1.0;
      }
    }
    session.value().push(frame);
    ++frame.frame_index;
  }
  session.value().finish();
  const auto analysis = session.value().analysis();
  for (const auto& rep : analysis.repetitions) {
    if (!(rep.start <= rep.end) || rep.kicks.empty()) std::abort();
  }
  return 0;
}
