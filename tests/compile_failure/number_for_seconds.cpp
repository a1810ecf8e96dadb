// A bare number has no unit: it could be milliseconds or frames.
#include "core/base/quantity.h"

double frames(matside::base::Seconds span, double rate_hz) { return span.value() * rate_hz; }

double half_a_second() {
#ifdef MISTAKE
  return frames(0.5, 30.0);
#else
  return frames(matside::base::Seconds(0.5), 30.0);
#endif
}
