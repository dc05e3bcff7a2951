// Runs a fuzz target two ways. Built with clang and PONDER_SANITIZER, it is a libFuzzer program. Otherwise it
// tries the seeds, files named on the command line, and a fixed number of mutations, the same in every run:
//     fuzz_wire [--tries=N] [FILE…]

#include "tests/fuzz/fuzz_target.h"

#ifdef PONDER_LIBFUZZER

#include <cstddef>
#include <cstdint>
#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
    ponder::fuzz::tryInput({reinterpret_cast<const char*>(bytes), count});
    return 0;
}

#else

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

namespace {

/// Numbers at which lengths, counts and offsets go wrong.
constexpr unsigned char kEdges[] = {0x00, 0x01, 0x7F, 0x80, 0xFF};

class Mutator {
public:
    std::string mutate(std::string input, const std::string& other) {
        for (unsigned changes = 1 + random_() % 4; changes > 0; --changes) change(input, other);
        return input;
    }
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

private:
    void change(std::string& input, const std::string& other) {
        const std::size_t at = below(input.size() + 1);
        const std::size_t length = below(16) + 1;
        switch (random_() % 6) {
        case 0: // one byte
            if (at < input.size()) input[at] = static_cast<char>(random_());
            break;
        case 1: // a run of one edge value
            for (std::size_t i = at; i < std::min(input.size(), at + length); ++i) {
                input[i] = static_cast<char>(kEdges[at % std::size(kEdges)]);
            }
            break;
        case 2:
            input.erase(at, length);
            break;
        case 3:
            input.insert(at, length, static_cast<char>(random_()));
            break;
        case 4:
            input.insert(at, other.substr(below(other.size() + 1), below(64)));
            break;
        case 5:
            input.resize(at);
            break;
        }
    }

    std::mt19937_64 random_{20260101};
};

} // namespace

int main(int count, char** arguments) {
    std::size_t tries = 500'000;
    std::vector<std::string> inputs = ponder::fuzz::seeds();
    for (int i = 1; i < count; ++i) {
        const std::string argument = arguments[i];
        if (argument.starts_with("--tries=")) {
            tries = std::strtoull(argument.c_str() + 8, nullptr, 10);
        } else {
            std::ifstream file(argument, std::ios::binary);
            inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
    }
    for (const std::string& input : inputs) ponder::fuzz::tryInput(input);
    Mutator mutator;
    for (std::size_t i = 0; i < tries; ++i) {
        const std::string& first = inputs[mutator.below(inputs.size())];
        const std::string& second = inputs[mutator.below(inputs.size())];
        ponder::fuzz::tryInput(mutator.mutate(first, second));
    }
    std::printf("%zu inputs and %zu mutations tried\n", inputs.size(), tries);
}

#endif
