// A session refers to its exercise, so the exercise must not be a temporary.
#include "core/engine/session.h"

matside::exercise::Definition read();

bool works() {
#ifdef MISTAKE
  return matside::engine::Session::create(read(), 1).ok();
#else
  const matside::exercise::Definition exercise = read();
  return matside::engine::Session::create(exercise, 1).ok();
#endif
}
