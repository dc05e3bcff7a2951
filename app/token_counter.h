#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <QObject>

#include "app/attachments/attachment.h"
#include "app/engine_client.h"
#include "app/model_controller.h"
#include "ui/widgets/token_figure.h"

namespace ponder::app {

/// How many tokens attachments take: counted by the model that answers, on the engine's thread, one at a
/// time behind whatever else it has to do. Until then, and while no model is in memory, about how many.
/// Window's thread.
class TokenCounter : public QObject {
    Q_OBJECT
public:
    TokenCounter(EngineClient& engine, ModelController& models);

    /// What is known of it now. Where that is an estimate, the model is asked, if it can be.
    ui::TokenFigure figure(const Attachment& attachment);

signals:
    /// Figures are different from what they were: one has been counted, or another model answers.
    void changed();

private:
    using Key = std::size_t;
    struct Wanted {
        Key key = 0;
        std::string text;
    };

    void countNext();
    void takeCount(Key key, const EngineEvent& event);
    void forget();

    EngineClient& engine_;
    ModelController& models_;
    std::map<Key, std::optional<int>> known_; ///< by the model that answers; none: it could not tell
    std::vector<Wanted> wanted_;
    RequestId counting_ = 0;
    bool ready_ = false; ///< the model is in memory, as far as one knows here
};

} // namespace ponder::app
