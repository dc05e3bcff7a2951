#pragma once

#include "engine/text/jinja/operators.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace ponder::engine::jinja {

/// Sorts stably by what `key(item)` gives, with Python's `<`. Throws Failure: keys that do not compare.
template <typename Item, typename Key>
void sortBy(Runtime& runtime, std::vector<Item>& items, Key key, bool reverse = false) {
    std::vector<std::pair<Value, Item>> keyed;
    keyed.reserve(items.size());
    for (Item& item : items) {
        Value itemKey = key(item);
        keyed.emplace_back(std::move(itemKey), std::move(item));
    }
    // Reversed twice, so that equal items keep their order.
    if (reverse) std::reverse(keyed.begin(), keyed.end());
    std::stable_sort(keyed.begin(), keyed.end(),
                     [&](const auto& a, const auto& b) { return less(runtime, a.first, b.first); });
    if (reverse) std::reverse(keyed.begin(), keyed.end());
    for (std::size_t i = 0; i < items.size(); ++i) items[i] = std::move(keyed[i].second);
}

} // namespace ponder::engine::jinja
