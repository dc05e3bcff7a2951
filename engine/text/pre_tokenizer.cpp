#include "engine/text/pre_tokenizer.h"

#include "engine/support/check.h"
#include "engine/text/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <string>

namespace ponder::engine {

namespace {

constexpr std::size_t kFirstStackBytes = 64u << 10;
constexpr std::size_t kLargestStackBytes = 64u << 20;

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Code = std::unique_ptr<pcre2_code, Deleter<pcre2_code_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Deleter<pcre2_match_data_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Deleter<pcre2_match_context_free>>;
using Stack = std::unique_ptr<pcre2_jit_stack, Deleter<pcre2_jit_stack_free>>;

/// Spells out \s and \S: PCRE2's own also hold U+180E, which is no White_Space.
std::string withUnicodeSpaces(std::string_view pattern) {
    constexpr std::string_view kSpaces =
        R"(\x09-\x0d\x20\x85\xa0\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";
    std::string spelled;
    bool inClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\' && i + 1 < pattern.size()) {
            const char escaped = pattern[++i];
            if (escaped == 's')
                spelled.append(inClass ? "" : "[").append(kSpaces).append(inClass ? "" : "]");
            else if (escaped == 'S')
                spelled.append("[^").append(kSpaces).append("]");
            else
                spelled.append({'\\', escaped});
            continue;
        }
        if (pattern[i] == '[')
            inClass = true;
        else if (pattern[i] == ']')
            inClass = false;
        spelled += pattern[i];
    }
    return spelled;
}

} // namespace

struct PreTokenizer::Pattern {
    Code code;
};

PreTokenizer::PreTokenizer(const PreTokenizerRules& rules) {
    for (const std::string_view source : rules.patterns) {
        const std::string spelled = withUnicodeSpaces(source);
        int error = 0;
        PCRE2_SIZE where = 0;
        Code code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(spelled.data()), spelled.size(),
                                PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY, &error, &where, nullptr));
        CHECK(code != nullptr);
        // Without just-in-time compilation the same pattern is interpreted: slower, not different.
        pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
        patterns_.push_back({std::move(code)});
    }
}

PreTokenizer::~PreTokenizer() = default;

std::vector<std::string_view> PreTokenizer::split(std::string_view text) const {
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        const std::size_t valid = utf8ValidPrefix(text);
        if (valid > 0) pieces.push_back(text.substr(0, valid));
        text.remove_prefix(valid);
        std::size_t invalid = 0;
        while (invalid < text.size() && utf8CharacterLength(text.substr(invalid)) == 0) ++invalid;
        if (invalid > 0) pieces.push_back(text.substr(0, invalid));
        text.remove_prefix(invalid);
    }

    const MatchContext context(pcre2_match_context_create(nullptr));
    const Stack stack(pcre2_jit_stack_create(kFirstStackBytes, kLargestStackBytes, nullptr));
    pcre2_jit_stack_assign(context.get(), nullptr, stack.get());
    const MatchData match(pcre2_match_data_create(1, nullptr));
    const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(match.get());

    std::vector<std::string_view> finer;
    for (const Pattern& pattern : patterns_) {
        finer.clear();
        finer.reserve(pieces.size() * 2);
        for (const std::string_view piece : pieces) {
            const std::size_t first = utf8CharacterLength(piece);
            if (first == 0 || first == piece.size()) {
                finer.push_back(piece);
                continue;
            }
            std::size_t done = 0;
            const auto* subject = reinterpret_cast<PCRE2_SPTR>(piece.data());
            // Any error, a match limit say, leaves the rest of the piece whole.
            while (done < piece.size() &&
                   pcre2_match(pattern.code.get(), subject, piece.size(), done,
                               PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, match.get(), context.get()) >= 0) {
                if (bounds[0] > done) finer.push_back(piece.substr(done, bounds[0] - done));
                finer.push_back(piece.substr(bounds[0], bounds[1] - bounds[0]));
                done = bounds[1];
            }
            if (done < piece.size()) finer.push_back(piece.substr(done));
        }
        pieces.swap(finer);
    }
    return pieces;
}

} // namespace ponder::engine
