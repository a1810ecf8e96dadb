// Degrees are not radians.
#include <cmath>

#include "core/base/quantity.h"

double cosine(matside::base::Radians angle) { return std::cos(angle.value()); }

double right_angle() {
  const matside::base::Degrees angle(90.0);
#ifdef MISTAKE
  return cosine(angle);
#else
  return cosine(to_radians(angle));
#endif
}
