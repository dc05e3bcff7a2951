#include "engine/model/kv_cache.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sys/mman.h>
#include <unistd.h>

namespace ponder::engine {
namespace {

constexpr int kWindow = 16;
constexpr int kRowNumbers = 8 * 64;
constexpr int kCapacity = 4096;
constexpr WindowLimits kLimits{.slack = 32, .stride = 16};

/// Layer 0 sees all positions, layer 1 a window of them.
ModelConfig config() {
    ModelConfig config;
    config.family = findModelFamily("gpt-oss");
    config.heads = 8;
    config.keyLength = config.valueLength = 64;
    config.layer = {{.keyValueHeads = 8}, {.keyValueHeads = 8, .window = kWindow}};
    return config;
}

KvCache emptyCache(const WindowLimits& limits = kLimits, int capacity = kCapacity) {
    return {config(), kernels::CacheType::F32, capacity, CacheOf::Trunk, limits};
}

void append(KvCache& cache, int count, float mark) {
    std::vector<float> row(kRowNumbers);
    for (int i = 0; i < count; ++i) {
        std::fill(row.begin(), row.end(), mark + static_cast<float>(cache.length()));
        for (const int layer : {0, 1}) {
            cache.storeKey(layer, cache.length(), row.data());
            cache.storeValue(layer, cache.length(), row.data());
        }
        cache.commit(1);
    }
}

float markAt(const void* row) {
    const auto* numbers = static_cast<const float*>(row);
    EXPECT_EQ(numbers[0], numbers[kRowNumbers - 1]);
    return numbers[0];
}

/// All that the next token sees is what was stored there: `marks`, by position.
void expectWindow(const KvCache& cache, const std::vector<float>& marks) {
    for (int i = std::max(0, cache.length() - kWindow + 1); i < cache.length(); ++i) {
        EXPECT_EQ(markAt(cache.keysFrom(1, i)), marks[static_cast<std::size_t>(i)]);
        EXPECT_EQ(markAt(cache.valuesFrom(1, i)), marks[static_cast<std::size_t>(i)]);
    }
    for (int i = 0; i < cache.length(); i += 7)
        EXPECT_EQ(markAt(cache.keysFrom(0, i)), marks[static_cast<std::size_t>(i)]);
}

std::vector<float> marksOf(int count, float mark) {
    std::vector<float> marks;
    for (int i = 0; i < count; ++i) marks.push_back(mark + static_cast<float>(i));
    return marks;
}

/// Rows of a layer's keys that take memory.
std::int64_t residentRows(const KvCache& cache, int layer) {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const auto row = static_cast<std::size_t>(cache.keyStride(layer));
    const int last = cache.capacity() - 1;
    auto* begin = const_cast<std::byte*>(static_cast<const std::byte*>(cache.keysFrom(layer, last)) -
                                         static_cast<std::size_t>(last) * row);
    const std::size_t bytes = static_cast<std::size_t>(cache.capacity()) * row;
    std::vector<unsigned char> pages((bytes + page - 1) / page);
    EXPECT_EQ(::mincore(begin, bytes, pages.data()), 0);
    const auto count = std::count_if(pages.begin(), pages.end(), [](unsigned char each) { return each & 1; });
    return static_cast<std::int64_t>(static_cast<std::size_t>(count) * page / row);
}

// Two rows to a page: one at each end of each stretch that is kept.
constexpr std::int64_t kPageRows = 2 * 10;

TEST(CacheWindows, ALongConversationTakesTheMemoryOfItsWindows) {
    KvCache cache = emptyCache();
    for (int i = 0; i < 40; ++i) {
        append(cache, 100, 1);
        cache.checkpoint();
        EXPECT_LE(residentRows(cache, 1), kLimits.mostRows(kWindow, 0) + kPageRows);
        expectWindow(cache, marksOf(cache.length(), 1));
    }
    EXPECT_EQ(residentRows(cache, 0), 4000);
    // Eight windows behind checkpoints, and what a short way back needs.
    EXPECT_LE(residentRows(cache, 1), 8 * kWindow + kWindow + 32 + 16 + kPageRows);
    EXPECT_FALSE(cache.returnsAnywhere());
}

TEST(CacheWindows, WithoutCheckpointsTheLastPositionsAreAll) {
    KvCache cache = emptyCache();
    append(cache, 4000, 1);
    EXPECT_LE(residentRows(cache, 1), kWindow + 32 + 16 + kPageRows);
}

TEST(CacheWindows, AShortContextKeepsEveryRow) {
    const int capacity = static_cast<int>(kLimits.mostRows(kWindow, 0));
    KvCache cache = emptyCache(kLimits, capacity);
    append(cache, capacity, 1);
    EXPECT_TRUE(cache.returnsAnywhere());
    EXPECT_EQ(residentRows(cache, 1), capacity);
    for (const int length : {capacity - 1, capacity / 2, 3}) {
        EXPECT_EQ(cache.rewind(length), length);
        expectWindow(cache, marksOf(length, 1));
    }
    EXPECT_FALSE(emptyCache(kLimits, capacity + 1).returnsAnywhere());
}

TEST(CacheWindows, ADraftHeadsCacheKeepsItsRows) {
    ModelConfig head = config();
    head.draftHead = true;
    EXPECT_TRUE(KvCache(head, kernels::CacheType::F32, kCapacity, CacheOf::DraftHead).returnsAnywhere());
}

TEST(CacheWindows, AShortWayBackNeedsNoCheckpoint) {
    KvCache cache = emptyCache();
    append(cache, 3000, 1);
    EXPECT_EQ(cache.rewind(2999), 2999); // a guess that was wrong
    EXPECT_EQ(cache.rewind(2968), 2968);
    std::vector<float> marks = marksOf(2968, 1);
    expectWindow(cache, marks);
    append(cache, 500, 7);
    for (int i = 2968; i < 3468; ++i) marks.push_back(7.0f + static_cast<float>(i));
    expectWindow(cache, marks);
}

TEST(CacheWindows, AGuessThatWasForgottenCanCountAfterAll) {
    KvCache cache = emptyCache();
    append(cache, 3000, 1);
    EXPECT_EQ(cache.rewind(2999), 2999);
    cache.commit(1);
    expectWindow(cache, marksOf(3000, 1));
}

TEST(CacheWindows, ALongWayBackLeadsToACheckpointOrToTheBeginning) {
    KvCache cache = emptyCache();
    append(cache, 1000, 1);
    cache.checkpoint();
    append(cache, 1500, 1);
    cache.checkpoint();
    append(cache, 1000, 1);
    EXPECT_EQ(cache.reachable(3000), 2500);
    EXPECT_EQ(cache.rewind(3000), 2500);
    expectWindow(cache, marksOf(2500, 1));
    EXPECT_EQ(cache.rewind(2499), 1000);
    expectWindow(cache, marksOf(1000, 1));
    EXPECT_LE(residentRows(cache, 1), kWindow + kPageRows) << "what lies behind the end is gone too";
    append(cache, 1000, 1);
    expectWindow(cache, marksOf(2000, 1));
    EXPECT_EQ(cache.rewind(999), 0);
    EXPECT_EQ(residentRows(cache, 1), 0);
    append(cache, 10, 3);
    expectWindow(cache, marksOf(10, 3));
}

TEST(CacheWindows, LargeWindowsHaveFewerCheckpoints) {
    WindowLimits limits = kLimits;
    limits.checkpointBytes = 1;
    KvCache cache = emptyCache(limits);
    for (int i = 0; i < 15; ++i) {
        append(cache, 200, 1);
        cache.checkpoint();
        EXPECT_LE(residentRows(cache, 1), limits.mostRows(kWindow, 1) + kPageRows);
    }
    // Two windows and 128 rows: ten windows of 16.
    EXPECT_EQ(cache.places().size(), 8u);
    const auto cacheOf = [&](int window, int capacity) {
        ModelConfig large = config();
        large.layer[1].window = window;
        return KvCache(large, kernels::CacheType::F32, capacity, CacheOf::Trunk, limits);
    };
    KvCache wide = cacheOf(256, 8192);
    for (int i = 0; i < 15; ++i) {
        append(wide, 500, 1);
        wide.checkpoint();
        EXPECT_LE(residentRows(wide, 1), limits.mostRows(256, 1) + kPageRows);
    }
    EXPECT_EQ(wide.places().size(), 2u);
    // A prompt's end and the place before its last words go together.
    append(wide, 484, 1);
    wide.checkpoint();
    append(wide, 16, 1);
    wide.checkpoint();
    EXPECT_EQ(wide.places().size(), 3u);
}

TEST(CacheWindows, ACopyGoesOnWhereItWasTaken) {
    KvCache cache = emptyCache();
    append(cache, 2000, 1);
    cache.checkpoint();
    append(cache, 1000, 1);
    for (const auto& [wanted, got] : {std::pair(3000, 3000), std::pair(2990, 2990), std::pair(2500, 2000)}) {
        KvCache copy = emptyCache();
        EXPECT_EQ(copy.copy(cache, wanted), got);
        std::vector<float> marks = marksOf(got, 1);
        expectWindow(copy, marks);
        append(copy, 300, 5);
        for (int i = got; i < got + 300; ++i) marks.push_back(5.0f + static_cast<float>(i));
        expectWindow(copy, marks);
        EXPECT_EQ(copy.rewind(got), got);
        expectWindow(copy, marksOf(got, 1));
    }
    KvCache none = emptyCache();
    EXPECT_EQ(none.copy(cache, 1999), 0);
}

TEST(CacheWindows, ACopyInAShorterContextHasWhatTheOtherHas) {
    KvCache cache = emptyCache();
    append(cache, 600, 1);
    KvCache copy = emptyCache(kLimits, 700);
    EXPECT_EQ(copy.copy(cache, 600), 600);
    expectWindow(copy, marksOf(600, 1));
    EXPECT_EQ(copy.rewind(300), 0) << "those rows were given back before";
}

TEST(CacheWindows, ACopyInALongerContextGivesBackItself) {
    KvCache cache = emptyCache(kLimits, 600);
    append(cache, 600, 1);
    KvCache copy = emptyCache();
    EXPECT_EQ(copy.copy(cache, 600), 600);
    expectWindow(copy, marksOf(600, 1));
    EXPECT_LE(residentRows(copy, 1), kWindow + 32 + 16 + kPageRows);
}

/// Takes over the first `length` positions by the ways of snapshots, from one place to the next.
void restore(KvCache& cache, const KvCache& other, int length) {
    const auto take = [](const auto& room, const auto& rows) {
        ASSERT_EQ(room.size(), rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            ASSERT_EQ(room[i].size(), rows[i].size());
            std::copy(rows[i].begin(), rows[i].end(), room[i].begin());
        }
    };
    for (const int place : other.places()) {
        if (place > length) return;
        const int begin = cache.length();
        take(cache.room(begin, place - begin), other.rows(begin, place - begin));
        take(cache.windowRoom(begin, place), other.windowRows(begin, place));
        cache.restore(place - begin, {});
    }
}

TEST(CacheWindows, PlacesAreRestoredOneAfterTheOther) {
    KvCache cache = emptyCache();
    for (const int more : {600, 10, 900, 20, 400}) {
        append(cache, more, 1);
        cache.checkpoint();
    }
    const std::vector<int> places{600, 610, 1510, 1530, 1930};
    EXPECT_EQ(cache.places(), places);
    std::uint64_t bytes = 0;
    for (const auto& stretch : cache.windowRows(600, 610)) bytes += stretch.size();
    EXPECT_EQ(bytes, 2u * 10 * kRowNumbers * sizeof(float)) << "what the place before has is not told again";
    EXPECT_EQ(bytes, cache.windowBytes(600, 610));

    KvCache restored = emptyCache();
    restore(restored, cache, 1930);
    EXPECT_EQ(restored.places(), places);
    expectWindow(restored, marksOf(1930, 1));
    EXPECT_LE(residentRows(restored, 1), 3 * kWindow + 30 + kPageRows);
    append(restored, 100, 1);
    expectWindow(restored, marksOf(2030, 1));
    for (const int place : {1930, 1530, 1510, 610, 600}) {
        EXPECT_EQ(restored.rewind(place), place);
        expectWindow(restored, marksOf(place, 1));
    }
}

TEST(CacheWindows, WhateverIsDoneTheNextTokenSeesWhatWasStored) {
    std::mt19937 random(7);
    for (int round = 0; round < 20; ++round) {
        WindowLimits limits{.slack = 1 + static_cast<int>(random() % 60),
                            .stride = 1 + static_cast<int>(random() % 60)};
        if (round % 2 == 0) limits.checkpointBytes = 1;
        KvCache cache = emptyCache(limits);
        std::vector<float> marks;
        float mark = 0;
        for (int step = 0; step < 150; ++step) {
            const int length = cache.length();
            const auto what = random() % 10;
            if (what < 6) {
                const int count = std::min(static_cast<int>(random() % 200), kCapacity - length);
                append(cache, count, mark += 1);
                for (int i = length; i < length + count; ++i) marks.push_back(mark + static_cast<float>(i));
            } else if (what < 8) {
                cache.checkpoint();
            } else if (what < 9) {
                const int wanted =
                    length - static_cast<int>(random() % static_cast<unsigned>(length / 4 + 2));
                const int reachable = cache.reachable(std::max(0, wanted));
                EXPECT_EQ(cache.rewind(std::max(0, wanted)), reachable);
            } else if (length > 0) {
                KvCache other = emptyCache(limits);
                other.copy(cache, length - static_cast<int>(random() % 40) % length);
                cache = std::move(other);
            }
            marks.resize(static_cast<std::size_t>(cache.length()));
            expectWindow(cache, marks);
            EXPECT_LE(residentRows(cache, 1), limits.mostRows(kWindow, 1) + 8 * (kWindow + 64) + kPageRows);
        }
    }
}

TEST(CacheWindowsDeathTest, ARowThatWasGivenBackIsNotRead) {
    KvCache cache = emptyCache();
    append(cache, 3000, 1);
    EXPECT_DEATH(cache.keysFrom(1, 1000), "isKept");
    EXPECT_DEATH(cache.valuesFrom(1, 1000), "isKept");
}

TEST(CacheWindows, AllLengthsOfWindowsAreNamedInOrder) {
    ModelConfig mixed = config();
    mixed.layer.push_back({.keyValueHeads = 2, .window = 4});
    mixed.layer.push_back(mixed.layer[1]);
    const auto windows = KvCache::windows(mixed, kernels::CacheType::F16);
    ASSERT_EQ(windows.size(), 2u);
    EXPECT_EQ(windows[0].window, 4);
    EXPECT_EQ(windows[0].perToken, 2u * 2 * 64 * 2);
    EXPECT_EQ(windows[1].window, kWindow);
    EXPECT_EQ(windows[1].perToken, 2u * 2 * kRowNumbers * 2);
}

} // namespace
} // namespace ponder::engine
