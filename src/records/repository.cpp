#include "records/repository.h"

namespace matside::records {

std::string_view name(Origin origin) {
  switch (origin) {
    case Origin::camera:
      return "camera";
    case Origin::recording:
      return "recording";
    case Origin::sound:
      return "sound";
    case Origin::imported:
      break;
  }
  return "imported";
}

std::string_view name(EndedBy by) {
  switch (by) {
    case EndedBy::goal:
      return "goal";
    case EndedBy::person:
      return "person";
    case EndedBy::discomfort:
      return "discomfort";
    case EndedBy::interrupted:
      break;
  }
  return "interrupted";
}

}  // namespace matside::records
