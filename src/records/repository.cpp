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

}  // namespace matside::records
