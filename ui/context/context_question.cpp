#include "ui/context/context_question.h"

#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/wrap_layout.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace ponder::ui {

ContextQuestion::ContextQuestion(Theme& theme, QWidget* parent)
    : Card(theme, parent), figures_(new Label(theme, TextStyle::Control, &Colours::muted, this)),
      summarise_(nullptr), everywhere_(new Switch(theme, this)) {
    auto* title = new Label(theme, TextStyle::ControlStrong, &Colours::text, this);
    title->setText(tr("This chat no longer fits into the model's context."));
    title->setWordWrap(true);
    figures_->setWordWrap(true);
    setAccessibleName(title->text());

    auto* ways = new WrapLayout(space::kSmall);
    const auto add = [&](ContextChoice choice, const QString& words, const QString& meaning) {
        auto* button = new Button(theme, ButtonLook::Outlined, this);
        button->setText(words);
        button->setToolTip(meaning);
        button->setAccessibleDescription(meaning);
        connect(button, &Button::clicked, this, [this, choice] { emit chosen(choice); });
        ways->addWidget(button);
        return button;
    };
    add(ContextChoice::LeaveOut, tr("Leave out the oldest messages"),
        tr("They stay in the chat; the model does not see them any more."));
    summarise_ = add(ContextChoice::Summarise, tr("Summarise the oldest messages"), {});
    add(ContextChoice::Stop, tr("Stop here"), tr("The model answers nothing more in this chat."));

    auto* words = new Label(theme, TextStyle::Control, &Colours::text, this);
    words->setText(tr("Do this in all chats"));
    everywhere_->setAccessibleName(words->text());
    auto* scope = new QHBoxLayout;
    scope->setSpacing(space::kSmall);
    scope->addWidget(everywhere_);
    scope->addWidget(words, 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kLarge, space::kMedium, space::kLarge, space::kMedium);
    column->setSpacing(space::kSmall);
    column->addWidget(title);
    column->addWidget(figures_);
    column->addLayout(ways);
    column->addLayout(scope);
    tabAsLaidOut(*this);
    hide();
}

void ContextQuestion::ask(const Facts& facts) {
    const QLocale locale;
    figures_->setText(
        tr("The next prompt has %1 tokens; with its answer, the context holds %2. Your choice is "
           "for this chat from now on, and can be changed in its settings.")
            .arg(locale.toString(facts.promptTokens), locale.toString(facts.contextTokens)));
    const QString meaning = facts.summaries == Summaries::Possible
                                ? tr("The model writes a summary, and sees that instead of the messages.")
                                : tr("The built-in model is too small for that. Choose another one.");
    summarise_->setEnabled(facts.summaries == Summaries::Possible);
    summarise_->setToolTip(meaning);
    summarise_->setAccessibleDescription(meaning);
    if (isVisible()) return;
    everywhere_->setChecked(false);
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool ContextQuestion::isForAllChats() const {
    return everywhere_->isChecked();
}

} // namespace ponder::ui
