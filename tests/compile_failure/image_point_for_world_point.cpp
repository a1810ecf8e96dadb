// A point in the picture is not a point in the room.
#include "core/base/point.h"

double height_above_mat_m(matside::base::WorldPoint point) { return point.y_m; }

double height() {
#ifdef MISTAKE
  return height_above_mat_m(matside::base::ImagePoint{320.0, 180.0});
#else
  return height_above_mat_m(matside::base::WorldPoint{0.0, 0.3, 0.1});
#endif
}
