#include "kernels/instruction_set.h"

#include "kernels/matmul.h"

#include <gtest/gtest.h>

namespace ponder::kernels {
namespace {

using enum InstructionSet;

TEST(InstructionSets, ANameLowersTheChoice) {
    EXPECT_EQ(chooseInstructionSet(nullptr, Avx2).set, Avx2);
    EXPECT_EQ(chooseInstructionSet("", Avx2).refusal, "");
    EXPECT_EQ(chooseInstructionSet("scalar", Avx512).set, Scalar);
    EXPECT_EQ(chooseInstructionSet("avx2", Avx512).set, Avx2);
    for (const char* name : {"avx512", "vnni"}) EXPECT_EQ(chooseInstructionSet(name, Avx512).set, Avx512);
    EXPECT_EQ(chooseInstructionSet("vnni", Amx).set, Avx512);
    EXPECT_EQ(chooseInstructionSet("amx", Amx).set, Amx);
    for (const char* name : {"scalar", "avx2", "avx512", "vnni", "amx"})
        EXPECT_EQ(chooseInstructionSet(name, Amx).refusal, "");
}

TEST(InstructionSets, ANameThatDoesNotWorkIsRefusedWithThoseThatDo) {
    EXPECT_EQ(chooseInstructionSet("vnni", Avx2).refusal,
              "PONDER_CPU=vnni: this processor has no AVX-512 with VNNI. "
              "Set it to one of these, or not at all: scalar, avx2.");
    EXPECT_EQ(chooseInstructionSet("avx2", Scalar).refusal,
              "PONDER_CPU=avx2: this processor has no AVX2 with FMA and F16C. "
              "Set it to one of these, or not at all: scalar.");
    EXPECT_EQ(chooseInstructionSet("amx", Avx512).refusal,
              "PONDER_CPU=amx: this processor has no AMX for bytes, or its system does not keep tiles. "
              "Set it to one of these, or not at all: scalar, avx2, avx512, vnni.");
    EXPECT_EQ(chooseInstructionSet("AVX2", Avx2).refusal,
              "PONDER_CPU=AVX2: there is no such instruction set. "
              "Set it to one of these, or not at all: scalar, avx2.");
    EXPECT_EQ(chooseInstructionSet("vnni", Avx2).set, Avx2);
}

TEST(InstructionSets, ChosenOneIsSupported) {
    const std::string name = instructionSet();
    if (name == "AMX") {
        EXPECT_EQ(supportedInstructionSet(), Amx);
    } else if (name == "AVX-512 VNNI") {
        EXPECT_GE(supportedInstructionSet(), Avx512);
    } else if (name == "AVX2") {
        EXPECT_GE(supportedInstructionSet(), Avx2);
    } else {
        EXPECT_EQ(name, "scalar");
    }
}

} // namespace
} // namespace ponder::kernels
