#include "kernels/instruction_set.h"

#include "kernels/cpu/tile_permission.h"

#include <cstdlib>
#include <string_view>
#ifdef PONDER_X86
#include <cpuid.h>
#endif

namespace ponder::kernels {

namespace {

struct NamedSet {
    std::string_view name;
    InstructionSet set;
};

// All products with AVX-512 use VNNI: two names for one set.
constexpr NamedSet kNames[] = {
    {"scalar", InstructionSet::Scalar}, {"avx2", InstructionSet::Avx2}, {"avx512", InstructionSet::Avx512},
    {"vnni", InstructionSet::Avx512},   {"amx", InstructionSet::Amx},
};

std::string namesThatWork(InstructionSet supported) {
    std::string names;
    for (const auto& [name, set] : kNames) {
        if (set <= supported) names.append(names.empty() ? "" : ", ").append(name);
    }
    return names;
}

std::string reason(std::string_view name) {
    for (const NamedSet& known : kNames) {
        if (known.name != name) continue;
        if (known.set == InstructionSet::Amx)
            return "this processor has no AMX for bytes, or its system does not keep tiles";
        return known.set == InstructionSet::Avx512 ? "this processor has no AVX-512 with VNNI"
                                                   : "this processor has no AVX2 with FMA and F16C";
    }
    return "there is no such instruction set";
}

#ifdef PONDER_X86
// F16C, which clang's __builtin_cpu_supports does not know by name. Registers are those of AVX2.
bool hasHalfFloats() {
    constexpr unsigned kF16c = 1u << 29;
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & kF16c) != 0;
}
#endif

} // namespace

#ifdef PONDER_X86

InstructionSet supportedInstructionSet() {
    // These ask the operating system as well: it must save the wide registers.
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && hasHalfFloats();
    if (!avx2) return InstructionSet::Scalar;
    const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                        __builtin_cpu_supports("avx512vnni");
    if (!avx512) return InstructionSet::Avx2;
    return tilesAreKept() ? InstructionSet::Amx : InstructionSet::Avx512;
}

#else

InstructionSet supportedInstructionSet() {
    return InstructionSet::Scalar;
}

#endif

InstructionSetChoice chooseInstructionSet(const char* name, InstructionSet supported) {
    if (name == nullptr || *name == '\0') return {supported};
    for (const NamedSet& known : kNames) {
        if (known.name == name && known.set <= supported) return {known.set};
    }
    return {supported, "PONDER_CPU=" + std::string(name) + ": " + reason(name) +
                           ". Set it to one of these, or not at all: " + namesThatWork(supported) + "."};
}

InstructionSetChoice environmentsChoice() {
    return chooseInstructionSet(std::getenv("PONDER_CPU"), supportedInstructionSet());
}

} // namespace ponder::kernels
