#include "app/cli/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ponder::app {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const CommandSpec kSpec{.name = "try",
                        .operands = "WORD…",
                        .summary = "Tries things.",
                        .options = {{"--count", "N", "how many", "-n"}, {"--loud", "", "with noise", ""}},
                        .leastOperands = 0,
                        .mostOperands = 2};

std::string complaintOf(const std::vector<std::string>& words) {
    try {
        const Arguments arguments(kSpec, words);
        return "";
    } catch (const UsageError& error) {
        return error.what();
    }
}

TEST(Arguments, OptionsStandAnywhere) {
    const Arguments arguments(kSpec, {"a", "--count", "3", "b", "--loud"});
    EXPECT_THAT(arguments.operands(), ElementsAre("a", "b"));
    EXPECT_EQ(arguments.text("--count"), "3");
    EXPECT_TRUE(arguments.has("--loud"));
}

TEST(Arguments, AValueMayFollowAnEqualsSign) {
    EXPECT_EQ(Arguments(kSpec, {"--count=4"}).text("--count"), "4");
    EXPECT_EQ(Arguments(kSpec, {"--count="}).text("--count"), "");
}

TEST(Arguments, AShortNameMeansTheSame) {
    EXPECT_EQ(Arguments(kSpec, {"-n", "5"}).integer("--count", 0, 9), 5);
}

TEST(Arguments, TheLastValueCounts) {
    EXPECT_EQ(Arguments(kSpec, {"-n", "1", "--count=2"}).text("--count"), "2");
}

TEST(Arguments, WhatWasNotGivenIsEmpty) {
    const Arguments arguments(kSpec, {});
    EXPECT_THAT(arguments.operands(), IsEmpty());
    EXPECT_EQ(arguments.text("--count"), std::nullopt);
    EXPECT_EQ(arguments.integer("--count", 0, 9), std::nullopt);
    EXPECT_FALSE(arguments.has("--loud"));
}

TEST(Arguments, AfterTwoDashesEverythingIsAnOperand) {
    EXPECT_THAT(Arguments(kSpec, {"--", "--loud", "--"}).operands(), ElementsAre("--loud", "--"));
}

TEST(Arguments, ADashAloneIsAnOperand) {
    EXPECT_THAT(Arguments(kSpec, {"-"}).operands(), ElementsAre("-"));
}

TEST(Arguments, AValueMayLookLikeAnOption) {
    EXPECT_EQ(Arguments(kSpec, {"--count", "--loud"}).text("--count"), "--loud");
}

TEST(Arguments, UnknownOptionsAreNamed) {
    EXPECT_THAT(complaintOf({"--quiet"}), HasSubstr("no option --quiet"));
    EXPECT_THAT(complaintOf({"-q"}), HasSubstr("no option -q"));
    EXPECT_THAT(complaintOf({"--quiet"}), HasSubstr("ponder try --help"));
}

TEST(Arguments, AMissingValueIsNamed) {
    EXPECT_THAT(complaintOf({"--count"}), HasSubstr("--count needs a value"));
}

TEST(Arguments, ASwitchTakesNoValue) {
    EXPECT_THAT(complaintOf({"--loud=yes"}), HasSubstr("takes no value"));
}

TEST(Arguments, TooManyOperandsHintAtQuotes) {
    EXPECT_THAT(complaintOf({"a", "b", "c"}), HasSubstr("quotes"));
}

TEST(Arguments, TooFewOperandsNameThem) {
    CommandSpec spec = kSpec;
    spec.leastOperands = 1;
    EXPECT_THROW(Arguments(spec, {}), UsageError);
}

TEST(Arguments, IntegersAreWholeAndInRange) {
    const auto integer = [](const std::string& text) {
        return Arguments(kSpec, {"-n", text}).integer("--count", 1, 9);
    };
    EXPECT_EQ(integer("9"), 9);
    for (const char* text : {"0", "10", "1.5", "x", "", " 1", "1 ", "+1", "99999999999999999999"})
        EXPECT_THROW(integer(text), UsageError) << text;
}

TEST(Arguments, NumbersAreFiniteAndInRange) {
    const auto number = [](const std::string& text) {
        return Arguments(kSpec, {"-n", text}).number("--count", 0, 5);
    };
    EXPECT_EQ(number("0.5"), 0.5);
    EXPECT_EQ(number("5"), 5);
    for (const char* text : {"-0.1", "5.1", "nan", "inf", "1,5", "", "x"})
        EXPECT_THROW(number(text), UsageError) << text;
}

TEST(HelpText, ListsOptionsInColumns) {
    EXPECT_EQ(helpText(kSpec),
              "Usage: ponder try [options] WORD…\nTries things.\n\n  -n, --count N  how many\n"
              "  --loud         with noise\n");
}

} // namespace

} // namespace ponder::app
