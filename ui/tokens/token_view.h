#pragma once

#include "ui/dialogs/surface_dialog.h"

#include <vector>

class QTextEdit;
class QVBoxLayout;

namespace ponder::ui {

class Button;
class Label;
class Theme;

enum class TokenPart { Thought, Answer, Markup };

/// What the model might have said at a place, and how likely.
struct TokenChoice {
    QString text;
    double probability = 0;
};

/// A token of an answer as the model saw it.
struct ShownToken {
    QString text;
    TokenPart part = TokenPart::Answer;
    double probability = 0;
    std::vector<TokenChoice> choices; ///< most likely first
};

/// An answer token by token: the less likely one was, the more colour is behind it. For the chosen one, what
/// else the model might have said, and a way to let it go on from there. UI thread only.
class TokenView : public SurfaceDialog {
    Q_OBJECT
public:
    /// How much of the warning colour is behind the least likely tokens; text stays readable on it.
    static constexpr double kStrongestTint = 0.3;

    explicit TokenView(Theme& theme, QWidget* parent = nullptr);

    /// The tokens come while they are evaluated.
    void add(const std::vector<ShownToken>& tokens);
    void setProgress(int done, int total);
    /// All tokens are there. `note`: what the figures are about.
    void finish(const QString& note);
    void fail(const QString& message);

    void choose(int token);

signals:
    /// Go on from this token, with this one of its choices in its place.
    void branchWanted(int token, int choice);

private:
    void takeTheme();
    void draw(const ShownToken& token);
    int tokenAt(int position) const;
    void showChoices();

    Label* legend_;
    QTextEdit* text_;
    QWidget* side_; ///< what was chosen and what else might have been
    Label* state_;
    Label* chosen_;
    QVBoxLayout* choices_;
    std::vector<Button*> buttons_;
    std::vector<ShownToken> tokens_;
    std::vector<int> starts_; ///< of each token in text_
    int current_ = -1;
    bool finished_ = false;
};

} // namespace ponder::ui
