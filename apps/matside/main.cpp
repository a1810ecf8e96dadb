// The command-line program: parses, dispatches, turns outcomes into exit codes.
#include <cstdlib>
#include <variant>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "apps/matside/analyze.h"
#include "apps/matside/command_line.h"
#include "apps/matside/doctor.h"
#include "apps/matside/exit_code.h"
#include "apps/matside/interrupt.h"
#include "apps/matside/messages.h"
#include "apps/matside/output_file.h"
#include "apps/matside/records_command.h"
#include "apps/matside/serve.h"

namespace matside::app {
namespace {

int print(const std::string& text, int code) {
  const auto written = write_to_standard_output(text);
  return written ? code : fail(written.error());
}

/// Without this glibc keeps the memory of a network file once it is read, 80 MB of the largest.
void give_memory_back() {
#ifdef __GLIBC__
  constexpr int kOwnMapping_bytes = 128 * 1024;
  mallopt(M_MMAP_THRESHOLD, kOwnMapping_bytes);
#endif
}

int run(const Command& command) {
  if (const auto* wanted = std::get_if<AnalyzeCommand>(&command)) return analyze(*wanted);
  if (const auto* wanted = std::get_if<ServeCommand>(&command)) return serve(*wanted);
  if (const auto* wanted = std::get_if<RecordsCommand>(&command)) return keep_records(*wanted);
  if (const auto* wanted = std::get_if<PrintCommand>(&command)) {
    return print(wanted->text, kExitOk);
  }
  const Checkup checkup = examine_installation();
  return print(checkup.text, checkup.good ? kExitOk : kExitModel);
}

}  // namespace
}  // namespace matside::app

int main(int argc, char** argv) {
  using namespace matside::app;
  give_memory_back();
  set_up_messages();
  catch_interrupts();
  const auto command = parse_command_line(argc, argv);
  return command ? run(command.value()) : fail(command.error());
}
