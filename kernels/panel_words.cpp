#include "kernels/panel_words.h"

#include <cstring>

namespace ponder::kernels {

namespace {

/// A block's codes, four columns a word.
template <typename Word>
struct Codes {
    Word word[64];

    Word& operator[](int i) { return word[i]; }
    const Word& operator[](int i) const { return word[i]; }
};

/// `count` bits of every byte from bit `from` on, moved to bit `to`.
template <typename Word>
inline Word bits(Word x, int from, int count, int to) {
    const std::uint32_t mask = 0x01010101u * static_cast<std::uint32_t>((1 << count) - 1);
    return ((x >> from) & mask) << to;
}

struct Q3K {
    static constexpr int scaleWords = 3, scalesInFile = 24, linesOfChunk = 6;

    template <typename Word>
    static Codes<Word> fromFile(const Word* file) {
        Codes<Word> codes;
        for (int c = 0; c < 8; ++c) {
            for (int v = 0; v < 8; ++v) {
                codes[8 * c + v] =
                    bits(file[8 + 8 * (c / 4) + v], 2 * (c % 4), 2, 0) | bits(file[v], c, 1, 2);
            }
        }
        return codes;
    }
    template <typename Word>
    static void toFile(const Codes<Word>& codes, Word* file) {
        std::memset(file, 0, 24 * sizeof(Word));
        for (int c = 0; c < 8; ++c) {
            for (int v = 0; v < 8; ++v) {
                const Word code = codes[8 * c + v];
                file[8 + 8 * (c / 4) + v] |= bits(code, 0, 2, 2 * (c % 4));
                file[v] |= bits(code, 2, 1, c);
            }
        }
    }
    template <typename Word>
    static void toChunk(const Word* k, Word* lines) {
        for (int v = 0; v < 2; ++v, k += 2, lines += 3) {
            lines[0] = k[0] | k[1] << 3 | bits(k[12], 0, 2, 6);
            lines[1] = k[4] | k[5] << 3 | bits(k[13], 0, 2, 6);
            lines[2] = k[8] | k[9] << 3 | bits(k[12], 2, 1, 6) | bits(k[13], 2, 1, 7);
        }
    }
    template <typename Word>
    static void fromChunk(const Word* lines, Word* k) {
        for (int v = 0; v < 2; ++v, k += 2, lines += 3) {
            for (int i = 0; i < 3; ++i) {
                k[4 * i] = bits(lines[i], 0, 3, 0);
                k[4 * i + 1] = bits(lines[i], 3, 3, 0);
            }
            k[12] = bits(lines[0], 6, 2, 0) | bits(lines[2], 6, 1, 2);
            k[13] = bits(lines[1], 6, 2, 0) | bits(lines[2], 7, 1, 2);
        }
    }
};

struct Q5K {
    static constexpr int scaleWords = 4, scalesInFile = 0, linesOfChunk = 10;

    template <typename Word>
    static Codes<Word> fromFile(const Word* file) {
        Codes<Word> codes;
        for (int c = 0; c < 8; ++c) {
            for (int v = 0; v < 8; ++v) {
                codes[8 * c + v] =
                    bits(file[12 + 8 * (c / 2) + v], 4 * (c % 2), 4, 0) | bits(file[4 + v], c, 1, 4);
            }
        }
        return codes;
    }
    template <typename Word>
    static void toFile(const Codes<Word>& codes, Word* file) {
        std::memset(file + 4, 0, 40 * sizeof(Word));
        for (int c = 0; c < 8; ++c) {
            for (int v = 0; v < 8; ++v) {
                const Word code = codes[8 * c + v];
                file[12 + 8 * (c / 2) + v] |= bits(code, 0, 4, 4 * (c % 2));
                file[4 + v] |= bits(code, 4, 1, c);
            }
        }
    }
    template <typename Word>
    static void toChunk(const Word* k, Word* lines) {
        for (int v = 0; v < 2; ++v, k += 4, lines += 5) {
            lines[0] = k[0] | bits(k[9], 0, 3, 5);
            lines[1] = k[1] | bits(k[10], 0, 3, 5);
            lines[2] = k[2] | bits(k[11], 0, 3, 5);
            lines[3] = k[3] | bits(k[11], 3, 1, 5) | bits(k[9], 3, 2, 6);
            lines[4] = k[8] | bits(k[11], 4, 1, 5) | bits(k[10], 3, 2, 6);
        }
    }
    template <typename Word>
    static void fromChunk(const Word* lines, Word* k) {
        for (int v = 0; v < 2; ++v, k += 4, lines += 5) {
            for (int i = 0; i < 4; ++i) k[i] = bits(lines[i], 0, 5, 0);
            k[8] = bits(lines[4], 0, 5, 0);
            k[9] = bits(lines[0], 5, 3, 0) | bits(lines[3], 6, 2, 3);
            k[10] = bits(lines[1], 5, 3, 0) | bits(lines[4], 6, 2, 3);
            k[11] = bits(lines[2], 5, 3, 0) | bits(lines[3], 5, 1, 3) | bits(lines[4], 5, 1, 4);
        }
    }
};

struct Q6K {
    static constexpr int scaleWords = 4, scalesInFile = 48, linesOfChunk = 12;

