// What a stream says of its colours.
#pragma once

namespace matside::video {

/// How a stream's numbers are to be taken for colours: code points of ITU-T H.273, 2 where the
/// stream does not say.
struct ColourTags {
  int primaries = 2;
  int transfer = 2;
  int matrix = 2;
  bool full_range = false;  ///< Brightness from 0 to 255, not from 16 to 235.
  int chroma_place = 0;     ///< As FFmpeg's AVChromaLocation; 0 where it does not say.
};

}  // namespace matside::video
