// Prints docs/pose_parity.md: pose_parity_table PARITY_DIR MODELS_DIR > docs/pose_parity.md
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "tests/pose_parity/pose_parity.h"

namespace {

using matside::blazepose::Variant;

constexpr const char* kHead =
    "# Landmarks compared with the reference\n"
    "\n"
    "The table gives distances in pixels between Matside's joints and those of the browser "
    "solution that\n"
    "the networks come from (`@mediapipe/pose` 0.5.1675469404 in headless Chromium). They "
    "cover the 12\n"
    "joints from the shoulders to the ankles, in the single pictures of `tests/data/parity`, "
    "without\n"
    "tracking or smoothing. The last column is for scores: for 90% of the joints, Matside's "
    "score\n"
    "(visibility times presence) is within this value of the reference's visibility.\n"
    "\n"
    "This file is written by `ninja -C build/release pose_parity_doc`; do not edit it.\n"
    "\n"
    "| model | pictures | found | joints | median | 90% | 95% | max | score, 90% |\n"
    "|---|---|---|---|---|---|---|---|---|\n";

bool print_row(const std::filesystem::path& parity, const std::filesystem::path& models,
               Variant variant) {
  const auto measured = matside::tests::measure_parity(parity, models, variant);
  if (!measured.ok()) {
    std::fprintf(stderr, "%s\n", measured.error().message.c_str());
    return false;
  }
  const auto distances = matside::tests::sorted_distances_px(measured.value());
  if (distances.empty()) return false;
  std::vector<double> scores;
  std::size_t found = 0;
  for (const auto& picture : measured.value()) {
    found += picture.found ? 1 : 0;
    for (const double d : picture.score_difference) scores.push_back(std::abs(d));
  }
  std::sort(scores.begin(), scores.end());
  const auto at = [&](double share) { return matside::tests::quantile(distances, share); };
  std::printf("| %s | %zu | %zu | %zu | %.2f | %.2f | %.2f | %.2f | %.2f |\n",
              std::string(matside::blazepose::name(variant)).c_str(), measured.value().size(),
              found, distances.size(), at(0.5), at(0.9), at(0.95), at(1.0),
              matside::tests::quantile(scores, 0.9));
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: pose_parity_table PARITY_DIR MODELS_DIR\n", stderr);
    return 2;
  }
  std::fputs(kHead, stdout);
  for (const Variant variant : {Variant::lite, Variant::full, Variant::heavy}) {
    if (!print_row(argv[1], argv[2], variant)) return 1;
  }
  return 0;
}
