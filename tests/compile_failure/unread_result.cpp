// An error must not be dropped unread.
#include "core/base/result.h"

matside::base::Result<int> read();

bool works() {
#ifdef MISTAKE
  read();
  return true;
#else
  return read().ok();
#endif
}
