#include "ui/finding/query_filters.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

TEST(QueryFilters, AreReadWhereverTheyStand) {
    EXPECT_EQ(filterValue("role:user apple", "role"), "user");
    EXPECT_EQ(filterValue("apple model:\"Qwen3 4B\" pear", "model"), "Qwen3 4B");
    EXPECT_EQ(filterValue("apple", "role"), "");
    EXPECT_EQ(filterValue("xrole:user", "role"), "") << "part of another word";
}

TEST(QueryFilters, AreSetOnceAndTakenOut) {
    EXPECT_EQ(withFilter("apple", "role", "user"), "apple role:user");
    EXPECT_EQ(withFilter("role:user apple", "role", "assistant"), "apple role:assistant");
    EXPECT_EQ(withFilter("apple role:user pear", "role", ""), "apple pear");
    EXPECT_EQ(withFilter("apple", "model", "Qwen3 4B"), "apple model:\"Qwen3 4B\"");
    EXPECT_EQ(withFilter("apple model:\"Qwen3 4B\"", "model", ""), "apple");
}

TEST(QueryFilters, ALoneFilterLeavesRoomForWords) {
    EXPECT_EQ(withFilter("", "role", "user"), "role:user ");
}

} // namespace
} // namespace ponder::ui
