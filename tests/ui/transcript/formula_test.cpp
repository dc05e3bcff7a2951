#include "tests/ui/transcript/stage.h"
#include "ui/script/typesetter.h"

#include <gtest/gtest.h>

#include <QScrollBar>

namespace ponder::ui {
namespace {

constexpr int kPatience = 60'000; // ms

/// Formulas high enough that their coming moves everything below them.
QString answerWithFormulas(int count) {
    QString text;
    for (int i = 0; i < count; ++i) {
        text += QString("Paragraph %1 says that $\\frac{%1}{x}$ is less than\n\n$$\\sum_{i=1}^{%1} "
                        "\\frac{i^2}{y}$$\n\n")
                    .arg(i);
    }
    return text;
}

class TranscriptFormulas : public testing::Test {
protected:
    TranscriptFormulas() {
        view_.resize(800, 600);
        view_.QWidget::show();
    }
    /// Until no more formulas come.
    void waitForFormulas() {
        int comings = 0;
        const auto counted =
            QObject::connect(&typesetter_.formulas(), &Formulas::ready, &view_, [&] { ++comings; });
        ASSERT_TRUE(QTest::qWaitFor([&] { return comings > 0; }, kPatience));
        for (int before = -1; before != comings;) {
            before = comings;
            QTest::qWait(400);
        }
        QObject::disconnect(counted);
    }
    int contentHeight() const { return view_.verticalScrollBar()->maximum() + view_.viewport()->height(); }
    QImage picture() { return view_.viewport()->grab().toImage(); }

    Theme theme_;
    Typesetter typesetter_{theme_};
    TranscriptView view_{theme_};
};

TEST_F(TranscriptFormulas, WhatIsReadStaysWhileFormulasComeAboveIt) {
    view_.show({answer(1, answerWithFormulas(40)), prompt(2, "Go on"),
                answer(3, QString("plain line\n\n").repeated(60))});
    QCoreApplication::processEvents(); // the scroll bar takes its place
    QScrollBar& bar = *view_.verticalScrollBar();
    // Pages that are seen, but not for long enough.
    for (int i = 0; i < 6; ++i) bar.setValue(bar.value() - view_.viewport()->height());
    bar.setValue(bar.maximum() - 700);
    const QImage before = picture();
    const int height = contentHeight();
    waitForFormulas();
    EXPECT_GT(contentHeight(), height + 200) << "formulas are higher than their sources";
    EXPECT_EQ(picture(), before);
}

TEST_F(TranscriptFormulas, TheEndIsFollowedWhileFormulasCome) {
    view_.show({answer(1, answerWithFormulas(30))});
    waitForFormulas();
    EXPECT_EQ(view_.verticalScrollBar()->value(), view_.verticalScrollBar()->maximum());
}

TEST_F(TranscriptFormulas, OnlyClosedOnesAreSetWhileTheAnswerIsWritten) {
    view_.show({prompt(1, "Integrate")});
    MessageContent begun = answer(2, {});
    begun.parts.clear();
    view_.beginAnswer(begun);
    const QString text("so \\[ \\int_0^1 \\frac{x}{2}\\,dx \\] is $\\frac{1}{4}$ then");
    for (QChar c : text) {
        view_.appendAnswer(PartKind::Text, QString(c));
        QTest::qWait(2);
    }
    waitForFormulas();
    AnswerEnd end;
    end.state = MessageState::Done;
    view_.finishAnswer(end);
    EXPECT_EQ(view_.messages().back().parts.back().text, text);
    const QImage grown = picture();
    const std::vector<MessageContent> messages = view_.messages();
    view_.show(messages);
    EXPECT_EQ(picture(), grown) << "as if it had been there from the start";
    QTest::keyClick(&view_, Qt::Key_A, Qt::ControlModifier);
    EXPECT_TRUE(
        view_.selectedText().contains("so\n\n$$\\int_0^1 \\frac{x}{2}\\,dx$$\n\nis $\\frac{1}{4}$ then"))
        << view_.selectedText().toStdString();
}

} // namespace
} // namespace ponder::ui
