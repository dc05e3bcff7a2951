#pragma once

#include <optional>
#include <string>

#include <QObject>

#include "app/conversation.h"
#include "app/engine_client.h"
#include "app/model_controller.h"
#include "app/settings.h"

namespace ponder::app {

/// Asks the model for a chat's title after its first answer, in the background: whatever else is asked of the
/// engine comes first and stops it at once; it is tried again when the engine is idle. The starter model,
/// which cannot do it, is not asked. Window's thread.
class TitleWriter : public QObject {
    Q_OBJECT
public:
    TitleWriter(EngineClient& engine, const ModelController& models, const Settings& settings);

    /// An answer of this chat has ended.
    void consider(const Conversation& chat);

signals:
    /// A title for a chat whose title is still automatic as far as this knows.
    void written(const std::string& chat, const std::string& title);

private:
    struct Wish {
        std::string chat;
        engine::EngineOptions options;
        engine::ChatRequest request;
        int attempts = 0;
        std::string answer;
    };

    void tryNow();
    void onEvent(const std::string& chat, const EngineEvent& event);

    EngineClient& engine_;
    const ModelController& models_;
    const Settings& settings_;
    std::optional<Wish> wish_; // only the newest: an older chat keeps the title it has
    RequestId asking_ = 0;
};

} // namespace ponder::app
