#include "kernels/delta_rule.h"

#include "kernels/reference/reference.h"

#include <algorithm>

namespace ponder::kernels::reference {

void applyDeltaRule(const DeltaHead& head) {
    const std::int64_t n = head.keyLength;
    // Rows do not meet: each goes through all tokens on its own.
    for (std::int64_t j = 0; j < head.valueLength; ++j) {
        float* row = head.after + j * n;
        std::copy_n(head.before + j * n, n, row);
        for (std::int64_t t = 0; t < head.tokens; ++t) {
            const float* key = head.keys + t * head.inputStride;
            const float* query = head.queries + t * head.inputStride;
            const float decay = head.decays[t * head.gateStride];
            float known = 0;
            for (std::int64_t i = 0; i < n; ++i) {
                row[i] *= decay;
                known += row[i] * key[i];
            }
            const float value = head.values[t * head.inputStride + j];
            const float change = head.writes[t * head.gateStride] * (value - known);
            float seen = 0;
            for (std::int64_t i = 0; i < n; ++i) {
                row[i] += change * key[i];
                seen += row[i] * query[i];
            }
            head.output[t * head.outputStride + j] = seen;
        }
    }
}

} // namespace ponder::kernels::reference