    // Quarters of half a block: 32 columns.
    template <typename Word>
    static Codes<Word> fromFile(const Word* file) {
        Codes<Word> codes;
        for (int c = 0; c < 8; ++c) {
            const int half = c / 4, quarter = c % 4;
            for (int v = 0; v < 8; ++v) {
                codes[8 * c + v] = bits(file[16 * half + 8 * (quarter % 2) + v], 4 * (quarter / 2), 4, 0) |
                                   bits(file[32 + 8 * half + v], 2 * quarter, 2, 4);
            }
        }
        return codes;
    }
    template <typename Word>
    static void toFile(const Codes<Word>& codes, Word* file) {
        std::memset(file, 0, 48 * sizeof(Word));
        for (int c = 0; c < 8; ++c) {
            const int half = c / 4, quarter = c % 4;
            for (int v = 0; v < 8; ++v) {
                const Word code = codes[8 * c + v];
                file[16 * half + 8 * (quarter % 2) + v] |= bits(code, 0, 4, 4 * (quarter / 2));
                file[32 + 8 * half + v] |= bits(code, 4, 2, 2 * quarter);
            }
        }
    }
    template <typename Word>
    static void toChunk(const Word* k, Word* lines) {
        for (int v = 0; v < 4; ++v, ++k, lines += 3)
            for (int i = 0; i < 3; ++i) lines[i] = k[4 * i] | bits(k[12], 2 * i, 2, 6);
    }
    template <typename Word>
    static void fromChunk(const Word* lines, Word* k) {
        for (int v = 0; v < 4; ++v, ++k, lines += 3) {
            for (int i = 0; i < 3; ++i) k[4 * i] = bits(lines[i], 0, 6, 0);
            k[12] = bits(lines[0], 6, 2, 0) | bits(lines[1], 6, 2, 2) | bits(lines[2], 6, 2, 4);
        }
    }
};

template <class Type, typename Word>
inline void toPanel(Word* words) {
    const Codes<Word> codes = Type::fromFile(words);
    std::memmove(words, words + Type::scalesInFile, Type::scaleWords * sizeof(Word));
    for (int c = 0; c < 4; ++c)
        Type::toChunk(codes.word + 16 * c, words + Type::scaleWords + Type::linesOfChunk * c);
}

template <class Type, typename Word>
inline void toFile(Word* words) {
    Codes<Word> codes;
    for (int c = 0; c < 4; ++c)
        Type::fromChunk(words + Type::scaleWords + Type::linesOfChunk * c, codes.word + 16 * c);
    std::memmove(words + Type::scalesInFile, words, Type::scaleWords * sizeof(Word));
    Type::toFile(codes, words);
}

} // namespace

void turnForPanel(TensorType type, FourRows* words) {
    if (type == TensorType::Q3_K) toPanel<Q3K>(words);
    if (type == TensorType::Q5_K) toPanel<Q5K>(words);
    if (type == TensorType::Q6_K) toPanel<Q6K>(words);
}

void turnForFile(TensorType type, std::uint32_t* words) {
    if (type == TensorType::Q3_K) toFile<Q3K>(words);
    if (type == TensorType::Q5_K) toFile<Q5K>(words);
    if (type == TensorType::Q6_K) toFile<Q6K>(words);
}

} // namespace ponder::kernels
