// Composes pictures, for tests that need people at known positions.
#pragma once

#include <string>

#include "vision/image/image.h"

namespace matside::tests {

/// Loads a frame of tests/data/parity; fails the test when it cannot be read.
image::Image load_frame(const std::string& name);

/// Loads a figure of tests/data/people on pure black; fails the test when it cannot be read.
image::Image figure(const std::string& name);

/// A black picture.
image::Image black(base::ImageSize size);

/// Copies `part` into `whole` with its top left corner at (left_px, top_px), clipped to
/// `whole`.
void paste(const image::Image& part, int left_px, int top_px, image::Image& whole);

/// As `paste`, but pure black pixels of `figure` are transparent.
void paste_figure(const image::Image& figure, int left_px, int top_px, image::Image& whole);

/// The picture after a quarter turn counter-clockwise.
image::Image turned_left(const image::Image& picture);

/// The picture with every pixel enlarged to `factor` x `factor`.
image::Image enlarged(const image::Image& picture, int factor);

}  // namespace matside::tests
