#include "app/plan/plan_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

PlanRecord recordOfModel(const std::string& model, double actual = 9.1, double predicted = 7) {
    return {.model = model,
            .measuredAt = 1'700'000'000,
            .contextTokens = 8192,
            .cacheType = engine::CacheType::Q8_0,
            .expertsInMemory = 0.5,
            .threads = 2,
            .conversationTokens = 700,
            .predictedBytes = 5'000'000'000,
            .actualBytes = 5'100'000'000,
            .predictedTokensPerSecond = predicted,
            .actualTokensPerSecond = actual};
}

engine::MemoryPlan alikePlan() {
    engine::MemoryPlan plan;
    plan.cacheType = engine::CacheType::Q8_0;
    plan.expertsInMemory = 0.5;
    plan.tokensPerSecond = 14;
    return plan;
}

TEST(PlanRecords, AreThereAfterARestart) {
    const tests::TempDir folder;
    {
        PlanRecords records(folder / "data/plan_records.json");
        records.add(recordOfModel("a"));
        records.add(recordOfModel("b"));
        records.save();
    }
    const PlanRecords records(folder / "data/plan_records.json");
    ASSERT_THAT(records.of("a"), SizeIs(1));
    const PlanRecord record = records.of("a").front();
    EXPECT_EQ(record.measuredAt, 1'700'000'000);
    EXPECT_EQ(record.contextTokens, 8192);
    EXPECT_EQ(record.cacheType, engine::CacheType::Q8_0);
    EXPECT_EQ(record.expertsInMemory, 0.5);
    EXPECT_EQ(record.threads, 2);
    EXPECT_EQ(record.conversationTokens, 700);
    EXPECT_EQ(record.predictedBytes, 5'000'000'000u);
    EXPECT_EQ(record.actualBytes, 5'100'000'000u);
    EXPECT_EQ(record.predictedTokensPerSecond, 7);
    EXPECT_EQ(record.actualTokensPerSecond, 9.1);
}

TEST(PlanRecords, OfAModelTheNewestFewAreKept) {
    const tests::TempDir folder;
    PlanRecords records(folder / "plan_records.json");
    for (int i = 1; i <= 9; ++i) records.add(recordOfModel("a", i));
    ASSERT_THAT(records.of("a"), SizeIs(PlanRecords::kMostOfAModel));
    EXPECT_EQ(records.of("a").front().actualTokensPerSecond, 9);
}

TEST(PlanRecords, OfModelsThoseHeardOfLastAreKept) {
    std::vector<PlanRecord> many;
    for (std::size_t i = 0; i < PlanRecords::kMostModels + 20; ++i)
        many.push_back(recordOfModel("model " + std::to_string(i)));
    const auto kept = PlanRecords::parse(PlanRecords::toJson(many));
    EXPECT_THAT(kept, SizeIs(PlanRecords::kMostModels));
    EXPECT_EQ(kept.front().model, "model 0");
}

TEST(PlanRecords, ADamagedFileCostsTheRecordsOnly) {
    const tests::TempDir folder;
    std::ofstream(folder / "plan_records.json") << "{\"version\": 1, \"records\": [{\"model\": ";
    PlanRecords records(folder / "plan_records.json");
    EXPECT_THAT(records.of("a"), IsEmpty());
    records.add(recordOfModel("a"));
    records.save();
    EXPECT_THAT(PlanRecords(folder / "plan_records.json").of("a"), SizeIs(1));
}

TEST(PlanRecords, EntriesThatCannotBeAreLeftOut) {
    std::string text = PlanRecords::toJson({recordOfModel("good")});
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string changed = text;
        changed.replace(changed.find(from), from.size(), to);
        return PlanRecords::parse(changed);
    };
    EXPECT_THAT(PlanRecords::parse(text), SizeIs(1));
    EXPECT_THAT(with("\"actualTokensPerSecond\": 9.1", "\"actualTokensPerSecond\": -1"), IsEmpty());
    EXPECT_THAT(with("\"actualTokensPerSecond\": 9.1", "\"actualTokensPerSecond\": 1e300"), IsEmpty());
    EXPECT_THAT(with("\"q8_0\"", "\"q9\""), IsEmpty());
    EXPECT_THAT(with("\"contextTokens\": 8192", "\"contextTokens\": \"many\""), IsEmpty());
    EXPECT_THAT(with("\"good\"", "\"" + std::string(1000, 'x') + "\""), IsEmpty());
    EXPECT_THAT(with("\"version\": 1", "\"version\": 2"), IsEmpty());
}

TEST(PlanRecords, CorrectTheNextForecastOfThatModel) {
    const tests::TempDir folder;
    PlanRecords records(folder / "plan_records.json");
    records.add(recordOfModel("a", 9.1, 7)); // 1.3 times what was promised
    const engine::MemoryPlan plan = records.corrected(alikePlan(), "a", 2);
    EXPECT_NEAR(plan.tokensPerSecond, 14 * 1.3, 1e-9);
    EXPECT_THAT(plan.notices, Contains(HasSubstr("Measured here: 9.1 tokens/s.")));
}

TEST(PlanRecords, OfAnotherModelOrAnotherWayToRunItSayNothing) {
    const tests::TempDir folder;
    PlanRecords records(folder / "plan_records.json");
    records.add(recordOfModel("a"));
    EXPECT_EQ(records.corrected(alikePlan(), "b", 2).tokensPerSecond, 14);
    EXPECT_EQ(records.corrected(alikePlan(), "a", 8).tokensPerSecond, 14);
    engine::MemoryPlan other = alikePlan();
    other.cacheType = engine::CacheType::F16;
    EXPECT_EQ(records.corrected(other, "a", 2).tokensPerSecond, 14);
    other = alikePlan();
    other.expertsInMemory = 1;
    EXPECT_EQ(records.corrected(other, "a", 2).tokensPerSecond, 14);
}

TEST(PlanRecords, StandInWhereTheMachineWasNotMeasured) {
    const tests::TempDir folder;
    PlanRecords records(folder / "plan_records.json");
    records.add(recordOfModel("a", 9.1, 0));
    engine::MemoryPlan plan = alikePlan();
    plan.tokensPerSecond = 0;
    EXPECT_EQ(records.corrected(plan, "a", 2).tokensPerSecond, 9.1);
}

TEST(PlanRecords, AnAnswerMakesARecord) {
    engine::ModelInfo model;
    model.identity = "abc";
    model.contextTokens = 4096;
    model.footprint.denseBytes = 1'000'000'000;
    model.footprint.cacheBytesF16 = 1000;
    model.expertsInMemory = 1;
    engine::AnswerSummary answer;
    answer.answerTokens = 100;
    answer.answerSeconds = 4;
    answer.conversationTokens = 600;
    answer.memory = {.ownBytes = 10'000'000, .fileBytes = 1'000'000'000, .peakBytes = 1'015'000'000, .unreadBytes = 0};
    const auto record = recordOf(model, answer, {.threads = 2}, 5);
    ASSERT_TRUE(record);
    EXPECT_EQ(record->model, "abc");
    EXPECT_EQ(record->actualTokensPerSecond, 25);
    EXPECT_EQ(record->actualBytes, 1'015'000'000u);
    EXPECT_NEAR(static_cast<double>(record->predictedBytes), 1.01e9, 0.02e9);
    EXPECT_EQ(record->predictedTokensPerSecond, 0) << "nothing was measured";
}

TEST(PlanRecords, AnAnswerTooShortToTellMakesNone) {
    engine::ModelInfo model;
    model.identity = "abc";
    engine::AnswerSummary answer;
    answer.answerTokens = 3;
    answer.answerSeconds = 1;
    answer.memory.peakBytes = 1;
    EXPECT_FALSE(recordOf(model, answer, {}, 5));
    answer.answerTokens = 300;
    EXPECT_TRUE(recordOf(model, answer, {}, 5));
    answer.memory = {};
    EXPECT_FALSE(recordOf(model, answer, {}, 5));
}

} // namespace

} // namespace ponder::app
