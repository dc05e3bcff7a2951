#include "kernels/cpu/attend_many.h"
#include "kernels/cpu/attend_splits.h"
#include "kernels/cpu/avx512.h"
#include "kernels/cpu/words_avx512.h"

namespace ponder::kernels {

namespace avx512 {

void scoreHeads(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch) {
    scoreTogether<FloatsAvx512>(heads, count, rows, scratch);
}

void mixHeads(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch) {
    mixTogether<FloatsAvx512>(heads, count, columns, scratch);
}

void attendSplit(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers) {
    splitTogether<FloatsAvx512>(heads, count, split, answers);
}

void attendMany(const AttentionHead* heads, std::int64_t count, float* scratch) {
    attendManyTogether<FloatsAvx512>(heads, count, scratch);
}

} // namespace avx512

} // namespace ponder::kernels
