// A video stream's colour metadata.
#pragma once

namespace matside::media {

/// How to interpret a stream's samples as colours: code points of ITU-T H.273, 2 if
/// unspecified.
struct ColourTags {
  int primaries = 2;
  int transfer = 2;
  int matrix = 2;
  bool full_range = false;  ///< Luma from 0 to 255, not 16 to 235.
  int chroma_location = 0;  ///< FFmpeg's AVChromaLocation; 0 if unspecified.
};

}  // namespace matside::media
