#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QObject>
#include <QTimer>

#include "app/answer_mailbox.h"
#include "app/engine_client.h"
#include "app/library/library_view.h"
#include "app/paths.h"
#include "app/plan/run_choices.h"
#include "app/settings.h"
#include "ui/main_window.h"

namespace ponder::app {

/// Which model answers: the list in the picker, the choice, its way into memory. Window's thread.
class ModelController : public QObject {
    Q_OBJECT
public:
    ModelController(EngineClient& engine, const LibraryKeeper& library, const RunChoices& choices,
                    const Settings& settings, const Paths& paths, ui::MainWindow& window);

    /// The models found are others now.
    void refresh();
    /// As `choose`, by a person: it is kept.
    void pick(const std::string& path);
    /// Makes this the model of new prompts and begins to load it unless it is very large.
    void choose(const std::string& path);
    bool hasModel() const { return !current_.empty(); }
    const std::string& current() const { return current_; }
    /// What the current model calls itself, loaded or not; empty where that is not known yet.
    std::string currentName() const;
    bool isStarter() const;
    bool busy() const { return engine_.busy(); }
    /// Which model answers, and whether it is in memory.
    CurrentModel inUse() const;
    /// The loaded model, if it is the current one.
    const std::optional<engine::ModelInfo>& info() const { return info_; }
    engine::EngineOptions engineOptions() const;

    /// To be told of the events of every request, whoever made it.
    void note(RequestId request, const EngineEvent& event);
    /// The loading a person no longer wants.
    void cancelLoading();

signals:
    /// How the engine that has just loaded a model is confined, in its own words.
    void confined(const std::string& sentence);
    void chosen();
    /// The choice was a person's and is to be kept.
    void picked(const std::string& path);
    void loaded();
    void residenceChanged();
    /// The current model has given an answer.
    void answered(const engine::ModelInfo& model, const engine::AnswerSummary& answer);

private:
    void askForFile();
    void unload();
    void showProgress(double part);
    const ModelCard* currentCard() const;

    void setResidence(ui::ModelResidence residence);

    EngineClient& engine_;
    const LibraryKeeper& library_;
    const RunChoices& choices_;
    const Settings& settings_;
    const Paths& paths_;
    ui::MainWindow& window_;
    std::string current_;
    std::optional<engine::ModelInfo> info_;
    RequestId ahead_ = 0;     // loads the model that was chosen, before there is a prompt for it
    RequestId loading_ = 0;   // the request that is reading a model at this moment
    bool isInMemory_ = false; // the current model
    QTimer idle_;
};

} // namespace ponder::app
