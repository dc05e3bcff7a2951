#pragma once

#include <QString>
#include <QWidget>

namespace ponder::ui {

class Button;
class Label;
class PromptEdit;
class Theme;

enum class ComposerActivity { Idle, Answering };
enum class ReasoningSwitch { Hidden, Off, On };
enum class SendKey { Enter, ControlEnter };

/// The line under the composer. Zeros are left out.
struct ComposerStatus {
    double tokensPerSecond = 0;
    int usedTokens = 0;
    int contextTokens = 0;
    QString note =
        {}; ///< takes the place of "Runs on this computer." ("Waiting for the answer in another chat.")

    bool operator==(const ComposerStatus&) const = default;
};

/// Where a prompt is written. Always editable, whatever the model is doing. UI thread only.
class Composer : public QWidget {
    Q_OBJECT
public:
    explicit Composer(Theme& theme, QWidget* parent = nullptr);
    ~Composer() override;

    QString draft() const;
    ComposerActivity activity() const { return activity_; }
    /// Enter or the send button would send a message now, were there one.
    bool canSend() const { return activity_ == ComposerActivity::Idle && blocked_.isEmpty(); }
    /// As if the model chip had been pressed.
    void requestModelMenu();
    /// Puts a saved draft in place without emitting draftChanged.
    void setDraft(const QString& text);
    /// Answering turns send into stop.
    void setActivity(ComposerActivity activity);
    /// Why nothing can be sent now ("Choose a model first."); empty: sending is possible.
    void setSendBlocked(const QString& reason);
    void setModelName(const QString& name);
    void setReasoning(ReasoningSwitch state);
    void setStatus(const ComposerStatus& status);
    void setSendKey(SendKey key);

public slots:
    void focusText();

signals:
    void submitted(const QString& text); ///< while answering too: to be queued
    void stopRequested();
    void draftChanged(const QString& text);
    void modelMenuRequested(const QPoint& corner); ///< global, the chip's upper left corner
    void reasoningToggled(bool on);
    void editLastRequested(); ///< Up in an empty composer

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void send();
    void refreshSendButton();
    void refreshStatus();
    /// Why Enter would do nothing; empty: it sends.
    QString whyNot() const;

    Theme& theme_;
    QWidget* card_;
    PromptEdit* edit_;
    Button* model_;
    Button* reasoning_;
    Button* send_;
    Label* statusLine_;
    ComposerActivity activity_ = ComposerActivity::Idle;
    SendKey sendKey_ = SendKey::Enter;
    QString blocked_;
    ComposerStatus status_;
};

} // namespace ponder::ui
