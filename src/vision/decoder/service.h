// The decoder process: decodes one file for the program that started it.
#pragma once

#include "vision/media/decoder_protocol.h"

namespace matside::decoder {

/// Answers the program on the descriptors of decoder_protocol.h until it closes its end.
/// @param ready the first message: what confines this process.
void serve(const media::ReadyMessage& ready);

}  // namespace matside::decoder
