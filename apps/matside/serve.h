// `matside serve`: the page to practise with, for a browser on this computer.
#pragma once

#include "apps/matside/command_line.h"

namespace matside::app {

/// Serves until Ctrl-C. @returns the program's exit code.
int serve(const ServeCommand& command);

}  // namespace matside::app
