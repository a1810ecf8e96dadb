#include "vision/blazepose/lying_finder.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/base/math.h"
#include "vision/blazepose/pose_networks.h"
#include "vision/blazepose/sample.h"

namespace matside::blazepose {
namespace {

constexpr int kFinderSide = 256;
constexpr int kFinderCells = 32;
constexpr std::size_t kFinderChannels = 3;
/// The end's offset from the middle is in units of a quarter of the square's side.
constexpr double kFinderReach = 0.25;
constexpr double kMinLyingChance = 0.5;

std::size_t first_channel(int x, int y) {
  const int cell = y * kFinderCells + x;
  return static_cast<std::size_t>(cell) * kFinderChannels;
}

double chance(std::span<const float> found, int x, int y) {
  return 1.0 / (1.0 + base::exp(-static_cast<double>(found[first_channel(x, y)])));
}

}  // namespace

std::optional<LyingBody> read_finder(std::span<const float> found) {
  assert(found.size() == network::element_count(kFinderShape));
  int best_x = 0;
  int best_y = 0;
  for (int y = 0; y < kFinderCells; ++y) {
    for (int x = 0; x < kFinderCells; ++x) {
      if (chance(found, x, y) > chance(found, best_x, best_y)) {
        best_x = x;
        best_y = y;
      }
    }
  }
  LyingBody body;
  body.chance = chance(found, best_x, best_y);
  if (!(body.chance >= kMinLyingChance)) return std::nullopt;
  double sum = 0.0;
  for (int y = std::max(0, best_y - 1); y <= std::min(kFinderCells - 1, best_y + 1); ++y) {
    for (int x = std::max(0, best_x - 1); x <= std::min(kFinderCells - 1, best_x + 1); ++x) {
      const double weight = chance(found, x, y);
      sum += weight;
      body.middle_u += weight * (x + 0.5) / kFinderCells;
      body.middle_v += weight * (y + 0.5) / kFinderCells;
    }
  }
  body.middle_u /= sum;
  body.middle_v /= sum;
  const std::size_t best = first_channel(best_x, best_y);
  body.end_u = body.middle_u + kFinderReach * static_cast<double>(found[best + 1]);
  body.end_v = body.middle_v + kFinderReach * static_cast<double>(found[best + 2]);
  return body;
}

base::Result<LyingFinder> LyingFinder::create(const PoseModels& models) {
  auto networks = create_pose_networks(PoseNetwork::finder, models, 1);
  if (!networks.ok()) return networks.error();
  network::Network& net = networks.value().front();
  if (net.input_shape() != network::Shape{1, kFinderSide, kFinderSide, 3} ||
      net.output_shape(0) != kFinderShape) {
    return unexpected_network(kFinderFile);
  }
  return LyingFinder(std::move(net));
}

base::Result<std::optional<Region>> LyingFinder::find(const image::View& picture,
                                                      const Region& square) {
  sample(picture, square, Border::black, 0.0F, 1.0F, kFinderSide, network_.input());
  const auto ran = network_.run();
  if (!ran.ok()) return ran.error();
  const auto body = read_finder(network_.output(0));
  if (!body) return std::optional<Region>();
  const Region region = region_around(square.to_picture(body->middle_u, body->middle_v),
                                      square.to_picture(body->end_u, body->end_v));
  if (!std::isfinite(region.side_px) || region.side_px < 1.0) return std::optional<Region>();
  return std::optional<Region>(region);
}

}  // namespace matside::blazepose
