#include "ui/widgets/empty_page.h"

#include "ui/commands.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tool_tip.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr int kColumn = 720;
constexpr int kMargin = 24;
constexpr int kExampleExtent = 48;
constexpr int kTwoColumnsFrom = 600;

} // namespace

EmptyPage::EmptyPage(Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), column_(new QWidget(this)),
      greeting_(new Label(theme, TextStyle::Display, &Colours::text, column_)),
      words_(new Label(theme, TextStyle::Body, &Colours::muted, column_)), examplesBox_(new QWidget(column_)),
      grid_(new QGridLayout(examplesBox_)), get_(new Button(theme, ButtonLook::Filled, column_)),
      open_(new Button(theme, ButtonLook::Outlined, column_)),
      hint_(new Label(theme, TextStyle::Control, &Colours::muted, column_)) {
    for (Label* label : {greeting_, words_, hint_}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter);
    }
    open_->setText(tr("Open a model file…"));
    open_->setCommandTip(tr("A file that ends in .gguf"), Command::OpenModelFile);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::kSmall);
    buttons->addStretch(1);
    for (Button* button : {get_, open_}) {
        button->setExtent(36);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    // With the examples goes their distance from what stands below.
    grid_->setContentsMargins(0, 0, 0, space::kLarge);
    grid_->setSpacing(space::kSmall);
    auto* column = new QVBoxLayout(column_);
    column->setContentsMargins(0, 0, 0, space::kHuge);
    column->setSpacing(0);
    column->addStretch(5);
    column->addWidget(greeting_);
    column->addSpacing(space::kMedium);
    column->addWidget(words_);
    column->addSpacing(space::kHuge);
    column->addWidget(examplesBox_);
    column->addLayout(buttons);
    column->addSpacing(space::kLarge);
    column->addWidget(hint_);
    column->addStretch(6);
    connect(get_, &Button::clicked, this, &EmptyPage::modelWanted);
    connect(open_, &Button::clicked, this, &EmptyPage::openModelFileRequested);
    setKind(EmptyChat::NoModel);
}

void EmptyPage::setKind(EmptyChat kind) {
    open_->setVisible(kind == EmptyChat::NoModel);
    get_->setVisible(kind == EmptyChat::NoModel || kind == EmptyChat::Starter);
    get_->setText(kind == EmptyChat::Starter ? tr("Get a larger model") : tr("Get a model"));
    hint_->setVisible(kind == EmptyChat::NoModel || kind == EmptyChat::Starter);
    switch (kind) {
    case EmptyChat::NoModel:
        greeting_->setText(tr("Ponder needs a model"));
        words_->setText(tr(
            "A model is a file that ends in .gguf. Ponder runs it on this computer, without the network."));
        hint_->setText(tr("Models of LM Studio, Ollama and the Hugging Face cache are found by themselves."));
        setExamples({});
        break;
    case EmptyChat::Starter:
        greeting_->setText(tr("What shall we work out?"));
        words_->setText(tr("The starter model thinks step by step, here on your computer. "
                           "It is small: sums, sorting, letters and little puzzles are its world."));
        hint_->setText(tr("For everything else, open a model of your own with %1.")
                           .arg(shownKey(Command::OpenModelFile).toString(QKeySequence::NativeText)));
        // Of kinds the starter model was trained on.
        setExamples({tr("What is 347 + 588?"), tr("Sort 42, 7, 19 and 3, smallest first"),
                     tr("How many r's are in strawberry?"),
                     tr("I had 42 pens and lost 8. How many are left?")});
        break;
    case EmptyChat::Temporary:
        greeting_->setText(tr("A temporary chat"));
        words_->setText(tr("Nothing of it is written to the disk. It is gone when you leave it, "
                           "unless you choose “Keep” above."));
        setExamples({});
        break;
    case EmptyChat::Ready:
        greeting_->setText(tr("What shall we think about?"));
        words_->setText(tr("The model runs on this computer. What you write stays here."));
        setExamples({tr("Explain how a suspension bridge carries its load"),
                     tr("What is 17% of 2,340? Show each step"),
                     tr("Write a script that renames photos by date"),
                     tr("Plan three dinners that need no fridge")});
        break;
    }
}

void EmptyPage::setExamples(const QStringList& prompts) {
    // One of them may be what was pressed just now.
    for (Button* example : examples_) {
        example->hide();
        example->deleteLater();
    }
    examples_.clear();
    QWidget* before = get_;
    for (const QString& prompt : prompts) {
        auto* example = new Button(theme_, ButtonLook::Outlined, examplesBox_);
        example->setText(prompt);
        example->setToolTip(plainToolTip(prompt));
        example->setTextStyle(TextStyle::Control);
        example->setTextAlignment(Qt::AlignLeft);
        example->setExtent(kExampleExtent);
        example->setCornerRadius(radius::kCode);
        example->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        connect(example, &Button::clicked, this, [this, prompt] { emit exampleChosen(prompt); });
        examples_.push_back(example);
        setTabOrder(before, example);
        before = example;
    }
    examplesBox_->setVisible(!examples_.empty());
    arrangeExamples();
    // The buttons stand below them.
    if (before != get_) setTabOrder(before, get_);
    setTabOrder(get_, open_);
}

void EmptyPage::arrangeExamples() {
    const int columns = column_->width() >= kTwoColumnsFrom ? 2 : 1;
    for (int i = 0; i < int(examples_.size()); ++i) grid_->addWidget(examples_[i], i / columns, i % columns);
    grid_->setColumnStretch(0, 1);
    grid_->setColumnStretch(1, columns == 2 ? 1 : 0);
}

void EmptyPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int room = qMin(kColumn, width() - 2 * kMargin);
    column_->setGeometry((width() - room) / 2, 0, room, height());
    arrangeExamples();
}

} // namespace ponder::ui
