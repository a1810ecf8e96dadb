#include "core/coaching/end_reason.h"

namespace matside::coaching {

std::string_view name(EndReason reason) {
  switch (reason) {
    case EndReason::goal:
      return "goal";
    case EndReason::person:
      return "person";
    case EndReason::discomfort:
      return "discomfort";
    case EndReason::interrupted:
      break;
  }
  return "interrupted";
}

}  // namespace matside::coaching
