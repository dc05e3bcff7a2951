#include "ui/script/script_worker.h"

#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace ponder::ui {
namespace {

constexpr char kScript[] = R"js(
    var calls = 0;
    function add(a, b) { calls += 1; return Number(a) + Number(b); }
    function count() { return calls; }
    function fail() { throw new TypeError("no such thing"); }
    function spin() { while (true) {} }
    function dive() { return dive(); }
)js";

class ScriptWorkerTest : public testing::Test {
protected:
    void SetUp() override {
        QFile file(script());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(kScript);
    }
    QString script() const { return directory_.filePath("script.js"); }

    ScriptWorker::CallId call(ScriptWorker& worker, const QString& function,
                              const QStringList& arguments = {}) {
        return worker.call({{script()}, function, arguments}, &receiver_,
                           [this](const ScriptAnswer& answer) { answers_.push_back(answer); });
    }
    bool haveAnswers(size_t count) {
        return QTest::qWaitFor([&] { return answers_.size() >= count; }, 60'000);
    }

    QTemporaryDir directory_;
    QObject receiver_;
    std::vector<ScriptAnswer> answers_;
};

TEST_F(ScriptWorkerTest, AnswersInTheOrderOfTheCalls) {
    ScriptWorker worker;
    call(worker, "add", {"1", "2"});
    call(worker, "add", {"3", "4"});
    call(worker, "count");
    ASSERT_TRUE(haveAnswers(3));
    EXPECT_EQ(answers_[0].text, "3");
    EXPECT_EQ(answers_[1].text, "7");
    EXPECT_EQ(answers_[2].text, "2") << "a script is evaluated once";
}

TEST_F(ScriptWorkerTest, SurvivesScriptsThatFail) {
    ScriptWorker worker;
    call(worker, "fail");
    call(worker, "dive");
    call(worker, "missing");
    worker.call({{directory_.filePath("absent.js")}, "add", {}}, &receiver_,
                [this](const ScriptAnswer& answer) { answers_.push_back(answer); });
    call(worker, "add", {"1", "1"});
    ASSERT_TRUE(haveAnswers(5));
    for (int i = 0; i < 4; ++i) EXPECT_EQ(answers_[size_t(i)].end, ScriptEnd::Failed) << i;
    EXPECT_TRUE(answers_[0].text.contains("no such thing")) << answers_[0].text.toStdString();
    EXPECT_TRUE(answers_[3].text.contains("absent.js")) << answers_[3].text.toStdString();
    EXPECT_EQ(answers_[4].text, "2");
}

TEST_F(ScriptWorkerTest, InterruptsWhatTakesTooLongAndGoesOn) {
    ScriptWorker worker(std::chrono::milliseconds(50));
    call(worker, "spin");
    call(worker, "add", {"20", "2"});
    ASSERT_TRUE(haveAnswers(2));
    EXPECT_EQ(answers_[0].end, ScriptEnd::TooSlow);
    EXPECT_EQ(answers_[1].text, "22");
}

TEST_F(ScriptWorkerTest, DropsWhatNobodyWantsAnyMore) {
    ScriptWorker worker;
    auto gone = std::make_unique<QObject>();
    worker.call({{script()}, "add", {"1", "1"}}, gone.get(), [](const ScriptAnswer&) { FAIL(); });
    gone.reset();
    const ScriptWorker::CallId running = call(worker, "spin");
    const ScriptWorker::CallId queued = call(worker, "add", {"1", "1"});
    call(worker, "count");
    worker.cancel(queued);
    QTest::qWait(30);
    worker.cancel(running);
    ASSERT_TRUE(haveAnswers(1));
    EXPECT_EQ(answers_[0].text, "1") << "of the two additions only the one of a receiver that has gone ran";
    EXPECT_EQ(answers_.size(), 1u);
}

TEST_F(ScriptWorkerTest, EndsAtOnceInTheMiddleOfACall) {
    QElapsedTimer timer;
    {
        ScriptWorker worker;
        call(worker, "spin");
        QTest::qWait(30);
        timer.start();
    }
    EXPECT_LT(timer.elapsed(), 1000);
    EXPECT_TRUE(answers_.empty());
}

TEST_F(ScriptWorkerTest, APatternMadeOfAnothersSourceMeansTheSame) {
    QFile file(script());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(R"js(function match(text) { return text.match(RegExp(/[^\/]\/\/[/].*/.source, "g")); })js");
    file.close();
    ScriptWorker worker;
    call(worker, "match", {"a/// comment"});
    ASSERT_TRUE(haveAnswers(1));
    EXPECT_EQ(answers_[0].text, "a/// comment");
}

TEST_F(ScriptWorkerTest, ReadsPrismAndKatexFromTheProgram) {
    ScriptWorker worker;
    QFile probe(directory_.filePath("probe.js"));
    ASSERT_TRUE(probe.open(QIODevice::WriteOnly));
    probe.write("function prism() { return Prism.tokenize('if (x) {}', Prism.languages.clike).length; }"
                "function katexHeight() { return katex.__renderToDomTree('x^2', {}).height; }");
    probe.close();
    const QStringList scripts{":/scripts/prism-core.min.js", ":/scripts/prism-clike.min.js",
                              ":/scripts/katex.js", probe.fileName()};
    for (const char* function : {"prism", "katexHeight"}) {
        worker.call({scripts, function, {}}, &receiver_,
                    [this](const ScriptAnswer& answer) { answers_.push_back(answer); });
    }
    ASSERT_TRUE(haveAnswers(2));
    EXPECT_GT(answers_[0].text.toInt(), 4) << answers_[0].text.toStdString();
    EXPECT_GT(answers_[1].text.toDouble(), 0.5) << answers_[1].text.toStdString();
}

} // namespace
} // namespace ponder::ui
