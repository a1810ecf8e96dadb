#include "vision/blazepose/landmark_crew.h"

#include <cassert>
#include <system_error>
#include <utility>

namespace matside::blazepose {

base::Result<std::unique_ptr<LandmarkCrew>> LandmarkCrew::create(const Networks& networks,
                                                                 int threads) {
  assert(threads >= 1);
  auto finders = LandmarkFinder::create_several(networks, static_cast<std::size_t>(threads));
  if (!finders.ok()) return finders.error();
  return std::unique_ptr<LandmarkCrew>(new LandmarkCrew(std::move(finders).value()));
}

LandmarkCrew::LandmarkCrew(std::vector<LandmarkFinder> finders) : finders_(std::move(finders)) {
  threads_.reserve(finders_.size() - 1);
  try {
    for (std::size_t i = 1; i < finders_.size(); ++i) {
      threads_.emplace_back([this, i] { work(finders_[i]); });
    }
  } catch (const std::system_error&) {
    // No more threads to be had: those there are share the work.
  }
}

LandmarkCrew::~LandmarkCrew() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  begun_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

base::Result<LandmarkCrew::Bodies> LandmarkCrew::find(
    std::span<const image::Image* const> pictures, const Region& region) {
  {
    std::unique_lock lock(mutex_);
    pictures_ = pictures;
    region_ = region;
    found_.assign(pictures.size(), std::optional<Body>());
    next_ = 0;
    unfinished_ = pictures.size();
    if (pictures.size() > 1) begun_.notify_all();
    look_at_the_rest(finders_.front(), lock);
    done_.wait(lock, [this] { return unfinished_ == 0; });
  }
  Bodies bodies;
  bodies.reserve(found_.size());
  for (Found& found : found_) {
    if (!found.ok()) return found.error();
    bodies.push_back(std::move(found).value());
  }
  return bodies;
}

base::Result<std::optional<Body>> LandmarkCrew::find(const image::Image& picture,
                                                     const Region& region) {
  return finders_.front().find(picture, region);
}

void LandmarkCrew::work(LandmarkFinder& finder) {
  std::unique_lock lock(mutex_);
  while (true) {
    begun_.wait(lock, [this] { return closing_ || next_ < pictures_.size(); });
    if (closing_) return;
    look_at_the_rest(finder, lock);
  }
}

void LandmarkCrew::look_at_the_rest(LandmarkFinder& finder,
                                    std::unique_lock<std::mutex>& lock) {
  while (next_ < pictures_.size()) {
    const std::size_t mine = next_++;
    lock.unlock();
    Found found = finder.find(*pictures_[mine], region_);
    lock.lock();
    found_[mine] = std::move(found);
    if (--unfinished_ == 0) done_.notify_one();
  }
}

}  // namespace matside::blazepose
