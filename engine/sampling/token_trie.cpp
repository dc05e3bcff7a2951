#include "engine/sampling/token_trie.h"

#include <algorithm>
#include <array>

namespace ponder::engine {

TokenTrie::TokenTrie(std::span<const Word> words, std::size_t vocabularySize)
    : vocabularySize_(vocabularySize), offsets_{0} {
    std::vector<Word> sorted(words.begin(), words.end());
    std::erase_if(sorted, [](const Word& word) { return word.second.empty(); });
    const auto isShort = [](const Word& word) { return word.second.size() <= kLongestInTree; };
    const auto longOnes = std::partition(sorted.begin(), sorted.end(), isShort);
    const auto inOrder = [](const Word& a, const Word& b) {
        return a.second != b.second ? a.second < b.second : a.first < b.first;
    };
    std::sort(sorted.begin(), longOnes, inOrder);
    std::sort(longOnes, sorted.end(), inOrder);
    for (auto word = sorted.begin(); word != longOnes; ++word) add(*word);
    build();
    for (auto word = longOnes; word != sorted.end(); ++word) add(*word);
}

void TokenTrie::add(const Word& word) {
    const std::string_view before =
        ids_.empty() ? std::string_view() : bytes(static_cast<std::uint32_t>(ids_.size() - 1));
    const auto differs = std::ranges::mismatch(before, word.second).in1;
    shared_.push_back(static_cast<std::uint32_t>(differs - before.begin()));
    ids_.push_back(word.first);
    bytes_ += word.second;
    offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
}

void TokenTrie::build() {
    std::array<std::uint32_t, kLongestInTree> open{}; // the path to the last node
    std::size_t depth = 0;
    const auto close = [&](std::size_t to) {
        while (depth > to) nodes_[open[--depth]].end = static_cast<std::uint32_t>(nodes_.size());
    };
    const auto count = static_cast<std::uint32_t>(ids_.size());
    for (std::uint32_t place = 0; place < count; ++place) {
        close(shared_[place]);
        const std::string_view text = bytes(place);
        while (depth < text.size()) {
            open[depth] = static_cast<std::uint32_t>(nodes_.size());
            nodes_.push_back({.token = place,
                              .depth = static_cast<std::uint8_t>(depth),
                              .byte = static_cast<unsigned char>(text[depth])});
            ++depth;
        }
    }
    close(0);
    nodes_.push_back({.end = static_cast<std::uint32_t>(nodes_.size()), .token = count});
}

} // namespace ponder::engine
