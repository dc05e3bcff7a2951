#pragma once

#include "engine/format/input_file.h"
#include "engine/format/tensor.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ponder::engine {

/// What a file's header says of the place of its data.
struct DataPlace {
    std::uint64_t headerEnd = 0; ///< first byte behind the descriptions
    std::uint64_t alignment = 32;
};

/// Turns the tensors' offsets in the data into offsets in the file and checks that they lie in it one behind
/// the other, with nothing hidden between or behind them. Throws GgufError. Odd but harmless things go to
/// `notices`.
void placeTensors(const InputFile& file, const DataPlace& place, std::span<Tensor> tensors,
                  std::vector<std::string>& notices);

} // namespace ponder::engine
