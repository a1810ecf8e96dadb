// Pictures made from other pictures, for tests that need people in known places.
#pragma once

#include <string>

#include "vision/image/image.h"

namespace matside::tests {

/// A frame of tests/data/parity; a test failure when it cannot be read.
image::Image still(const std::string& name);

/// A figure of tests/data/people, pure black where it is not.
image::Image figure(const std::string& name);

image::Image black(base::ImageSize size);

/// Copies `part` into `whole` with its top left corner at left_px, top_px; what does not fit is
/// cut off.
void put(const image::Image& part, int left_px, int top_px, image::Image& whole);

/// As `put`, but what is pure black in `figure` stays as it is in `whole`.
void paste_figure(const image::Image& figure, int left_px, int top_px, image::Image& whole);

/// Turned by a quarter, counter-clockwise.
image::Image turned_left(const image::Image& picture);

/// Every pixel as a square of `factor` x `factor`.
image::Image enlarged(const image::Image& picture, int factor);

}  // namespace matside::tests
