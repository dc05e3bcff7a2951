#pragma once

#include <functional>
#include <memory>

#include <QObject>
#include <QPointer>

#include "app/chat_controller.h"

namespace ponder::ui {
class LedgerDialog;
class TokenView;
} // namespace ponder::ui

namespace ponder::app {

/// What the model will be given next, and how sure it was of each token of an answer. Window's thread.
class AnswerDialogs : public QObject {
    Q_OBJECT
public:
    AnswerDialogs(EngineClient& engine, ModelController& models, ChatController& chats, ui::Theme& theme,
                  ui::MainWindow& window);

    void showContext();
    void showTokens(int answer);

private:
    void preview(const QPointer<ui::LedgerDialog>& open, const std::shared_ptr<NextPrompt>& next,
                 const engine::ChatRequest& request,
                 const std::function<void(const engine::PromptPreview&)>& then);
    void onExamined(ui::TokenView& view, std::vector<engine::ExaminedToken>& tokens,
                    const EngineEvent& event);

    EngineClient& engine_;
    ModelController& models_;
    ChatController& chats_;
    ui::Theme& theme_;
    ui::MainWindow& window_;
};

} // namespace ponder::app
