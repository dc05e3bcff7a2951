#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include <QObject>
#include <QTimer>

#include "app/chat_controller.h"
#include "app/library/hash_keeper.h"
#include "app/library/library_keeper.h"
#include "app/library/model_removal.h"
#include "app/model_controller.h"
#include "app/plan/bandwidth_keeper.h"
#include "app/plan/plan_records.h"
#include "app/plan/run_choices.h"
#include "ui/library/library_values.h"

namespace ponder::app {

/// The card that is open in the library: what its model is, whether it fits, the prompt it would be given,
/// its hash, and removing it. What takes time is read on a thread of its own. Window's thread.
class ModelCardController : public QObject {
    Q_OBJECT
public:
    ModelCardController(LibraryKeeper& library, HashKeeper& hashes, ModelController& models,
                        RunChoices& choices, ChatController& chats, const Settings& settings,
                        const Paths& paths, ui::Theme& theme, ui::MainWindow& window);

    ~ModelCardController() override;

    /// Shows the card of the model at `path`; empty: none.
    void show(const std::string& path);
    /// The list or the model in use have changed.
    void refresh();
    /// What was promised of the model that has answered, and what came of it.
    void noteAnswer(const engine::ModelInfo& model, const engine::AnswerSummary& answer);
    /// Measures this computer, unless it is known.
    void measure();

private:
    /// What was read of the model whose card is open.
    struct Shown {
        std::string path;
        std::optional<engine::ModelDetails> details;
        std::optional<engine::ModelFootprint> footprint;
        bool hashWanted = false; ///< by the person, not only by the card
    };

    const ModelCard* card() const;
    void read();
    void showPlan();
    void choose(const ui::PlanChoice& choice);
    void showHash();
    void showPrompt();
    void showTemplate();
    void openFolder();
    void verify();
    void askToRemove();
    void remove(const RemovalPlan& plan);
    void measureAgain();
    void saveChoices();
    void tell(const std::string& message);
    engine::Machine machine() const;
    engine::SpeedProbe probe() const;

    LibraryKeeper& library_;
    HashKeeper& hashes_;
    ModelController& models_;
    RunChoices& choices_;
    ChatController& chats_;
    const Settings& settings_;
    const Paths& paths_;
    ui::Theme& theme_;
    ui::MainWindow& window_;
    PlanRecords records_;
    Shown shown_;
    std::atomic<std::uint64_t> opened_ = 0; ///< counts the cards; what is read for an earlier one is dropped
    bool isMeasuring_ = false;
    QTimer saving_; ///< while a slider moves, nothing is written
    BandwidthKeeper speed_;
    Worker reader_; // last: its jobs end in this object
};

} // namespace ponder::app
