#include "server/activity.h"

namespace matside::server {

std::string Activity::practice_refusal() const {
  if (practising) return "A practice is running in another window. Stop it there first.";
  if (analysing) {
    return "A recording is being analysed in another window. Wait until it finishes, or close "
           "that window.";
  }
  return "";
}

std::string Activity::recording_refusal() const {
  if (practising) return "A practice is running. Stop it first.";
  if (analysing || receiving) {
    return "Another recording is being analysed. Wait until it finishes, or close its window.";
  }
  return "";
}

}  // namespace matside::server
