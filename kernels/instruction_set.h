#pragma once

#include <string>

namespace ponder::kernels {

/// Sets of instructions that the operations have versions for, worst first. Scalar is always there.
enum class InstructionSet {
    Scalar,
    Avx2,   ///< with FMA and F16C
    Avx512, ///< F, BW, DQ and VL, with VNNI
    Amx     ///< besides: tiles, for bytes
};

/// The best set that the processor (and the operating system) supports.
InstructionSet supportedInstructionSet();

/// A set to use, and why it is not the one asked for, in a sentence for the user.
struct InstructionSetChoice {
    InstructionSet set = InstructionSet::Scalar;
    std::string refusal = {}; ///< empty: it is
};

/// What PONDER_CPU=`name` asks for on a processor that supports sets up to `supported`; no name or an empty
/// one asks for the best. A refusal goes with the best set.
InstructionSetChoice chooseInstructionSet(const char* name, InstructionSet supported);

/// That of the environment and this processor: what every operation uses.
InstructionSetChoice environmentsChoice();

} // namespace ponder::kernels
